"""Fixtures of the attacks on the oracle adapters."""

import pytest

from tests.programs.pyth_adapter.lab import PythLab
from tests.programs.switchboard_adapter.lab import SwitchboardLab


@pytest.fixture
def lab() -> PythLab:
    """A feed of Pyth's adapter with the genuine update in reach."""
    return PythLab()


@pytest.fixture
def board() -> SwitchboardLab:
    """A feed of Switchboard's adapter that the admin has accepted."""
    board = SwitchboardLab()
    board.accept()
    return board
