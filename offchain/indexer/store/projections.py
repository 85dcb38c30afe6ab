"""What the store asks of the projections. Everything happens in the store's own database transaction."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from solders.pubkey import Pubkey
from sqlmodel import Session

from offchain.indexer.decode.model import DecodedEvent


class Projections(Protocol):
    """Tables that follow from the events alone."""

    def apply(self, session: Session, events: Sequence[DecodedEvent], final: bool) -> None:
        """Take events in their order. Unless `final`, `roll_back` must be able to take them back."""

    def rows(self, session: Session) -> Mapping[Pubkey, Any] | None:
        """Every account's row as it is now, to be read only; None where none are kept."""

    def tolerate(self, session: Session, lenient: bool) -> None:
        """From now on pass over events that do not fit what came before, or no longer."""

    def rebase(self, session: Session, rows: Mapping[Pubkey, Any], slot: int, final: bool) -> None:
        """Take these rows from the chain itself, as they are at the end of a slot; None: no such account."""

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

    def rows(self, session: Session) -> Mapping[Pubkey, Any] | None:
        """There are none."""
        return None

    def tolerate(self, session: Session, lenient: bool) -> None:
        """Nothing to do."""

    def rebase(self, session: Session, rows: Mapping[Pubkey, Any], slot: int, final: bool) -> None:
        """Nothing to do."""

    def roll_back(self, session: Session, slot: int) -> None:
        """Nothing to do."""

    def finalize(self, session: Session, slot: int) -> None:
        """Nothing to do."""

    def reset(self, session: Session) -> None:
        """Nothing to do."""

    def forget(self) -> None:
        """Nothing to do."""
