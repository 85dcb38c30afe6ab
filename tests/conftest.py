"""Fixtures shared by all tests."""

import pytest

from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def world() -> World:
    """A fresh world with one live market."""
    return World.fresh()


@pytest.fixture
def market(world: World) -> Market:
    """Its market."""
    return world.market
