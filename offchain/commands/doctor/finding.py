"""One line of the doctor's."""

from dataclasses import asdict, dataclass
from typing import Any

OK, WARN, FAIL = "ok", "warn", "fail"


@dataclass(frozen=True)
class Finding:
    """What was looked at, how it is, and what to do."""

    area: str
    level: str
    """OK, WARN or FAIL."""
    text: str
    advice: str = ""
    """What to do; empty when it is well."""

    def document(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def ok(area: str, text: str) -> Finding:
    """All is well."""
    return Finding(area, OK, text)


def warn(area: str, text: str, advice: str) -> Finding:
    """It works, with a limit one should know."""
    return Finding(area, WARN, text, advice)


def fail(area: str, text: str, advice: str) -> Finding:
    """Something does not work."""
    return Finding(area, FAIL, text, advice)
