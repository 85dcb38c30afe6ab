"""What attackers and the market around them do, in single steps."""

from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


def gap(world: World, market: Market, usd: str) -> None:
    """The price jumps and stays: newest and lagging price agree, so that liquidations run at it."""
    world.advance(seconds=30)
    market.price(usd)
    world.advance(seconds=30)
    market.price(usd)


def wealth(world: World, market: Market, *owners: User) -> int:
    """USDC these people hold, and all profit they can still expect, vested or not."""
    perp = market.perp()
    total = 0
    for owner in owners:
        account = market.trader_account(owner)
        units = account.units if account.generation == perp.profit_generation else 0
        total += world.balance(owner) + account.claimable + units * perp.profit_index // 10**9
    return total


def pool_money(market: Market) -> int:
    """What the pool could pay with: depositors' capital, premiums that vest, first loss."""
    pool = market.pool()
    return pool.available_balance + pool.unvested + pool.first_loss + pool.residual
