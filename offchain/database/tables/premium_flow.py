"""Where premiums come from and where they go."""

from offchain.database.tables.base import big
from offchain.database.tables.history import MarketHistory, in_order


class PremiumFlow(MarketHistory, table=True):
    """One step of a premium on its way from traders' fees to providers. Amounts are atoms, 0 where not concerned.

    `kind`: `rate` (a new rate), `collected` (from fees into escrow), `routed` (escrow to keeper and pool), `credited`
    (into the pool's vesting), `vested` (to the providers), `arrears_paid`, `arrears_reported`, `offset` (kept from a
    payout, counts as paid).
    """

    __tablename__ = "premium_flows"
    __table_args__ = in_order("market_id")

    kind: str
    rate_bps: int = big()
    """Part of trading fees that is premium, as of now."""
    gross: int = big()
    """Trading fees that the premium was taken from."""
    premium: int = big()
    """Into escrow: part of fees, or arrears that somebody paid."""
    bounty: int = big()
    """To the keeper who routed."""
    routed: int = big()
    """To the pool."""
    credited: int = big()
    """Into the pool's vesting; the other half of `routed`."""
    vested: int = big()
    """To the providers, before the performance fee."""
    performance_fee: int = big()
    offset: int = big()
    floor: int = big()
    """By how much this event lowered the balance: the least premium due since, and credit beyond what is kept."""
    escrow: int = big()
    """Held in escrow, after."""
    balance: int = big()
    """Premium paid beyond the floor, after; negative: arrears."""
    arrears: int = big()
    """After."""
    total_collected: int = big()
    """Ever, as all that follow."""
    total_routed: int = big()
    total_bounty: int = big()
