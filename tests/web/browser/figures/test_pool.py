"""A pool: its head, yields, flows by day, what a crash would cost, and its terms."""

from fractions import Fraction

import pytest

from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from tests.model import parameters as P
from tests.model.numbers import down
from tests.model.pool.utilization import is_fresh, utilization_bps, withdrawable
from tests.support.browser import Screen
from tests.support.figures import told
from tests.support.figures.comparison import compare
from tests.support.figures.crash import crash, recorded_fall, shown_scenarios
from tests.support.figures.frozen import Frozen
from tests.support.figures.ledger import Ledger
from tests.support.figures.pool_path import Point, pool_path
from tests.support.figures.shown import cost, duration, missing, money, number, percent, when
from tests.support.figures.twin import pool_now
from tests.support.figures.yields import share, shown_return, shown_yield

Shown = dict[str, str | tuple[str, ...]]
DAY = 86_400
SHARE_ONE = 10**9
LONG_DAYS = 30
PAID = 2
APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"


def _head(ledger: Ledger, name: str, market: PerpMarket) -> Shown:
    pool = pool_now(ledger, market.market_id)
    positions = ledger.all(ProviderPosition).values()
    holders = {
        each.provider
        for each in positions
        if each.market_id == market.market_id and each.shares and each.generation == pool.generation
    }
    priced = max(0, pool.available - max(0, pool.unsettled - pool.residual))
    price = down(Fraction((priced + P.VIRTUAL) * SHARE_ONE, pool.total_shares + P.VIRTUAL))
    return {
        "title": f"Pool of {name}",
        f"stat:Providers{APOSTROPHE} capital": money(pool.available),
        "stat:Share price": f"{number(price, 9, 6)} USDC",
        "stat:Required reserve": money(pool.required_reserve),
        "stat:Providers": str(len(holders)),
    }


def _history(path: list[Point], until: int) -> Shown:
    """Yields, and the newest values of the charts: those of the pool's last event."""
    last = path[-1]
    price = down(share(last) * SHARE_ONE)
    found: Shown = {
        "chart:Share price": f"Share price by hour, now {number(price, 9, 6)} USDC",
        "chart:Size": f"What can pay claims by hour, now {money(last.size)}, and required reserve, "
        f"now {money(last.booked.required_reserve)}",
    }
    found["line:Return/name"] = "A share in the last 1 d"
    found["line:Return"] = shown_return(path, 1, until)
    for days in (7, LONG_DAYS):
        found[f"line:Net APY over {days} d/name"] = f"Net APY over {days} d"
        found[f"line:Net APY over {days} d"] = shown_yield(path, days, until)
    return found


def _bargain(ledger: Ledger, market: PerpMarket, until: int) -> Shown:
    """What is earned, what can be lost, and when one can leave."""
    pool = pool_now(ledger, market.market_id)
    premium = ledger.one(PremiumAccount, market_id=market.market_id)
    length = ledger.risk.epoch_seconds
    utilised = utilization_bps(pool)
    took = sum(
        claim.capital_tier
        for claim in ledger.all(ClaimRecord).values()
        if claim.market_id == market.market_id and claim.state == PAID and claim.timestamp > until - LONG_DAYS * DAY
    )
    return {
        "Premium rate": percent(premium.rate_bps),
        "line:Premiums paid so far": money(premium.total_routed),
        "line:Performance fee": f"{percent(pool.performance_fee_bps)} of new gains",
        "line:Worst hour/name": f"March 2020{APOSTROPHE}s worst hour, now",
        "line:Worst hour": percent(-crash(ledger, market, recorded_fall(1)).loss_bps),
        "line:Claims took/name": f"Claims took in {LONG_DAYS} d",
        "line:Claims took": cost(took),
        f"line:Creator{APOSTROPHE}s stake": money(pool.first_loss),
        "line:Unvested premiums": money(pool.unvested),
        "Lock and notice": f"{duration(pool.lock_epochs * length)} lock, "
        f"then {duration(pool.notice_epochs * length)} of notice",
        "line:Earlier costs at most": percent(P.EARLY_FEE_BASE_BPS + P.EARLY_FEE_SLOPE_BPS),
        "line:Withdrawable from the pool now": money(withdrawable(pool)),
        "line:Utilisation/name": f"Utilisation, cap {percent(P.UTIL_CAP_BPS)}",
        "line:Utilisation": f"[Utilisation: {min(utilised, P.BPS)}] {percent(utilised)}",
        "line:Paid whatever the cap says": f"{duration(P.FORCE_AFTER * length)} after the notice",
    }


def _flows(path: list[Point], now: int) -> Shown:
    """Sums of each day's moves, and the booked capital after its last event."""
    found: Shown = {}
    first = path[0].time // DAY
    size = 0
    for day in range(first, now // DAY + 1):
        moved = [point.moves for point in path if point.time // DAY == day]
        size = next((point.booked.available for point in reversed(path) if point.time // DAY == day), size)
        row = f"table:Inflows and losses by day, in USDC/{day * DAY}"
        sums = {
            "in": sum(each.deposited for each in moved),
            "vested": sum(each.vested for each in moved),
            "fee": sum(each.performance_fee for each in moved),
            "claims": sum(each.claimed for each in moved),
            "out": sum(each.withdrawn for each in moved),
            "revested": sum(each.revested for each in moved),
        }
        found[f"{row}/day"] = when(day * DAY)
        for key, atoms in sums.items():
            amount = cost(atoms) if key in {"claims", "fee"} else money(atoms)
            found[f"{row}/{key}"] = amount.removesuffix(" USDC") if atoms else missing("nothing")
        found[f"{row}/size"] = money(size)
    return found


def _terms(ledger: Ledger, market: PerpMarket) -> Shown:
    pool = ledger.one(InsurancePool, market_id=market.market_id)
    threshold = ledger.one(MarketConfig, market_id=market.market_id).insolvency_threshold
    length = ledger.risk.epoch_seconds
    stop = f"for {P.PAUSE_SECONDS // 3_600} hours; not again for {P.PAUSE_COOLDOWN // DAY} days."
    stops = (f"Stops new registrations of markets {stop}", f"Stops deposits into all pools {stop}")
    early = (
        "of a withdrawal requested right after the deposit, falling to "
        f"{told.bps(P.EARLY_FEE_BASE_BPS)} just before the lock ends; to the providers who stay"
    )
    bps = {
        "deposit": (0, "a deposit costs nothing but the network fee"),
        "performance": (
            pool.performance_fee_bps,
            "of what lifts the share price above its highest, to the protocol's treasury",
        ),
        "early_withdrawal_most": (
            P.EARLY_FEE_BASE_BPS + P.EARLY_FEE_SLOPE_BPS,
            early,
        ),
        "withdrawal": (0, "of a withdrawal requested after the lock"),
        "claim": (P.CLAIM_FEE_BPS, "of a payout, out of it: the market pays, providers don't"),
        "bounty": (P.BOUNTY_BPS, "of premiums at most, to the keeper who brings them to the pool"),
    }
    return {
        "line:Lock": f"{duration(pool.lock_epochs * length)}; leaving earlier costs the early fee below",
        "line:Notice": f"{duration(pool.notice_epochs * length)} from the request to the payment, also after the lock; "
        "the capital stays at risk until then",
        "line:Utilisation cap": "withdrawals wait while they would lift utilisation above "
        f"{percent(P.UTIL_CAP_BPS)}, at most {duration(P.FORCE_AFTER * length)} after the notice",
        "line:Smallest first deposit": cost(P.MIN_DEPOSIT),
        "line:Claims": f"a deficit above {money(threshold)} is paid whole; "
        f"premiums vest over {duration(P.VEST_EPOCHS * length)}",
        **{f"line:fee/{name}": f"{percent(rate)} {words}" for name, (rate, words) in bps.items()},
        **{f"table:Powers and their limits/guardian {can}/can": can for can in stops},
    }


@pytest.mark.parametrize("name", ["BTC-PERP", "BTC-20X"])
def test_pool(frozen: Frozen, screen: Screen, name: str) -> None:
    ledger = frozen.ledger
    market = ledger.markets[name]
    path = pool_path(frozen.history, ledger, market.market_id)
    pool = pool_now(ledger, market.market_id)
    screen.go(f"/markets/{market.market_id}/pool")
    screen.page.get_by_text("Who can change what").click()
    compare(
        screen,
        {
            **_head(ledger, name, market),
            **_bargain(ledger, market, frozen.history.transactions[-1].time),
            **_history(path, frozen.history.transactions[-1].time),
            **_flows(path, ledger.now),
            **shown_scenarios(ledger, market),
            **_terms(ledger, market),
        },
    )
    waits = pool.unsettled > 0 or not is_fresh(pool, ledger.epoch) or withdrawable(pool) == 0
    assert screen.page.get_by_text("Withdrawals wait at present").is_visible() == waits
