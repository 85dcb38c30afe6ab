"""The lab of the premium manager's tests."""

import pytest

from tests.programs.premium_manager.lab import Lab
from tests.support.market import Market


@pytest.fixture
def lab(market: Market) -> Lab:
    """A world with one live market that has a score and a rate."""
    return Lab(market)
