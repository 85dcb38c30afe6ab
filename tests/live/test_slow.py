"""A client that does not read is told why, cut off, and costs nobody else anything."""

import asyncio
import json

import pytest
from websockets.exceptions import ConnectionClosed

from offchain.live import codes, wire
from offchain.live.client import LiveClient
from offchain.live.frames import Heartbeat
from offchain.live.message import Message
from tests.live.app import Served, answer, raw, until
from tests.support.patience import PATIENCE
from tests.support.patience import until as patiently


class Big(Heartbeat, tag="heartbeat", tag_field="type", frozen=True):
    """A heartbeat as large as a large frame."""

    filling: str = ""


def flood(server: Served, frames: int, size: int = 64 * 1024) -> None:
    """Push frames to everybody."""
    message = Message(Big(0, 0, "x" * size))

    def push() -> None:
        for session in list(server.live.hub.sessions):
            for _ in range(frames):
                session.push(message)

    server.call(push)


async def test_who_does_not_read_is_cut_off_and_told_and_the_others_get_every_frame(
    idle_server: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "CLOSE_SECONDS", PATIENCE)  # it will read on, whenever this machine comes to it
    slow = await raw(idle_server.url, max_queue=1)
    slow.transport.pause_reading()
    async with LiveClient(idle_server.url) as quick:
        status = await quick.subscribe("status")
        for _ in range(600):
            flood(idle_server, 4)
            seen = 0
            async with asyncio.timeout(PATIENCE):
                while seen < 4:
                    seen += type(await quick.next()) is Heartbeat
            if idle_server.live.hub.tally.cut_off:
                break
        assert idle_server.live.hub.tally.cut_off == 1
        seq = status.seq
        await until(quick, lambda: status.seq >= seq)
    slow.transport.resume_reading()
    with pytest.raises(ConnectionClosed) as closed:
        async with asyncio.timeout(PATIENCE):
            while True:
                await slow.recv()
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == codes.SLOW and "unread" in closed.value.rcvd.reason


async def test_who_never_reads_again_is_torn_down_and_its_place_is_free(idle_server: Served) -> None:
    slow = await raw(idle_server.url, max_queue=1, ping_interval=None)
    (session,) = idle_server.live.hub.sessions
    slow.transport.pause_reading()
    for _ in range(600):
        flood(idle_server, 4)
        if not idle_server.live.door.open:
            break
        await asyncio.sleep(0.005)
    assert idle_server.live.hub.tally.cut_off == 1 and idle_server.live.door.open == 0
    # The kernel still holds what it took; then the connection ends without a close frame, by the server's timer.
    await patiently(session._wire._protocol.transport.is_closing, "the server's timer")
    slow.transport.resume_reading()
    with pytest.raises(ConnectionClosed) as closed:
        async with asyncio.timeout(PATIENCE):
            while True:
                await slow.recv()
    assert closed.value.rcvd is None


async def test_a_client_that_asks_without_reading_the_answers_is_made_to_wait(idle_server: Served) -> None:
    """Requests alone must not fill the server's memory: they are not read before the answers are."""
    greedy = await raw(idle_server.url, max_queue=1, ping_interval=None)
    greedy.transport.pause_reading()
    session = next(iter(idle_server.live.hub.sessions))
    while session._wire.waiting < 200_000:
        flood(idle_server, 1)
    for number in range(150):
        await greedy.send(json.dumps({"type": "ping", "id": number}))
    await asyncio.sleep(0.5)
    assert len(session._times) < 150, "every request was answered into a full buffer"
    greedy.transport.resume_reading()
    numbers = []
    while len(numbers) < 150:
        frame = await answer(greedy)
        numbers.append(frame["id"])
    assert numbers == list(range(150))
    await greedy.close()
