"""When a condition becomes an alert, and when an alert ends: flapping conditions do neither."""

from collections.abc import Mapping
from dataclasses import dataclass, field

Key = tuple[str, str]
"""Rule and subject."""


@dataclass(frozen=True)
class Changes:
    """What a look brings."""

    raised: list[Key]
    cleared: list[Key]


@dataclass
class Damping:
    """Counts how long conditions have stood, and how long they have been gone.

    A condition whose mark changes from look to look is no standstill: the price of a fast local chain is old at each
    look, and another one each time. It raises nothing, and an alert about it ends.
    """

    raise_ms: int
    """A condition has to stand so long without a break."""
    clear_ms: int
    """An alert's condition has to be gone so long without a break."""
    _since: dict[Key, int] = field(default_factory=dict)
    _gone: dict[Key, int] = field(default_factory=dict)
    _marks: dict[Key, str] = field(default_factory=dict)

    def look(self, found: Mapping[Key, str], active: Mapping[Key, object], now_ms: int) -> Changes:
        """`found`: conditions that hold now with their marks; `active`: alerts that are raised."""
        same = {key for key, mark in found.items() if self._marks.get(key, mark) == mark}
        self._since = {
            key: self._since.get(key, now_ms) if key in same else now_ms for key in found if key not in active
        }
        self._gone = {key: self._gone.get(key, now_ms) for key in active if key not in same}
        self._marks = dict(found)
        return Changes(
            sorted(key for key, since in self._since.items() if now_ms - since >= self.raise_ms),
            sorted(key for key, since in self._gone.items() if now_ms - since >= self.clear_ms),
        )
