"""Home: the totals of the whole cluster."""

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.ledger import Ledger
from tests.support.figures.shown import cost, money
from tests.support.figures.twin import reasons

PAID = 2
"""State of a claim's record."""


def expected(ledger: Ledger) -> Expected:
    """Sums over the accounts."""
    pools = ledger.all(InsurancePool).values()
    paid = [claim for claim in ledger.all(ClaimRecord).values() if claim.state == PAID]
    generations = {pool.market_id: pool.generation for pool in pools}
    holders = {
        position.provider
        for position in ledger.all(ProviderPosition).values()
        if position.shares and position.generation == generations[position.market_id]
    }
    markets = list(ledger.all(PerpMarket).values())
    live = sum(reasons(ledger, market.market_id) == 0 for market in markets)
    return {
        "stat:In all pools": money(
            sum(pool.available_balance + pool.unvested + pool.first_loss + pool.residual for pool in pools)
        ),
        "stat:Open interest, longs and shorts": money(sum(map(_open_interest, markets))),
        "stat:Premiums paid to pools": money(sum(each.total_routed for each in ledger.all(PremiumAccount).values())),
        "stat:Paid in claims/name": f"Paid in {len(paid)} claims",
        "stat:Paid in claims": cost(sum(claim.payout_amount for claim in paid)),
        "stat:Markets live": f"{live} of {len(markets)}",
        "stat:Liquidity providers": str(len(holders)),
    }


def _open_interest(market: PerpMarket) -> int:
    """Both sides at the market's price, atoms; sizes and prices are 1e-6."""
    return sum(size * market.price // 10**6 for size in (market.oi_long, market.oi_short))


def test_home(frozen: Frozen, screen: Screen) -> None:
    screen.go("/")
    compare(screen, expected(frozen.ledger))
