"""One flag for many: what is noted for one market, or for one reason, overwrites another's.

Incident class: any-of flags. A breaker that was set by any market and cleared by any other kept a broken market open;
a single "restricted" bit with several causes was cleared by whichever cause ended first.
"""

import pytest

from offchain.chain.events.generated.insolvency_handler import NoClaim
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketInputs, RiskScore
from offchain.chain.instructions import insurance_pool, premium_manager, risk_engine
from offchain.chain.units import atoms
from tests.attacks.moves import bankrupt, gap, route, score
from tests.support.market import Market
from tests.support.world import World

SCORE, STALE, ARREARS, EXIT, DELISTED = 1, 2, 4, 8, 16


@pytest.fixture
def other(world: World, market: Market) -> Market:
    """A second covered market; both are scored and synchronised."""
    found = world.open_market(index=1)
    found.fund_house("1000000")
    market.cover("200000")
    found.cover("200000", "other lp")
    world.crank_epoch()
    return found


def state(market: Market) -> tuple[object, ...]:
    """All that a flag of another market could touch."""
    return (
        market.inputs(),
        market.score(),
        market.pool(),
        market.premium(),
        market.registry(),
        market.config(),
        market.perp(),
    )


def reasons(market: Market) -> int:
    """The reasons that stand after a synchronisation."""
    market.sync()
    return int(market.perp().reasons)


def all_set(world: World, market: Market) -> None:
    """SCORE, ARREARS and EXIT stand at once, in a market where the last two are cured."""
    world.edit(RiskScore, market.m.score, reasons=SCORE, grade=4)
    world.edit(MarketInputs, market.m.inputs, arrears=True, exit=True)


def test_attack_paid_arrears_clear_arrears_alone(world: World, market: Market) -> None:
    """Whoever pays what the market owes opens it no further than that."""
    market.cover("200000")
    all_set(world, market)
    assert reasons(market) == SCORE | ARREARS | EXIT
    world.send(premium_manager.report_arrears(world.keeper.key, market.id))
    assert reasons(market) == SCORE | EXIT
    assert market.inputs().exit


def test_attack_served_requests_clear_exit_alone(world: World, market: Market) -> None:
    """The pool reports that all requests fit: score and arrears stand."""
    market.cover("200000")
    all_set(world, market)
    world.send(insurance_pool.report_reserve(world.keeper.key, market.id))
    assert reasons(market) == SCORE | ARREARS


def test_attack_a_listed_engine_clears_delisting_alone(world: World, market: Market) -> None:
    """Taking the engine back on the list: the market's own reasons stand."""
    market.cover("200000")
    all_set(world, market)
    world.send(risk_engine.remove_engine(world.admin.key, world.at.demo_market))
    assert reasons(market) == SCORE | ARREARS | EXIT | DELISTED
    world.send(risk_engine.restore_engine(world.admin.key, world.at.demo_market))
    assert reasons(market) == SCORE | ARREARS | EXIT


def test_attack_a_new_score_clears_stale_alone(world: World, market: Market) -> None:
    """Cranking after a pause: arrears and exit are read from the inputs, the score reason from the score."""
    market.cover("200000")
    world.advance(epochs=4)
    world.edit(MarketInputs, market.m.inputs, arrears=True)
    world.edit(RiskScore, market.m.score, reasons=SCORE, grade=4)
    assert reasons(market) == SCORE | STALE | ARREARS
    score(world, market)
    assert market.perp().reasons & ARREARS
    assert not market.perp().reasons & STALE


def test_attack_an_exit_of_one_market_is_not_another_s(world: World, market: Market, other: Market) -> None:
    """A request that waits in one market restricts that one; the other's report does not end it."""
    lp, entry = market.cover("100000", "runner"), world.epoch
    market.open(market.trader("500000"), False, "440", "200000")
    world.advance(epochs=1)
    world.push_price()
    market.crank()
    market.request(lp, entry)
    world.advance(epochs=96 + 672)
    world.push_price()
    market.crank(route=False)
    other.crank(route=False)
    before = state(other)
    world.send(insurance_pool.flag_exit(other.creator.key, market.id, lp.key, entry))
    world.send(insurance_pool.report_reserve(world.keeper.key, market.id))
    assert market.inputs().exit
    assert state(other) == before
    flagged = market.inputs()
    world.send(insurance_pool.report_reserve(world.keeper.key, other.id))
    assert market.inputs() == flagged
    assert not other.inputs().exit


def test_attack_arrears_of_one_market_are_not_another_s(world: World, market: Market, other: Market) -> None:
    """One market owes for a month; the other, which owes nothing, stays open and clears nobody."""
    world.edit(PremiumAccount, market.m.premium, balance=-atoms("10"), negative=True, negative_since=0)
    world.go_to_epoch(700)
    before = state(other)
    world.send(premium_manager.report_arrears(world.keeper.key, market.id))
    assert market.inputs().arrears
    assert state(other) == before
    world.send(premium_manager.report_arrears(world.keeper.key, other.id))
    assert market.inputs().arrears and not other.inputs().arrears


def test_attack_a_noclaim_of_one_market_does_not_touch_another(world: World, market: Market, other: Market) -> None:
    """A small deficit is carried by its own pool: price, registry and pending flag of the other are as before."""
    market.liquidate(*bankrupt(world, market, "6850"))
    before = state(other)
    market.report().event(NoClaim)
    assert market.pool().unsettled > 0
    assert state(other) == before


def test_attack_a_reserved_payout_of_one_market_blocks_no_other(world: World, market: Market, other: Market) -> None:
    """While one payout waits for its release, the other market reports, claims and is paid."""
    traders = [(each, each.trader("100000")) for each in (market, other)]
    first, second = [each.open(trader, True, "10", "6000") for each, trader in traders]
    gap(world, market, "6000")
    other.sync()
    market.liquidate(traders[0][1], first)
    market.report()
    waiting = market.pool(), market.registry()
    assert market.registry().pending and not other.registry().pending
    other.claim(traders[1][1], second)
    assert other.record(1).state == 2
    assert (market.pool(), market.registry()) == waiting
    market.release()
    assert not market.registry().pending


def test_attack_a_stale_market_beside_a_fresh_one(world: World, market: Market, other: Market) -> None:
    """Cranks for one market alone: the other is stale, whatever its neighbour's score says."""
    for _ in range(4):
        world.advance(epochs=1)
        world.push_price()
        market.crank()
    other.sync()
    assert market.perp().reasons == 0
    assert other.perp().reasons & STALE
    route(world, other)
    assert reasons(other) & STALE
