"""sync_market: what a market is told between two scores."""

import pytest

from offchain.chain.events.generated.risk_engine import MarketSynced
from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, PriceFeed, RiskScore
from tests.programs.risk_engine.blank import blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

USDC = 1_000_000
CAPS = {0: 500_000, 1: 250_000, 2: 200_000, 3: 100_000, 4: 100_000}
RESERVE = {0: 200, 1: 400, 2: 700, 3: 1200, 4: 2000}


def test_price_grade_and_clock_arrive(world: World, lab: Lab) -> None:
    world.advance(seconds=100)
    world.push_price("8100")
    sent = lab.send("sync_market")
    told, feed = lab.market.perp(), world.read(PriceFeed, world.feed)
    assert (told.price, told.publish_time, told.lag_price) == (8100 * USDC, feed.publish_time, feed.lag_price)
    assert (told.provisional, told.synced, told.grade) == (False, True, 2)
    assert (told.genesis, told.epoch_seconds) == (world.schedule.genesis, world.schedule.epoch_seconds)
    event = sent.event(MarketSynced)
    assert (event.market_id, event.actor, event.epoch, event.slot) == (
        lab.market.id,
        world.keeper.key,
        world.epoch,
        sent.slot,
    )
    assert (event.price, event.publish_time, event.lag_price) == (told.price, told.publish_time, told.lag_price)
    assert (event.provisional, event.grade, event.reasons) == (False, told.grade, told.reasons)
    assert (event.leverage_cap, event.open_interest_cap) == (told.leverage_cap, told.oi_cap)


def test_a_provisional_price_is_told(world: World, lab: Lab) -> None:
    world.advance(seconds=100)
    world.push_price("16000")
    lab.send("sync_market")
    assert lab.market.perp().provisional


@pytest.mark.parametrize("grade", CAPS)
def test_caps_follow_grade_and_pool(world: World, lab: Lab, grade: int) -> None:
    m = lab.market.m
    world.edit(MarketConfig, m.config, grade=grade)
    reserve = {"has_reserve": True, "reserve_epoch": world.epoch, "available_balance": 1000, "pending_withdrawals": 300}
    world.edit(MarketInputs, m.inputs, **reserve)
    lab.send("sync_market")
    told = lab.market.perp()
    assert (told.grade, told.leverage_cap, told.oi_cap) == (grade, CAPS[grade], 700 * 8500 // RESERVE[grade])


def test_the_markets_own_leverage_limit_binds(world: World, lab: Lab) -> None:
    world.edit(MarketConfig, lab.market.m.config, max_leverage=30_000)
    lab.send("sync_market")
    assert lab.market.perp().leverage_cap == 30_000


@pytest.mark.parametrize(
    "changed",
    [{"has_reserve": False}, {"reserve_epoch": 0}, {"available_balance": 100, "pending_withdrawals": 101}],
)
def test_no_cover_without_a_fresh_report_or_capital(world: World, lab: Lab, changed: dict[str, int]) -> None:
    reserve = {"has_reserve": True, "reserve_epoch": world.epoch, "available_balance": 1000, "pending_withdrawals": 0}
    world.edit(MarketInputs, lab.market.m.inputs, **(reserve | changed))
    lab.send("sync_market")
    assert lab.market.perp().oi_cap == 0


def test_reasons_as_they_are_now(world: World, lab: Lab) -> None:
    m = lab.market.m
    lab.send("sync_market")
    assert lab.market.perp().reasons == 0
    world.edit(RiskScore, m.score, reasons=1 + 4 + 8 + 16)
    lab.send("sync_market")
    assert lab.market.perp().reasons == 1
    world.edit(MarketInputs, m.inputs, arrears=True, exit=True)
    lab.send("remove_engine")
    lab.send("sync_market")
    assert lab.market.perp().reasons == 1 + 4 + 8 + 16


def test_stale_after_two_epochs_without_a_score(world: World, lab: Lab) -> None:
    for epochs, expected in ((2, 0), (1, 2)):
        world.advance(epochs=epochs)
        lab.send("sync_market")
        assert lab.market.perp().reasons == expected
    world.edit(RiskScore, lab.market.m.score, has_score=False, epoch=world.epoch)
    lab.send("sync_market")
    assert lab.market.perp().reasons == 2


def test_needs_a_price(world: World, lab: Lab) -> None:
    world.edit(PriceFeed, world.feed, updates=0)
    with world.expect_error("E_PRICE_STALE"):
        lab.send("sync_market")


def test_needs_a_live_market(world: World) -> None:
    lab = blank_lab(world)
    register(lab)
    with world.expect_error("E_STATE"):
        lab.send("sync_market")


@pytest.mark.parametrize("name", ["score", "inputs", "market", "feed", "engine"])
def test_refuses_what_belongs_elsewhere(world: World, lab: Lab, name: str) -> None:
    other = blank_lab(world).market
    ids = {"feed_id": world.creator.key, "source": 0, "writer": world.creator.key}
    feed, engine = world.at.feed(world.creator.key), world.at.engine(world.creator.key)
    lab.send("open_feed", ids, feed=feed)
    lab.send("allow_engine", {"program_id": world.creator.key}, program=world.creator.key, engine=engine)
    elsewhere = {"score": other.m.score, "inputs": other.m.inputs, "market": other.id, "feed": feed, "engine": engine}
    with world.expect_error("E_RELATION"):
        lab.send("sync_market", **{name: elsewhere[name]})


def test_refuses_a_forged_program(world: World, lab: Lab) -> None:
    with world.expect_error("E_PROGRAM"):
        lab.send("sync_market", market_program=world.at.insurance_pool)


def test_compute_units(world: World, lab: Lab) -> None:
    # part of every trade: six small accounts, one derivation, one CPI into the market
    assert lab.send("sync_market").units <= 45_000
