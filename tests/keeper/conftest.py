"""A world served on ports, and a keeper of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.keeping import Place, place_of
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def place(world: World, tmp_path: Path) -> Iterator[Place]:
    """The chain on ports."""
    with place_of(world, tmp_path) as found:
        yield found


@pytest.fixture
def stranger(world: World) -> User:
    """Somebody with SOL alone: not even a token account."""
    user = world.user(name="stranger with a key")
    world.local.set_account(user.token, None)
    return user
