"""A Python twin of the protocol, written from its description with plain integers and fractions.

It imports nothing of the product and gives every expected number to the atom: state is a frozen dataclass, each rule a
pure function from state to state. A refusal is `Refused` with the error code. Amounts are USDC atoms, prices 1e-6 USD,
scores 1e6 = 1.0, ratios basis points, leverage 1x = 10 000.
"""
