"""If each credit moved the end of the vesting bucket up, atoms of early fees would keep premiums from vesting.

The incident class: rounding that anyone can repeat at no cost. The end is rounded to the nearest epoch, so that moving
it takes half a per cent of the bucket.
"""

from tests.attacks.moves import route, score, trade_volume
from tests.support.market import Market
from tests.support.world import World


def test_attack_dust_credits_stretch_the_vesting(world: World, market: Market) -> None:
    market.cover("100000")
    griefers = [(market.cover("10", f"g {number}"), world.epoch) for number in range(96)]
    for who, entry in griefers:
        market.request(who, entry, 10)
    trade_volume(market)
    world.advance(epochs=96)
    score(world, market)
    route(world, market)
    premium, end = market.pool().unvested, market.pool().vest_end
    for who, entry in griefers[:95]:
        world.advance(epochs=1)
        score(world, market)
        market.withdraw(who, entry)
    pool = market.pool()
    assert pool.vest_end == end
    assert pool.unvested <= premium // 96 + 1000
