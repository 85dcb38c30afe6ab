"""Fixtures of the Switchboard adapter's tests."""

import pytest

from tests.programs.switchboard_adapter.lab import SwitchboardLab


@pytest.fixture
def lab() -> SwitchboardLab:
    """A feed with the genuine account in reach; its rules are not set yet."""
    return SwitchboardLab()
