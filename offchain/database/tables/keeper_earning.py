"""What keepers earned, and from what."""

from offchain.database.tables.base import big
from offchain.database.tables.history import MarketHistory, in_order


class KeeperEarning(MarketHistory, table=True):
    """USDC that reached a keeper. `kind`: `bounty` (routed premiums), `claim_fee`, `liquidation` (from margin)."""

    __tablename__ = "keeper_earnings"
    __table_args__ = (*in_order("market_id"), *in_order("actor"))

    kind: str
    actor: str
    """The keeper, base58."""
    amount: int = big()
    """Atoms."""
    sequence: int | None = big(default=None)
    """Of the claim."""
    perp_position: str | None = None
    """Address of the liquidated position, base58."""
