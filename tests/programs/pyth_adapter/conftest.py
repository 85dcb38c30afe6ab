"""Fixtures of the Pyth adapter's tests."""

import pytest

from tests.programs.pyth_adapter.lab import PythLab


@pytest.fixture
def lab() -> PythLab:
    """A feed with the genuine update in reach."""
    return PythLab()
