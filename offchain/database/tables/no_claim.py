"""Deficits that stayed below the threshold."""

from offchain.database.tables.base import big
from offchain.database.tables.history import MarketHistory, in_order


class NoClaimRow(MarketHistory, table=True):
    """One NoClaim: a reported deficit that is no claim (yet). Amounts are atoms."""

    __tablename__ = "no_claims"
    __table_args__ = in_order("market_id")

    actor: str
    """The executor of the report, base58."""
    deficit: int = big()
    """New in this report."""
    unsettled: int = big()
    """All that no claim has settled: the deficit of the next claim so far."""
    threshold: int = big()
    """A claim needs more than this."""
    counter: int = big()
    """Every deficit ever reported."""
    settled: int = big()
    """Of it, settled by claims."""
    margin_tier: int | None = big(default=None)
    """Traders' margins that paid before it, since the last claim. NULL: the market does not tell."""
    fund_tier: int | None = big(default=None)
    """The market's own fund that paid before it, since the last claim."""
    unvested_profit: int | None = big(default=None)
    """What traders' profits could bear after the pool."""
    count: int = big()
    """NoClaims of the market so far, with this one."""
    total_deficit: int = big()
    """Sum of `deficit` of all of them."""
