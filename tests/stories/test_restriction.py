"""A calm market earns grade A, takes on 45-fold leverage, is shaken, restricts itself by its score, and recovers."""

from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

LEGS = 11
"""Positions of a tenth of the depth each: more open interest than depth."""


def calm_down(world: World, market: Market) -> None:
    """Score every second epoch, as seldom as a score stays fresh, until the grade is A."""
    tend(world, market)
    for _ in range(220):
        if market.score().grade == 0:
            break
        tend(world, market, epochs=2)
    assert market.score().grade == 0
    assert not market.score().provisional
    assert market.score().composite_score == 0


def tend(world: World, market: Market, usd: str | None = None, epochs: int = 1) -> None:
    """Go on by some epochs and do this market's duties."""
    world.advance(epochs=epochs)
    world.push_price(usd)
    market.crank(route=False)


def pile_up(world: World, market: Market, trader: User) -> list[int]:
    """Longs of 45x one after the other."""
    nonces = []
    for _ in range(LEGS):
        world.advance(seconds=1)
        market.price("8000")
        nonces.append(market.open(trader, is_long=True, base="12.5", margin="2225"))
    return nonces


def test_a_restriction_and_its_release(world: World) -> None:
    market = world.open_market(index=1, depth=atoms("1000000"), maintenance_bps=50)
    market.fund_house("1000000")
    market.cover("500000")
    calm_down(world, market)
    market.sync()
    assert market.perp().leverage_cap == 500_000

    trader = market.trader("100000")
    nonces = pile_up(world, market, trader)
    # Two swings of a fifth, within the bound of one step, and three 8-hour windows of full funding.
    tend(world, market, "6500")
    tend(world, market, "8000")
    for _ in range(50):
        tend(world, market, epochs=2)
        if market.score().reasons:
            break
    score = market.score()
    assert score.composite_score > 750_000
    assert (score.oi_ratio_factor, score.volatility_factor) == (1_000_000, 1_000_000)
    assert score.mean_leverage > 440_000
    assert (score.grade, score.reasons) == (4, world.parameters.reason_score)
    assert market.premium().rate_bps == world.parameters.rate_max_bps
    assert score.required_reserve == -(-score.open_interest * 2_000 // 10_000)

    # Restricted: nobody opens, everybody may close.
    with world.expect_error("E_RESTRICTED"):
        market.open(trader, is_long=False, base="1", margin="8000")
    for nonce in nonces:
        market.close(trader, nonce)
    assert market.perp().open_positions == 0

    # Everything was closed in the epoch's first second, so the next score is calm; four epochs below 0.65 release.
    tend(world, market)
    released = [market.score().reasons == 0]
    while not released[-1]:
        with world.expect_error("E_RESTRICTED"):
            market.open(trader, is_long=False, base="1", margin="8000")
        tend(world, market)
        released.append(market.score().reasons == 0)
    assert len(released) == 1 + world.parameters.release_epochs
    assert market.score().composite_score < 650_000
    assert (market.score().grade, market.perp().leverage_cap) == (3, 100_000)
    market.open(trader, is_long=False, base="1", margin="8000")
    assert_solvent(market)
