"""A price history in one line of text."""

from collections.abc import Sequence

BARS = "▁▂▃▄▅▆▇█"


def sparkline(values: Sequence[int], width: int) -> str:
    """The last value of each of `width` equal stretches, drawn between the lowest and the highest of all values."""
    if not values or width < 1:
        return ""
    low, high = min(values), max(values)
    span = high - low
    columns = min(width, len(values))
    picked = [values[(place + 1) * len(values) // columns - 1] for place in range(columns)]
    return "".join(BARS[(value - low) * (len(BARS) - 1) // span if span else 0] for value in picked)
