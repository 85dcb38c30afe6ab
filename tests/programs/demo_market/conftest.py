"""Fixtures: a market with a funded house, synced at PRICE."""

import pytest

from tests.programs.demo_market.lab import Lab


@pytest.fixture
def lab() -> Lab:
    """A fresh market."""
    return Lab()
