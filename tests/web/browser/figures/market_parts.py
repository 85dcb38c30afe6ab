"""Figures of a market that more than one page shows."""

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.model.market.fills import worth
from tests.support.figures.frozen import Frozen
from tests.support.figures.ledger import Ledger
from tests.support.figures.pool_path import pool_path
from tests.support.figures.shown import ago, missing, money
from tests.support.figures.yields import shown_yield

GRADES = ("A", "B", "C", "D", "Restricted")
DAYS = 7
"""Of the yield in lists."""


def sides(market: PerpMarket) -> tuple[int, int]:
    """Longs and shorts at the market's price, atoms."""
    return worth(market.oi_long, market.price), worth(market.oi_short, market.price)


def price(market: PerpMarket) -> str:
    """As the chain has it; a market that was never told one shows a dash."""
    return money(market.price, unit="USD") if market.price else missing("no price yet")


def last_claim(ledger: Ledger, market: PerpMarket) -> tuple[str, ...]:
    """How long ago the newest claim was paid."""
    claims = [each for each in ledger.all(ClaimRecord).values() if each.market_id == market.market_id and each.state]
    if not claims:
        return (missing("no claim yet"),)
    newest = max(claims, key=lambda claim: claim.sequence)
    return ago(ledger.now, newest.timestamp) if newest.timestamp else ("being paid",)


def net_yield(frozen: Frozen, market: PerpMarket, days: int) -> str:
    """From raw events, up to the newest transaction."""
    path = pool_path(frozen.history, frozen.ledger, market.market_id)
    return shown_yield(path, days, frozen.history.transactions[-1].time)
