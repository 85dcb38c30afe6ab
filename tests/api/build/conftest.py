"""A world with a deposit, and the transaction routes on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.building import Builder, builder_of
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def api(world: World, tmp_path: Path) -> Iterator[Builder]:
    """The routes."""
    with builder_of(world, tmp_path) as builder:
        yield builder


@pytest.fixture
def provider(world: World) -> User:
    """Somebody with 50 000 USDC."""
    return world.user(usdc="50000", name="api provider")


@pytest.fixture
def entry(world: World, provider: User) -> int:
    """The provider's position of 20 000 USDC."""
    world.market.deposit(provider, "20000")
    return world.epoch
