"""Spending caps: for one cycle and for any hour. Whoever would exceed one halts until a person lifts it."""

from collections import deque
from dataclasses import dataclass

HOUR_MS = 3_600_000


@dataclass(slots=True)
class Entry:
    """Lamports set aside for one transaction, later what it really cost."""

    at_ms: int
    cycle: int
    lamports: int


class Budget:
    """Counts what is spent and what is under way."""

    def __init__(self, per_cycle: int, per_hour: int) -> None:
        """Caps in lamports."""
        self._per_cycle = per_cycle
        self._per_hour = per_hour
        self._entries: deque[Entry] = deque()

    def carry(self, lamports: int, now_ms: int) -> None:
        """Spent within the last hour, before this process began."""
        if lamports:
            self._entries.append(Entry(now_ms, -1, lamports))

    def take(self, lamports: int, cycle: int, now_ms: int) -> Entry | str:
        """Set lamports aside for a transaction; the sentence of refusal where that exceeds a cap."""
        while self._entries and self._entries[0].at_ms + HOUR_MS <= now_ms:
            self._entries.popleft()
        hour = sum(entry.lamports for entry in self._entries) + lamports
        if hour > self._per_hour:
            return f"{hour} lamports in an hour exceed max_lamports_hour = {self._per_hour}"
        in_cycle = sum(entry.lamports for entry in self._entries if entry.cycle == cycle) + lamports
        if in_cycle > self._per_cycle:
            return f"{in_cycle} lamports in one cycle exceed max_lamports_cycle = {self._per_cycle}"
        entry = Entry(now_ms, cycle, lamports)
        self._entries.append(entry)
        return entry

    def clear(self) -> None:
        """Begin anew: a person has looked."""
        self._entries.clear()

    def spent(self) -> int:
        """Lamports of the last hour, those under way included."""
        return sum(entry.lamports for entry in self._entries)
