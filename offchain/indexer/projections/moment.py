"""When an event happened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """The slot and the clock of an event's transaction."""

    slot: int
    time: int
    """Unix time of the block in seconds: the clock that programs read."""
