"""A demo market with its vaults and blanks that is not registered yet."""

from dataclasses import replace
from typing import Any

from offchain.chain import recipes
from offchain.chain.units import atoms
from tests.programs.risk_engine.lab import Lab
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import World

INDEX = 7


def blank_lab(world: World) -> Lab:
    """All accounts of a second market, opened and empty."""
    design = recipes.default_design(depth=atoms("1000000"))
    for group in recipes.open_market(world.creator.key, INDEX, world.mint, world.feed, design)[:3]:
        world.send(*group)
    return Lab(Market(world, world.creator, INDEX, design))


def register(lab: Lab, **changes: Any) -> Sent:
    """Register it through the demo market's program; `changes` replace fields of its design."""
    market = lab.market
    design = replace(market.design, **changes)
    return market.world.send(recipes.register(market.creator.key, market.id, market.world.feed, design))
