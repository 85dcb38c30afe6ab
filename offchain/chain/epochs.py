"""Epochs: `(unix time - genesis) // epoch_seconds`, and the waits that scale with them."""

from dataclasses import dataclass

NOMINAL_SECONDS = 900
"""Length of an epoch in the release build; minimum waits are written for it."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When epochs begin on one deployment."""

    genesis: int
    """Unix time of the start of epoch 0."""
    epoch_seconds: int
    """Seconds of one epoch, 1 .. 900."""

    def __post_init__(self) -> None:
        if self.epoch_seconds < 1:
            raise ValueError("an epoch lasts at least one second")

    def epoch(self, now: int) -> int:
        """The epoch that unix time `now` lies in; ValueError before the genesis."""
        if now < self.genesis:
            raise ValueError(f"{now} lies before the genesis {self.genesis}: there is no epoch yet")
        return (now - self.genesis) // self.epoch_seconds

    def start(self, epoch: int) -> int:
        """Unix time at which `epoch` begins."""
        return self.genesis + epoch * self.epoch_seconds

    def wait(self, seconds: int) -> int:
        """A minimum wait written for 900-second epochs, scaled to these and at least one second."""
        return max(1, seconds * self.epoch_seconds // NOMINAL_SECONDS)
