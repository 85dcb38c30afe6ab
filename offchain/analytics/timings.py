"""How long the statements of this process take: what SQLite does not count by itself."""

from dataclasses import dataclass
from threading import Lock
from time import perf_counter_ns
from typing import Any

from sqlalchemy import Connection, Engine, event

MOST_STATEMENTS = 400
"""Different statements that are told apart; the time of further ones is counted together."""
OTHERS = "(others)"
SHOWN_CHARACTERS = 1_000
_BEGAN = "percosec_began"


@dataclass
class Timing:
    """One statement."""

    calls: int = 0
    total_ns: int = 0
    most_ns: int = 0


class Timings:
    """Adds up what an engine's statements take, from the driver's call to its return."""

    def __init__(self) -> None:
        self._found: dict[str, Timing] = {}
        self._lock = Lock()

    def listen(self, engine: Engine) -> None:
        """Count from now on."""
        event.listen(engine, "before_cursor_execute", _begin)
        event.listen(engine, "after_cursor_execute", self._end)

    def unlisten(self, engine: Engine) -> None:
        """Count no more."""
        event.remove(engine, "before_cursor_execute", _begin)
        event.remove(engine, "after_cursor_execute", self._end)

    def rows(self, limit: int) -> list[dict[str, Any]]:
        """The statements that took most time together, times in microseconds."""
        with self._lock:
            found = sorted(self._found.items(), key=lambda item: -item[1].total_ns)[:limit]
            return [
                {
                    "statement": " ".join(statement.split())[:SHOWN_CHARACTERS],
                    "calls": timing.calls,
                    "total": timing.total_ns // 1_000,
                    "mean": timing.total_ns // 1_000 // timing.calls,
                    "most": timing.most_ns // 1_000,
                }
                for statement, timing in found
            ]

    def _end(
        self, connection: Connection, _cursor: Any, statement: str, _values: Any, _context: Any, _many: bool
    ) -> None:
        took = perf_counter_ns() - connection.info.pop(_BEGAN, perf_counter_ns())
        with self._lock:
            if statement not in self._found and len(self._found) >= MOST_STATEMENTS:
                statement = OTHERS
            timing = self._found.setdefault(statement, Timing())
            timing.calls += 1
            timing.total_ns += took
            timing.most_ns = max(timing.most_ns, took)


def _begin(connection: Connection, _cursor: Any, _statement: str, _values: Any, _context: Any, _many: bool) -> None:
    connection.info[_BEGAN] = perf_counter_ns()
