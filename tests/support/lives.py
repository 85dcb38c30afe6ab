"""A chain with a market's whole life on it, from the first instruction on, and with a transaction that failed."""

from typing import Any

from offchain.localnet.rpc.meta import encode_transaction
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


def documents(world: World) -> list[dict[str, Any]]:
    """What a node answers to getTransaction, of every transaction that touches our programs, in order."""
    ours = set(world.at.deployed.values())
    return [encode_transaction(record, "json", 0) for record in world.local.transactions() if ours & set(record.keys)]
