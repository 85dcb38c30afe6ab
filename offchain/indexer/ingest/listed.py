"""One transaction as the history names it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Listed:
    """Not read yet."""

    signature: str
    slot: int
    final: bool
    programs: set[str] = field(default_factory=set)
    """Names of those of our programs whose history it is in."""


Listing = dict[str, Listed]
"""By signature."""
