"""What a run has shown: from the moment a transaction landed to its arrival at each client."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scripts.benches.errors import BenchError


@dataclass(frozen=True)
class Figures:
    """One contender."""

    name: str
    clients: int
    updates: int
    microseconds: tuple[int, ...]
    """Of every delivered message, in rising order."""
    unserved: int
    """Messages that did not arrive: clients times updates, less those delivered."""
    lost: int
    """Connections that broke."""
    cpu_ms: int
    """Processor time of the server from the first update to the last, milliseconds."""
    memory_kb: int
    """Of the server at the end."""

    def document(self) -> dict[str, Any]:
        """All of it, as integers."""
        return {
            "name": self.name,
            "clients": self.clients,
            "updates": self.updates,
            "delivered": len(self.microseconds),
            "unserved": self.unserved,
            "lost": self.lost,
            "microseconds_p50": percentile(self.microseconds, 50),
            "microseconds_p99": percentile(self.microseconds, 99),
            "microseconds_max": self.microseconds[-1] if self.microseconds else 0,
            "cpu_ms_per_update": self.cpu_ms // self.updates,
            "memory_mb": self.memory_kb // 1_024,
        }


def latencies(landed: Mapping[str, int], arrivals: Mapping[str, Sequence[int]]) -> tuple[int, ...]:
    """Microseconds of every message, in rising order. Both by the shares that tell updates apart, which only grow.

    An update has arrived with the first message that shows it or a later one: two may come in one message.
    """
    values = sorted(map(int, arrivals))
    found: list[int] = []
    for shares, moment in landed.items():
        place = bisect_left(values, int(shares))
        if place < len(values):
            found += [(at - moment) // 1_000 for at in arrivals[str(values[place])]]
    if found and min(found) < 0:
        raise BenchError("a message arrived before its transaction landed: the clocks of the processes differ")
    return tuple(sorted(found))


def percentile(ordered: Sequence[int], percent: int) -> int:
    """The value that so many percent do not exceed; 0 of nothing."""
    return ordered[-(-len(ordered) * percent // 100) - 1] if ordered else 0
