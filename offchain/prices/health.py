"""Whether a source is to be relied on, by its answers in a row."""

from dataclasses import dataclass
from typing import Final, Literal

State = Literal["healthy", "failing"]
HEALTHY: Final = "healthy"
FAILING: Final = "failing"
LONGEST_REST = 30
"""Most rounds that a source which gives no answers is left alone."""


@dataclass
class Health:
    """One source for one pair."""

    fail_after: int
    heal_after: int
    state: State = HEALTHY
    since_ms: int = 0
    """When it came into this state."""
    last_error: str = ""
    _row: int = 0
    """Answers in a row that speak against the state."""

    @property
    def is_healthy(self) -> bool:
        """Whether its prices may be taken."""
        return self.state == HEALTHY

    def good(self, now_ms: int) -> None:
        """Count a good answer."""
        self._count(FAILING, self.heal_after, HEALTHY, now_ms)

    def bad(self, now_ms: int, error: str) -> None:
        """Count a bad one."""
        self.last_error = error
        self._count(HEALTHY, self.fail_after, FAILING, now_ms)

    def _count(self, against: State, enough: int, target: State, now_ms: int) -> None:
        self._row = self._row + 1 if self.state == against else 0
        if self._row >= enough:
            self.state, self.since_ms, self._row = target, now_ms, 0


@dataclass
class Rest:
    """Leaves a source alone that can't be reached: after each failure twice as long."""

    fail_after: int
    _failures: int = 0
    _rounds: int = 0

    def is_due(self) -> bool:
        """Whether to ask it in this round; counts the round."""
        if self._rounds > 0:
            self._rounds -= 1
            return False
        return True

    def answered(self) -> None:
        """It answered: ask again in every round."""
        self._failures = self._rounds = 0

    def failed(self, at_least: int) -> None:
        """It failed, and wants to be left alone for `at_least` rounds."""
        self._failures += 1
        beyond = min(self._failures - self.fail_after, 10)
        self._rounds = max(at_least, min(LONGEST_REST, 1 << beyond) if beyond >= 0 else 0)
