"""A chain with a market's whole life on it, from the first instruction on, and with transactions that failed."""

from typing import Any

from offchain.chain.instructions import insurance_pool
from offchain.chain.units import atoms
from offchain.localnet.rpc.meta import encode_transaction
from tests.support.keys import User
from tests.support.world import World
from tests.verify.story import Story


def lived_world(short: bool = False) -> World:
    """Every instruction that moves money, claims of every tier, and at last a deposit that is too small.

    A short life ends after the first claim.
    """
    story = Story()
    if short:
        story.deposits()
        story.trades()
        story.small_then_large_deficit()
    else:
        story.play()
    world = story.world
    with world.expect_error("E_MIN_DEPOSIT"):
        world.market.deposit(world.user(usdc="10"), "1")
    world.advance(seconds=25)
    world.push_price()
    return world


def play_on(story: Story) -> tuple[User, User, User, User]:
    """The market after its story: providers, one of whom is leaving, and two traders."""
    world, market = story.world, story.market
    story.recover("8700")
    provider, leaving = world.user(usdc="50000"), world.user(usdc="5000")
    market.deposit(provider, "20000")
    world.send(insurance_pool.top_up(provider.key, market.id, provider.token, atoms("250"), 0, world.epoch))
    market.deposit(leaving, "1500.5")
    market.fund_insurance("7")
    world.crank_epochs(2)
    long, short = market.trader("5000"), market.trader("5000")
    market.open(long, True, "1.5", "900")
    market.open(long, True, "0.2", "1500")
    market.open(short, False, "0.7", "1000")
    world.crank_epochs(2)
    market.request(leaving, market.entries[leaving.key], atoms("500"))
    with world.expect_error("E_MIN_DEPOSIT"):
        market.deposit(world.user(usdc="10"), "1")
    story.move("8500")
    world.crank_epoch()
    return provider, leaving, long, short


def documents(world: World) -> list[dict[str, Any]]:
    """What a node answers to getTransaction, of every transaction that touches our programs, in order."""
    ours = set(world.at.deployed.values())
    return [encode_transaction(record, "json", 0) for record in world.local.transactions() if ours & set(record.keys)]
