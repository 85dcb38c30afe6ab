"""What a transaction did, with its events at hand."""

from functools import cached_property
from typing import TypeVar

from offchain.chain.backends import Outcome
from offchain.chain.events import Event, parse_events

E = TypeVar("E", bound=Event)


class Sent:
    """A successful transaction."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome
        self.signature = outcome.signature
        self.units = outcome.units
        self.logs = outcome.logs
        self.slot = outcome.slot

    @cached_property
    def events(self) -> list[Event]:
        """Every event of our programs, in order; fails when the logs hold anything unreadable."""
        parsed = parse_events(self.logs)
        assert not parsed.truncated and not parsed.unknown, f"unreadable events in {self.logs}"
        return parsed.events

    def all(self, kind: type[E]) -> list[E]:
        """The events of one class."""
        return [event for event in self.events if isinstance(event, kind)]

    def event(self, kind: type[E]) -> E:
        """The one event of a class; fails when there is none or more."""
        found = self.all(kind)
        assert len(found) == 1, f"{len(found)} events {kind.__name__} among {[type(e).__name__ for e in self.events]}"
        return found[0]

    def none(self, kind: type[Event]) -> None:
        """Fails when there is an event of that class."""
        assert not self.all(kind), f"there should be no {kind.__name__}"
