"""Spans of time as people write them, in epochs on chain."""

import re

from offchain.chain.epochs import Schedule
from offchain.chain.units import UnitError

SECONDS = {"d": 86_400, "h": 3_600, "m": 60}
_SPAN = re.compile(r"([0-9]{1,9})\s*([dhme]?)")


def read_span(text: str, schedule: Schedule) -> int:
    """`14d`, `36h`, `90m`, or a number of epochs -> epochs; UnitError when it is no whole number of epochs."""
    found = _SPAN.fullmatch(text.strip())
    if found is None:
        raise UnitError(f"{text!r} is no span of time: write epochs such as 1344, or 14d, 36h, 90m")
    number, unit = int(found[1]), found[2]
    if unit in ("", "e"):
        return number
    epochs, rest = divmod(number * SECONDS[unit], schedule.epoch_seconds)
    if rest:
        raise UnitError(f"{text} is no whole number of epochs of {schedule.epoch_seconds} s")
    return epochs


def format_span(epochs: int, schedule: Schedule) -> str:
    """Epochs -> `1344 epochs (14 d)`."""
    seconds = epochs * schedule.epoch_seconds
    parts = []
    for unit in ("d", "h", "m"):
        count, seconds = divmod(seconds, SECONDS[unit])
        if count:
            parts.append(f"{count} {unit if unit != 'm' else 'min'}")
    if seconds or not parts:
        parts.append(f"{seconds} s")
    return f"{epochs} {'epoch' if epochs == 1 else 'epochs'} ({' '.join(parts[:2])})"
