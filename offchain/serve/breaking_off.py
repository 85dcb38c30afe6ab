"""Duties that may be left in the middle of a step: they only read, and may wait for what ends with the same stop."""

import asyncio
from dataclasses import replace

from offchain.monitoring.watcher.duty import Duty


def breaking_off(duty: Duty) -> Duty:
    """The same duty, which a stop cuts off instead of waiting for it."""

    async def run(stop: asyncio.Event) -> None:
        working = asyncio.ensure_future(duty.run(stop))
        stopping = asyncio.create_task(stop.wait())
        try:
            await asyncio.wait([working, stopping], return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
        finally:
            for task in (working, stopping):
                task.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)

    return replace(duty, run=run)
