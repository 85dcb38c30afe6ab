"""How long tests wait for what takes a moment: a busy machine is slow, and what never comes fails all the same."""

import asyncio
import time
from collections.abc import Callable

PATIENCE = 60.0
"""Seconds."""
PAUSE_SECONDS = 0.02


async def until(condition: Callable[[], object], what: str = "it") -> None:
    """Wait for something while the event loop goes on."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"{what} never came"
        await asyncio.sleep(PAUSE_SECONDS)


def wait_until(condition: Callable[[], object], what: str = "it") -> None:
    """The same for what goes on elsewhere."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"{what} never came"
        time.sleep(PAUSE_SECONDS)
