"""Log points of a keeper: one for each step of each duty, and for liquidations one for each job as well."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MONEY = frozenset({"liquidation", "payout"})
"""Duties that move deficits: where asked for, each of their jobs counts as a point of its own."""


@dataclass(frozen=True, order=True)
class Point:
    """Where a keeper stood when it wrote a line."""

    duty: str
    step: str
    job: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.duty, self.step, self.job) if part)


def point_of(line: str) -> Point | None:
    """The point of a log line; None for lines that belong to no duty."""
    try:
        found: Any = json.loads(line)
    except ValueError:
        return None
    if not isinstance(found, dict) or "duty" not in found or "step" not in found:
        return None
    return Point(str(found["duty"]), str(found["step"]), str(found.get("key", "")))


def points_in(log: Path, every_job: bool) -> set[Point]:
    """All points in a log."""
    found = (point_of(line) for line in log.read_text(encoding="utf-8", errors="replace").splitlines())
    return {reduced(point, every_job) for point in found if point is not None}


def reduced(point: Point, every_job: bool) -> Point:
    """The point as it is counted: without its job, except for duties that move deficits when every job counts."""
    return point if every_job and point.duty in MONEY else Point(point.duty, point.step)


class Points:
    """The points at which a keeper was killed, in a file that survives it."""

    EVERY_JOB = "every job"
    ONLY = "only "

    def __init__(self, file: Path) -> None:
        self._file = file
        lines = file.read_text(encoding="utf-8").splitlines()
        self._every_job = self.EVERY_JOB in lines
        self._duties = {line.removeprefix(self.ONLY) for line in lines if line.startswith(self.ONLY)}
        self._hit = {line for line in lines if not line.startswith(self.ONLY) and line != self.EVERY_JOB}

    @classmethod
    def begin(cls, file: Path, every_job: bool, duties: Iterable[str]) -> None:
        """Make the file; without `duties` each duty counts."""
        lines = [cls.EVERY_JOB] if every_job else []
        file.write_text("".join(f"{line}\n" for line in (*lines, *(cls.ONLY + duty for duty in duties))))

    @property
    def hit(self) -> list[str]:
        """Where it was killed, in order."""
        kept = self._file.read_text(encoding="utf-8").splitlines()
        return [line for line in kept if not line.startswith(self.ONLY) and line != self.EVERY_JOB]

    def takes(self, point: Point) -> bool:
        """Whether the process has to die at this point."""
        if self._duties and point.duty not in self._duties:
            return False
        return str(reduced(point, self._every_job)) not in self._hit

    def note(self, point: Point) -> None:
        """Remember it, before dying."""
        with self._file.open("a", encoding="utf-8") as output:
            output.write(f"{reduced(point, self._every_job)}\n")
            output.flush()
