"""The lab of the risk engine's tests."""

import pytest

from tests.programs.risk_engine.lab import Lab
from tests.support.market import Market


@pytest.fixture
def lab(market: Market) -> Lab:
    """A world with one live market."""
    return Lab(market)
