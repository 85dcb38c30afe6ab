"""What the store asks of the projections. Everything happens in the store's own database transaction."""

from collections.abc import Sequence
from typing import Protocol

from sqlmodel import Session

from offchain.indexer.decode.model import DecodedEvent


class Projections(Protocol):
    """Tables that follow from the events alone."""

    def apply(self, session: Session, events: Sequence[DecodedEvent], final: bool) -> None:
        """Take events in their order. Unless `final`, `roll_back` must be able to take them back."""

    def roll_back(self, session: Session, slot: int) -> None:
        """Restore exactly the rows of before `slot`: it and all later ones are gone."""

    def finalize(self, session: Session, slot: int) -> None:
        """Nothing up to this slot, inclusive, will be taken back: forget how."""

    def reset(self, session: Session) -> None:
        """Empty every projection: all events come again."""

    def forget(self) -> None:
        """The database transaction failed, or another process wrote: what is held in memory may be wrong."""


class NoProjections:
    """For databases that keep events only."""

    def apply(self, session: Session, events: Sequence[DecodedEvent], final: bool) -> None:
        """Nothing to do."""

    def roll_back(self, session: Session, slot: int) -> None:
        """Nothing to do."""

    def finalize(self, session: Session, slot: int) -> None:
        """Nothing to do."""

    def reset(self, session: Session) -> None:
        """Nothing to do."""

    def forget(self) -> None:
        """Nothing to do."""
