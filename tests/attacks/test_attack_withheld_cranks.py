"""The people who turn the wheels stop, by accident or because standing still pays them.

Incident class: dependence on keepers. Markets went on trading on frozen prices and old risk numbers while their
operators slept or were paid to; elsewhere a stopped oracle locked everybody's funds. Here stale means restricted,
claims need no score, and withdrawals need nobody at all.
"""

import pytest

from offchain.chain.instructions import demo_market, insurance_pool, premium_manager, risk_engine
from offchain.chain.units import atoms
from tests.attacks.moves import check_solvent, gap, route, score, trade_volume
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

STALE = 2
"""The bit of the reason."""


@pytest.fixture
def trader(world: World, market: Market) -> tuple[User, int]:
    """Cover, and a position of 10 BTC with 6 000 of margin."""
    market.cover("200000")
    owner = market.trader("100000")
    return owner, market.open(owner, True, "10", "6000")


def prices_only(world: World, market: Market, epochs: int) -> None:
    """Prices and synchronisations go on, scores do not."""
    world.advance(epochs=epochs)
    market.price("8000")


def test_attack_without_scores_open_interest_can_only_fall(
    world: World, market: Market, trader: tuple[User, int]
) -> None:
    """Two epochs old is tolerated, three is STALE: no opening, and closing goes on."""
    owner, nonce = trader
    prices_only(world, market, 2)
    assert market.perp().reasons == 0
    prices_only(world, market, 1)
    assert market.perp().reasons == STALE
    with world.expect_error("E_RESTRICTED"):
        market.open(owner, True, "1", "1000")
    prices_only(world, market, 500)
    assert market.perp().reasons & STALE
    market.close(owner, nonce)
    assert market.perp().open_positions == 0


@pytest.mark.parametrize("silence", [3, 1000])
def test_attack_a_claim_needs_no_score(world: World, market: Market, trader: tuple[User, int], silence: int) -> None:
    """Liquidation, report and payout with a score that is weeks old: nobody can starve a claim."""
    owner, _ = trader
    world.advance(epochs=silence)
    # The price is the only thing a claim needs.
    gap(world, market, "6000")
    assert market.perp().reasons & STALE
    market.claim(*trader)
    record = market.record(1)
    assert record.state == 2 and record.net_paid > 0
    assert market.perp_position(owner, trader[1]).state == 3
    check_solvent(world, market)


def test_attack_without_prices_nothing_trades_and_withdrawals_go_on(
    world: World, market: Market, trader: tuple[User, int]
) -> None:
    """A frozen oracle can neither fill an order nor liquidate on yesterday's price, and locks no provider in."""
    owner, nonce = trader
    provider, entry = market.cover("1000", "leaving"), world.epoch
    market.request(provider, entry)
    world.advance(seconds=61)
    market.sync()
    for call in (lambda: market.open(owner, True, "1", "1000"), lambda: market.close(owner, nonce)):
        with world.expect_error("E_PRICE_STALE"):
            call()
    with world.expect_error("E_PRICE_STALE"):
        market.liquidate(owner, nonce)
    world.advance(epochs=96)
    with world.expect_error("E_STALE"):
        market.withdraw(provider, entry)
    world.advance(epochs=1344)
    market.withdraw(provider, entry)
    assert world.balance(provider) >= atoms("996")


def test_attack_a_score_can_not_be_made_on_old_statistics(
    world: World, market: Market, trader: tuple[User, int]
) -> None:
    """The market withholds its statistics to keep its grade: there is no score, and then it is STALE."""
    world.advance(epochs=1)
    world.push_price()
    keeper = world.keeper.key
    with world.expect_error("E_STATISTICS"):
        world.send(risk_engine.update_score(keeper, market.id, world.feed))
    # The push is anybody's: the market has no say in it.
    stranger = world.user().key
    world.send(demo_market.push_statistics(stranger, market.id))
    world.send(risk_engine.update_score(stranger, market.id, world.feed))
    assert market.score().epoch == world.epoch


def test_attack_a_withheld_reserve_report_opens_nothing(world: World, market: Market, trader: tuple[User, int]) -> None:
    """Without the pool's report utilisation counts as the worst: the rate rises, and the cap is nought."""
    rate = market.premium().rate_bps
    keeper = world.keeper.key
    for _ in range(4):
        world.advance(epochs=1)
        world.push_price()
        world.send(
            demo_market.push_statistics(keeper, market.id), risk_engine.update_score(keeper, market.id, world.feed)
        )
    assert market.premium().utilization_bps == 1_000_000
    assert market.premium().rate_bps >= min(6_000, rate * 124 // 100)
    market.sync()
    assert (market.perp().oi_cap, market.perp().reasons) == (0, 0)
    with world.expect_error("E_OI_CAP"):
        market.open(trader[0], True, "1", "1000")


def test_attack_a_withheld_sync_opens_nothing(world: World, market: Market, trader: tuple[User, int]) -> None:
    """Trading on the caps of a better hour: a synchronisation older than a minute opens and closes nothing."""
    world.advance(seconds=61)
    world.push_price()
    with world.expect_error("E_SYNC_STALE"):
        market.open(trader[0], True, "1", "1000")
    market.sync()
    market.open(trader[0], True, "1", "1000")


def test_attack_premiums_that_nobody_routes_are_late_and_not_lost(
    world: World, market: Market, trader: tuple[User, int]
) -> None:
    """A month without routing: the escrow holds every atom, the stale score pays no bounty, and the pool gets all."""
    trade_volume(market)
    world.send(demo_market.settle_fees(world.keeper.key, market.id))
    held = market.premium().escrow_ledger
    assert held > atoms("100")
    world.advance(epochs=2_880)
    keeper = world.balance(world.keeper)
    before = market.pool().unvested
    route(world, market)
    assert world.balance(world.keeper) == keeper
    assert market.pool().unvested - before == held
    check_solvent(world, market)


def test_attack_withholding_reports_hides_no_arrears(world: World, market: Market, trader: tuple[User, int]) -> None:
    """The floor runs by the clock: whoever reports first after a month of silence finds all of it."""
    score_until_negative(world, market)
    since = market.premium().negative_since
    world.go_to_epoch(since + 2_880)
    stranger = world.user().key
    world.send(premium_manager.report_arrears(stranger, market.id))
    assert market.inputs().arrears
    world.push_price()
    market.sync()
    assert market.perp().reasons & 4


def score_until_negative(world: World, market: Market) -> None:
    """Open interest without fees, until the market owes its floor."""
    world.advance(epochs=1)
    score(world, market)
    world.advance(epochs=800)
    score(world, market)
    assert market.premium().balance < 0


def test_attack_one_honest_crank_ends_any_silence(world: World, market: Market, trader: tuple[User, int]) -> None:
    """After weeks, one round by a stranger makes the market fresh again: there is nothing to catch up step by step."""
    world.advance(epochs=1_500)
    world.push_price()
    stranger = world.user().key
    world.send(
        demo_market.push_statistics(stranger, market.id),
        insurance_pool.report_reserve(stranger, market.id),
        risk_engine.update_score(stranger, market.id, world.feed),
        risk_engine.sync_market(stranger, market.id, world.feed),
    )
    assert not market.perp().reasons & STALE
    assert market.score().epoch == world.epoch
