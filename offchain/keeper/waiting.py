"""Waiting for an event, but not for ever."""

import asyncio
from contextlib import suppress


async def wait_at_most(event: asyncio.Event, seconds: float) -> None:
    """Until the event is set or the time is over.

    Not by `asyncio.wait_for`: in Python 3.11 that swallows a cancellation that meets the event, and a task that was
    told to end goes on for ever.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await event.wait()
