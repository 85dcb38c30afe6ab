"""What a keeper's duties do, in a line each."""

DUTIES = {
    "price": "bring the oracle's newest price to the feed",
    "resolution": "close a position far beyond bankruptcy in the pool's name",
    "liquidation": "liquidate a position below its maintenance margin, and claim what is missing",
    "payouts": "settle a deficit: report it, or pay a reserved claim",
    "score": "compute the risk score of this epoch",
    "statistics": "report open interest and reserve to the risk engine",
    "sync": "push price, grade and caps to the market",
    "premiums": "settle trading fees and route premiums to the pool",
    "settlement": "push terms, announced changes or arrears",
    "withdrawals": "pay a withdrawal whose forced date has come, or flag one that waits too long",
    "collection": "collect the fees of claims that you reported",
}
"""Duty -> what it does."""
