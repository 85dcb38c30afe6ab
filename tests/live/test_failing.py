"""What fails again and again stops nothing but itself, and is told."""

import asyncio

import pytest

from offchain.api.reading import View
from offchain.live.client import LiveClient
from offchain.live.hub import Hub
from offchain.live.sources.all import SOURCES
from offchain.live.stream import Parts
from offchain.live.topics import RISK
from tests.live.app import Served, until
from tests.support.patience import PATIENCE
from tests.verify.story import Story


def failing(_view: View, _wanted: object) -> Parts:
    raise ZeroDivisionError("a market in a state that nobody thought of")


async def test_a_topic_that_cannot_be_read_keeps_no_other_from_being_told(
    story: Story, server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    market, lp = str(story.market.id), story.world.user(usdc="50000")
    with monkeypatch.context() as patch:
        patch.setitem(SOURCES, RISK, failing)  # type: ignore[arg-type]  # a mapping for everybody else
        async with LiveClient(server.url) as client, LiveClient(server.url) as other:
            risk = asyncio.create_task(other.subscribe("risk", market=market))
            async with asyncio.timeout(PATIENCE):
                pool = await client.subscribe("pool", market=market)
            await until(client, lambda: bool(pool.items))
            for _ in range(2):
                seq = pool.seq
                story.market.deposit(lp, "1000")
                story.world.advance(epochs=1)
                await until(client, lambda seq=seq: pool.seq > seq)
            tally = server.live.hub.tally
            assert tally.failures > 0 and "risk" in tally.last_error
            assert not risk.done()
            patch.undo()
            async with asyncio.timeout(PATIENCE):
                assert (await risk).items


async def test_heartbeats_that_end_are_not_passed_over(server: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_hub: Hub) -> None:
        raise ZeroDivisionError("no clock")

    monkeypatch.setattr(Hub, "_beat", broken)
    hub = Hub(server.live.hub._context, server.live.hub._settings)
    with pytest.raises(ZeroDivisionError, match="no clock"):
        async with asyncio.timeout(PATIENCE):
            await hub.run(asyncio.Event())
