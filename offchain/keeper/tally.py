"""Counters of one process: what was seen, done, lost to others, and failed."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class DutyTally:
    """One duty's counters since the process began."""

    seen: int = 0
    done: int = 0
    benign: int = 0
    """Somebody else did it, or it was not due after all."""
    errors: int = 0
    skipped: int = 0
    """Left out as unprofitable."""
    lamports: int = 0
    """Spent."""
    usdc: int = 0
    """Earned, atoms."""


@dataclass(slots=True)
class Tally:
    """All counters."""

    duties: dict[str, DutyTally] = field(default_factory=dict)
    refusals: Counter[str] = field(default_factory=Counter)
    """Code of a refusal -> how often."""
    last_error: str = ""

    def of(self, duty: str) -> DutyTally:
        """The counters of one duty."""
        return self.duties.setdefault(duty, DutyTally())

    def as_dict(self) -> dict[str, dict[str, int]]:
        """For a JSON document."""
        return {name: {key: getattr(found, key) for key in found.__slots__} for name, found in self.duties.items()}

    def sums(self) -> dict[str, int]:
        """Over all duties."""
        names = ("done", "benign", "errors", "lamports", "usdc")
        return {name: sum(getattr(found, name) for found in self.duties.values()) for name in names}
