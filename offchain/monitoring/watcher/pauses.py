"""How long to wait after a failure, and waiting that a stop ends."""

import asyncio
import contextlib
from collections.abc import Sequence

BACK_OFF = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before the next start, by failures in a row; the last one for all further ones."""


def pause_after(failures: int, pauses: Sequence[float] = BACK_OFF) -> float:
    """Seconds to wait after so many failures in a row, at least one."""
    return pauses[min(failures, len(pauses)) - 1]


async def ends_within(stop: asyncio.Event, seconds: float) -> bool:
    """Wait so long, or until the event is set; whether it is."""
    if seconds > 0:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), seconds)
    else:
        await asyncio.sleep(0)
    return stop.is_set()
