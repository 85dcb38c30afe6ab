"""What the user asks for."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

from offchain.data import MARCH_2020

Backend = Literal["embedded", "test-validator"]


@dataclass(frozen=True)
class Options:
    """One run of the demo; the defaults are those of the command."""

    data: Path = MARCH_2020
    begin: str | None = None
    end: str | None = None
    everything: bool = False
    crash_scale: Fraction = Fraction(1)
    """Factor on how far prices stand below the first one."""
    backend: Backend = "embedded"
    epoch_seconds: int | None = None
    """Length of an epoch on the chain; None for the backend's own."""
    keep: Path | None = None
