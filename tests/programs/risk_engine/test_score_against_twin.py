"""Random lives of a market's score on bytecode and in the twin: every stored number, epoch by epoch."""

from random import Random

import pytest

from offchain.chain.generated.risk_engine.accounts import MarketInputs, PriceFeed
from tests.model.premium.rate import next_rate
from tests.model.score.sync import sync
from tests.model.score.update import Reserve, Risk, Statistics, update_score
from tests.programs.risk_engine.blank import blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

STEPS = 260
USDC = 1_000_000


def scored(lab: Lab) -> dict[str, object]:
    """What the chain stores, in the twin's words."""
    score, window = lab.market.score(), lab.market.window()
    return {
        "factors": (
            score.leverage_factor,
            score.oi_ratio_factor,
            score.volatility_factor,
            score.funding_variance_factor,
        ),
        "composite": score.composite_score,
        "ratio": score.oi_ratio_bps,
        "open_interest": score.open_interest,
        "reserve": score.required_reserve,
        "provisional": score.provisional,
        "reasons": score.reasons,
        "grade": score.grade,
        "better": (score.better_since, score.better_grade) if score.better_waiting else None,
        "below": score.below_since if score.below_waiting else None,
        "updates": window.updates,
        "rates": window.funding_count,
    }


def expected(risk: Risk) -> dict[str, object]:
    """The same of the twin."""
    standing = risk.standing
    return {
        "factors": risk.factors.all(),
        "composite": risk.composite,
        "ratio": risk.oi_ratio_bps,
        "open_interest": risk.open_interest,
        "reserve": risk.required_reserve,
        "provisional": risk.provisional,
        "reasons": risk.reasons,
        "grade": standing.grade,
        "better": (standing.better_since, standing.better_grade) if standing.better_since is not None else None,
        "below": standing.below_since,
        "updates": risk.window.updates,
        "rates": len(risk.funding.rates),
    }


class Life:
    """One market from its first score on, with moods that last a while."""

    def __init__(self, world: World, seed: int) -> None:
        self.world, self.draw = world, Random(seed)
        self.lab = blank_lab(world)
        register(self.lab)
        for peer in ("premium", "pool", "handler"):
            self.lab.send(f"push_terms_{peer}")
        self.risk = Risk()
        self.rate: int | None = None
        self.price, self.cumulative = 100.0, 0
        self.moods()

    def moods(self) -> None:
        draw = self.draw
        self.wildness = draw.choice((0.0003, 0.001, 0.004, 0.02))
        self.funding = draw.choice((20_000, 200_000, 1_500_000))
        self.leverage = draw.choice((0, 15_000, 60_000, 190_000, 300_000, 900_000))
        self.interest = draw.choice((0, 1, 100 * USDC, 600 * USDC, 3000 * USDC))

    def step(self) -> None:
        draw, world = self.draw, self.world
        if draw.random() < 0.05:
            self.moods()
        world.advance(epochs=draw.choices((1, 2, 3, 40, 97, 96 * 31), (90, 4, 3, 2, 1, 1))[0])
        self.price *= 1 + draw.gauss(0, self.wildness)
        if draw.random() < 0.95:
            world.push_price(f"{self.price:.6f}")
        else:
            world.edit(PriceFeed, world.feed, publish_time=world.now)
        self.cumulative += int(draw.gauss(0, self.funding))
        statistics = Statistics(
            epoch=world.epoch - 1,
            long=int(self.interest * draw.random()),
            short=int(self.interest * draw.random()),
            mean_leverage=int(self.leverage * draw.uniform(0.8, 1.2)),
            depth=draw.choice((0, 1000 * USDC, 1000 * USDC, 1000 * USDC, 50_000 * USDC)),
            cumulative_funding=self.cumulative,
        )
        self.compare(statistics)

    def compare(self, statistics: Statistics) -> None:
        draw, world, lab = self.draw, self.world, self.lab
        lab.set_statistics(
            oi_long=statistics.long,
            oi_short=statistics.short,
            mean_leverage=statistics.mean_leverage,
            depth=statistics.depth,
            cum_funding=statistics.cumulative_funding,
        )
        reported, leaving = world.epoch - draw.choice((0, 1, 2, 3)), draw.random() < 0.1
        reserve = Reserve(reported, 10**12, 10**11, draw.randrange(10_000), leaving)
        arrears = draw.random() < 0.1
        world.edit(
            MarketInputs,
            lab.market.m.inputs,
            arrears=arrears,
            exit=reserve.exit,
            has_reserve=True,
            reserve_epoch=reserve.epoch,
            available_balance=reserve.available,
            pending_withdrawals=reserve.pending,
            utilization_bps=reserve.utilization_bps,
        )
        feed = world.read(PriceFeed, world.feed)
        sample = (feed.sample_price, feed.sample_epoch)
        self.risk = update_score(self.risk, world.epoch, statistics, sample, reserve, arrears)
        lab.send("update_score")
        assert scored(lab) == expected(self.risk)
        restricted = self.risk.standing.restricted
        self.rate = next_rate(self.rate, self.risk.composite, self.risk.utilization_bps, restricted)
        assert lab.market.premium().rate_bps == self.rate
        assert lab.market.pool().required_reserve == self.risk.required_reserve
        if draw.random() < 0.2:
            world.advance(epochs=draw.choice((0, 1, 3)))
            lab.send("sync_market")
            caps = sync(self.risk, world.epoch, lab.market.design.max_leverage, reserve, arrears)
            told = lab.market.perp()
            assert (told.reasons, told.leverage_cap, told.oi_cap) == (caps.reasons, caps.leverage_cap, caps.oi_cap)


@pytest.mark.parametrize("seed", range(4))
def test_random_life_equals_the_twin(world: World, seed: int) -> None:
    life = Life(world, seed)
    grades = set()
    for _ in range(STEPS):
        life.step()
        grades.add(life.risk.standing.grade)
    assert not life.risk.provisional, "the windows should have warmed up"
    assert len(grades) >= 3
