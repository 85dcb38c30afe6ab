"""The periods that figures cover."""

DAY = 86_400
YEAR_DAYS = 365
DAYS = (1, 7, 30)
"""Length of each period in days; it ends with the newest stored transaction."""
ONE = 1_000_000
"""Rates and returns: 1e6 = 100 %."""


def start_of(days: int | None, as_of: int, first: int) -> int:
    """Unix time at which a period begins: so many days before `as_of`, or at `first` for None (everything)."""
    return first if days is None else as_of - days * DAY
