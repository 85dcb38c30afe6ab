"""Fields that say one of few things: what they may say. Bodies, queries and the OpenAPI document take it from here.

Names that other parts of the project have for themselves come from there: grades, severities, states of jobs,
rules of alerts and sources of prices.
"""

from typing import Literal

Reason = Literal["score", "stale", "arrears", "exit", "delisted"]
"""What restricts a market, in the order of its bits."""
MarketStatus = Literal["activated", "live"]
FactorName = Literal["leverage", "open_interest", "volatility", "funding_variance"]
"""In the order of their weights."""
FactorUnit = Literal["leverage", "bps", "nano"]
Commitment = Literal["confirmed", "finalized"]
Side = Literal["long", "short"]
PositionState = Literal["open", "closed", "liquidated"]
ClaimState = Literal["open", "reserved", "paid"]
"""In the order of their numbers on chain."""
TierName = Literal["margin", "insurance_fund", "first_loss", "premium", "capital", "profit", "uncovered"]
MovementKind = Literal["deposit", "top_up", "request", "cancel", "withdrawal"]
FlowKind = Literal["rate", "collected", "routed", "credited", "vested", "arrears_paid", "arrears_reported", "offset"]
EarningKind = Literal["bounty", "claim_fee", "liquidation"]
Crank = Literal[
    "score",
    "statistics",
    "sync",
    "reserve",
    "premiums",
    "arrears",
    "fees",
    "liquidation",
    "claim",
    "exit",
]
ParameterUnit = Literal["atoms", "bps", "epochs", "seconds", "score", "leverage", "price", "nano", "bit", "number"]
Severity = Literal["high", "medium", "low"]
"""Of a risk."""
Order = Literal["asc", "desc"]

Duty = Literal[
    "price",
    "resolution",
    "liquidation",
    "payouts",
    "score",
    "statistics",
    "sync",
    "premiums",
    "settlement",
    "withdrawals",
    "collection",
]
"""Of a keeper, as in `offchain.plain_words.duties`."""
Action = Literal[
    "deposit",
    "request-withdrawal",
    "cancel-withdrawal",
    "execute-withdrawal",
    "fund-stake",
    "request-stake",
    "execute-stake",
    "cancel-stake",
    "collect-claim-fee",
    "crank",
    "register-market",
]
"""What a built transaction does: the last part of its route."""
FeeName = Literal["network", "rent", "early_exit", "forgone"]
"""What a built transaction may cost."""
CautionCode = Literal[
    "PENDING_DEFICIT",
    "RESTRICTED",
    "EXIT",
    "STAKE_REQUESTED",
    "AT_RISK",
    "WIPED",
    "FIRST_LOSS",
    "creation",
    "E_PAUSED",
    "LAMPORTS",
    "E_BALANCE",
]
"""What to know before signing: of deposits, withdrawals, the creator's stake, and what stops a market's creation."""
MoneyUnit = Literal["atoms", "lamports", "units"]
StepState = Literal["done", "next", "later"]
LandingState = Literal["unknown", "processed", "confirmed", "failed", "expired"]
Blocked = Literal["E_NOTICE", "E_STALE", "E_UTILIZATION", "E_GENERATION"]
Verdict = Literal["verified", "different"]
