"""A stop cuts such a duty off, and its failures come through."""

import asyncio

import pytest

from offchain.monitoring.watcher.duty import Duty
from offchain.serve.breaking_off import breaking_off
from tests.support.patience import PATIENCE


async def test_a_stop_does_not_wait_for_the_step() -> None:
    seen: list[str] = []

    async def waiting(_stop: asyncio.Event) -> None:
        seen.append("begins")
        try:
            await asyncio.sleep(60)
        finally:
            seen.append("is cut off")

    stop = asyncio.Event()
    task = asyncio.ensure_future(breaking_off(Duty("looks", waiting, dict, 60.0)).run(stop))
    while not seen:
        await asyncio.sleep(0)
    stop.set()
    await asyncio.wait_for(task, PATIENCE)
    assert seen == ["begins", "is cut off"]


async def test_what_it_dies_of_is_told() -> None:
    async def broken(_stop: asyncio.Event) -> None:
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        await breaking_off(Duty("looks", broken, dict, 60.0)).run(asyncio.Event())
