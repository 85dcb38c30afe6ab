"""What the tests of pool and handler share."""

import pytest

from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC


@pytest.fixture
def cover() -> Cover:
    """A pool with terms and a fresh score, without capital."""
    return Cover()


@pytest.fixture
def lp(cover: Cover) -> Provider:
    """A provider who deposited 1 000 USDC in epoch 100."""
    who = cover.provider()
    cover.deposit(who, 1_000 * USDC)
    return who
