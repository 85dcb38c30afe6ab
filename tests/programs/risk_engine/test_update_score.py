"""update_score: one measurement by hand, what follows from it, and everything it refuses."""

from typing import Any

import pytest

from offchain.chain.events.generated.risk_engine import ScoreUpdated
from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, PriceFeed, RiskScore, RiskWindow
from tests.programs.risk_engine.blank import blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

USDC = 1_000_000
BUSY = {
    "oi_long": 350 * USDC,
    "oi_short": 100 * USDC,
    "oi_now": 77 * USDC,
    "mean_leverage": 109_000,
    "depth": 1000 * USDC,
}
HALF_HOUR = 1800
MAX_UTILIZATION = 1_000_000


def test_by_hand(world: World, lab: Lab) -> None:
    """10.9x is a tenth of 1x..100x; 350 of 1000 depth; both windows still warm up: 0.035 + 0.0875 + 0.2 + 0.2."""
    before = lab.market.score()
    event = lab.score(**BUSY).event(ScoreUpdated)
    score, config = lab.market.score(), lab.market.config()
    assert (score.leverage_factor, score.oi_ratio_factor) == (100_000, 350_000)
    assert (score.volatility_factor, score.funding_variance_factor, score.provisional) == (1_000_000, 1_000_000, True)
    assert (score.composite_score, score.grade, score.reasons) == (522_500, 2, 0)
    assert (score.open_interest, score.mean_leverage, score.oi_ratio_bps) == (350 * USDC, 109_000, 3_500)
    assert score.required_reserve == 24_500_000
    assert (score.epoch, score.last_updated_at, score.has_score) == (world.epoch, world.now, True)
    assert (score.samples, score.funding_samples) == (before.samples + 1, 0)
    assert (config.grade, config.min_reserve_ratio) == (2, 700)

    assert (event.market_id, event.actor, event.epoch) == (lab.market.id, world.keeper.key, world.epoch)
    assert (event.score_before, event.score_after) == (before.composite_score, 522_500)
    assert (event.grade_before, event.grade_after, event.reasons_before, event.reasons_after) == (2, 2, 0, 0)
    same = ("leverage_factor", "oi_ratio_factor", "volatility_factor", "funding_variance_factor", "mean_leverage")
    more = ("oi_ratio_bps", "open_interest", "required_reserve", "samples", "funding_samples", "provisional")
    assert all(getattr(event, name) == getattr(score, name) for name in (*same, *more))

    premium, pool = lab.market.premium(), lab.market.pool()
    assert (premium.score, premium.grade, premium.score_epoch) == (522_500, 2, world.epoch)
    assert (premium.open_interest, premium.reserve_bps) == (350 * USDC, 700)
    assert (pool.required_reserve, pool.open_interest_now) == (24_500_000, 77 * USDC)
    assert (pool.score_epoch, pool.reasons) == (world.epoch, 0)


def test_twenty_times_leverage_with_all_else_at_its_worst_does_not_restrict(world: World, lab: Lab) -> None:
    """The published leverage scale is linear to 100x, so that restriction needs about 29x: the overlay guards below."""
    lab.score(oi_long=5000 * USDC, mean_leverage=200_000, depth=1000 * USDC)
    assert (lab.market.score().composite_score, lab.market.score().grade) == (717_172, 3)
    lab.score(oi_long=5000 * USDC, mean_leverage=293_000, depth=1000 * USDC)
    assert (lab.market.score().composite_score, lab.market.score().grade) == (750_051, 4)


@pytest.mark.parametrize(
    "statistics",
    [
        {"oi_short": 950_000, "depth": 1_000_000},
        {"oi_short": 700_001, "depth": 1_000_000_000, "mean_leverage": 950_500},
        {"oi_short": 7_001, "depth": 10_000},
        {"oi_short": 1, "depth": 1_000_000, "mean_leverage": 200_001},
    ],
)
def test_a_single_danger_allows_no_grade_better_than_c(world: World, lab: Lab, statistics: dict[str, int]) -> None:
    calm(world, lab)
    lab.score(**statistics)
    assert lab.market.score().grade == 2
    assert lab.market.score().composite_score < 500_000


@pytest.mark.parametrize(
    "statistics", [{"oi_short": 6_999, "depth": 10_000}, {"oi_short": 1, "depth": 1_000_000, "mean_leverage": 200_000}]
)
def test_below_each_danger_the_score_decides(world: World, lab: Lab, statistics: dict[str, int]) -> None:
    calm(world, lab)
    lab.score(**statistics)
    assert lab.market.score().grade < 2


def calm(world: World, lab: Lab) -> None:
    """Both windows full of perfect calm, no grade yet."""
    returns = {"days": [96] * 30, "total_n": 2880, "updates": 2880}
    world.edit(RiskWindow, lab.market.m.window, **returns, funding_count=90, funding=[code_of_zero()] * 23)
    world.edit(RiskScore, lab.market.m.score, has_score=False)


def code_of_zero() -> int:
    """A word of four rates of 0."""
    return sum(1 << 31 << 32 * place for place in range(4))


def test_the_pools_report_counts_while_it_is_fresh(world: World, lab: Lab) -> None:
    reported = {"has_reserve": True, "utilization_bps": 5_000}
    for age, expected in ((0, 5_000), (2, 5_000), (3, MAX_UTILIZATION)):
        world.edit(MarketInputs, lab.market.m.inputs, **reported, reserve_epoch=world.epoch + 1 - age)
        assert lab.score().event(ScoreUpdated).utilization_bps == expected
        assert lab.market.premium().utilization_bps == expected
    world.edit(MarketInputs, lab.market.m.inputs, has_reserve=False, reserve_epoch=world.epoch + 1)
    assert lab.score().event(ScoreUpdated).utilization_bps == MAX_UTILIZATION


def test_reasons_are_noted(world: World, lab: Lab) -> None:
    world.edit(MarketInputs, lab.market.m.inputs, arrears=True, exit=True)
    lab.send("remove_engine")
    lab.score(oi_long=5000 * USDC, mean_leverage=1_000_000, depth=0)
    assert lab.market.score().reasons == 1 + 4 + 8 + 16
    assert lab.market.pool().reasons == 29
    assert lab.market.premium().rate_bps == 6_000


def ready(world: World, lab: Lab) -> None:
    """The next epoch, with a price and statistics."""
    world.advance(epochs=1)
    world.push_price()
    lab.set_statistics()


def test_once_an_epoch(world: World, lab: Lab) -> None:
    lab.score()
    world.advance(seconds=1)
    with world.expect_error("E_EARLY"):
        lab.send("update_score")


@pytest.mark.parametrize("lag", [-1, 1])
def test_needs_the_statistics_of_the_last_epoch(world: World, lab: Lab, lag: int) -> None:
    ready(world, lab)
    world.edit(MarketInputs, lab.market.m.inputs, stats_epoch=world.epoch - 1 - lag)
    with world.expect_error("E_STATISTICS"):
        lab.send("update_score")


def test_needs_statistics_at_all(world: World, lab: Lab) -> None:
    ready(world, lab)
    world.edit(MarketInputs, lab.market.m.inputs, has_stats=False)
    with world.expect_error("E_STATISTICS"):
        lab.send("update_score")


def test_needs_a_price_of_the_last_half_hour(world: World, lab: Lab) -> None:
    ready(world, lab)
    world.edit(PriceFeed, world.feed, publish_time=world.now - HALF_HOUR - 1)
    with world.expect_error("E_PRICE_STALE"):
        lab.send("update_score")
    world.edit(PriceFeed, world.feed, publish_time=world.now - HALF_HOUR)
    lab.send("update_score")


def test_needs_a_live_market(world: World, lab: Lab) -> None:
    ready(world, lab)
    world.edit(MarketConfig, lab.market.m.config, status=1)
    with world.expect_error("E_STATE"):
        lab.send("update_score")


@pytest.mark.parametrize("name", ["score", "window", "inputs", "premium", "pool"])
def test_refuses_another_markets_accounts(world: World, lab: Lab, name: str) -> None:
    other = blank_lab(world)
    register(other)
    ready(world, lab)
    with world.expect_error("E_RELATION"):
        lab.send("update_score", **{name: getattr(other.market.m, name)})


@pytest.mark.parametrize("name", ["feed", "engine"])
def test_refuses_another_feed_or_engine(world: World, lab: Lab, name: str) -> None:
    ids: dict[str, Any] = {"feed_id": world.creator.key, "source": 0, "writer": world.creator.key}
    lab.send("open_feed", ids, feed=world.at.feed(world.creator.key))
    engine = world.at.engine(world.creator.key)
    lab.send("allow_engine", {"program_id": world.creator.key}, program=world.creator.key, engine=engine)
    other = {"feed": world.at.feed(world.creator.key), "engine": engine}
    ready(world, lab)
    with world.expect_error("E_RELATION"):
        lab.send("update_score", **{name: other[name]})


@pytest.mark.parametrize("name", ["premium_program", "pool_program"])
def test_refuses_forged_programs(world: World, lab: Lab, name: str) -> None:
    ready(world, lab)
    with world.expect_error("E_PROGRAM"):
        lab.send("update_score", **{name: world.at.demo_market})


def test_compute_units(world: World, lab: Lab) -> None:
    # loading and storing five accounts about 20 k, two CPIs about 17 k, logarithm, two roots and a derivation the rest
    calm(world, lab)
    assert lab.score(**BUSY).units <= 55_000


def test_compute_units_after_a_month(world: World, lab: Lab) -> None:
    # 90 missed funding windows are pushed at once; the next update clears 30 daily buckets
    lab.score(**BUSY)
    world.advance(epochs=96 * 31)
    assert lab.score(**BUSY).units <= 80_000
    assert lab.score(**BUSY).units <= 60_000
