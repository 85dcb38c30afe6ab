"""What a client may not do, and what it is told."""

import asyncio
import json
import random
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from offchain.database.database import Database
from offchain.live import codes
from offchain.live.client import LiveClient
from offchain.settings.live import LiveSettings
from offchain.settings.tree import read_settings
from tests.live.app import Served, answer, ask, raw, served
from tests.support.patience import PATIENCE

NOBODY = "11111111111111111111111111111111"


async def closed_with(socket: ClientConnection) -> tuple[int, str]:
    """How the server ends the connection."""
    with pytest.raises(ConnectionClosed) as closed:
        async with asyncio.timeout(PATIENCE):
            while True:
                await socket.recv()
    assert closed.value.rcvd is not None
    return closed.value.rcvd.code, closed.value.rcvd.reason


@pytest.mark.parametrize(
    ("request_", "code", "words"),
    [
        ({"topic": "pools"}, "unknown_topic", "choose one of market, pool, risk, claims"),
        ({"topic": "pool", "owner": NOBODY}, "unknown_parameter", "give market"),
        ({"topic": "status", "market": NOBODY}, "unknown_parameter", "it has no parameters"),
        ({"topic": "position"}, "parameter_missing", "give one or both"),
        ({"topic": "pool", "market": "0x12"}, "bad_parameter", "32 bytes in base58"),
        ({"topic": "pool", "market": "' OR 1=1 --"}, "bad_parameter", "32 bytes in base58"),
        ({"topic": "price", "pair": "x" * 33}, "bad_parameter", "such as BTC/USD"),
    ],
)
async def test_a_request_that_makes_no_sense_is_told_what_to_do(
    idle_server: Served, request_: dict[str, Any], code: str, words: str
) -> None:
    socket = await raw(idle_server.url)
    frame = await ask(socket, {"type": "subscribe", "id": "me", **request_})
    assert (frame["type"], frame["code"], frame["id"]) == ("error", code, "me")
    assert words in frame["detail"]
    assert (await ask(socket, {"type": "ping", "id": 7})) == {"type": "pong", "id": 7}
    await socket.close()


@pytest.mark.parametrize(
    "message",
    [
        "",
        "nonsense",
        "[]",
        "null",
        "{}",
        '{"type":"snapshot"}',
        '{"type":"subscribe"}',
        '{"type":"subscribe","topic":5}',
        '{"type":"subscribe","topic":"pool","markets":"all"}',
        '{"type":"subscribe","topic":"pool","since":{"stream":"x"}}',
        '{"type":"subscribe","topic":"pool","since":{"stream":"x","seq":1e400}}',
        "[" * 2_000,
        b"\x00\x01binary",
    ],
)
async def test_a_malformed_message_is_answered_and_does_no_harm(idle_server: Served, message: str | bytes) -> None:
    socket = await raw(idle_server.url)
    frame = await ask(socket, message)
    assert (frame["type"], frame["code"]) == ("error", "malformed") and frame["detail"]
    assert (await ask(socket, {"type": "ping"}))["type"] == "pong"
    await socket.close()


async def test_unsubscribing_from_what_is_not_subscribed_is_an_error(idle_server: Served) -> None:
    socket = await raw(idle_server.url)
    assert (await ask(socket, {"type": "unsubscribe", "topic": "pool"}))["code"] == "not_subscribed"
    await socket.close()


async def test_noise_of_every_kind_never_breaks_the_server(idle_server: Served) -> None:
    """Mutated and random messages: each gets an answer, or the connection ends with our codes; others go on."""
    dice = random.Random(20_260)
    seeds = [
        '{"type":"subscribe","topic":"pool","id":1}',
        json.dumps({"type": "subscribe", "topic": "position", "owner": NOBODY}),
        '{"type":"subscribe","topic":"price","since":{"stream":"aa","seq":3}}',
        '{"type":"unsubscribe","topic":"pool"}',
        '{"type":"ping","id":"x"}',
    ]
    async with LiveClient(idle_server.url) as witness:
        await witness.subscribe("status")
        for _ in range(40):
            socket = await raw(idle_server.url)
            try:
                for _ in range(30):
                    await socket.send(mutated(dice, dice.choice(seeds)))
                    if dice.random() < 0.3:
                        await socket.send(dice.randbytes(dice.randrange(300)))
                async with asyncio.timeout(PATIENCE):
                    while json.loads(await ask_ping(socket))["type"] != "pong":
                        pass
                await socket.close()
            except ConnectionClosed as closed:
                assert closed.rcvd is not None and closed.rcvd.code in (codes.UNRULY, codes.TOO_BIG)
        await witness.send({"type": "ping", "id": "still here"})
        async with asyncio.timeout(PATIENCE):
            while getattr(await witness.next(), "id", None) != "still here":
                pass
    assert idle_server.live.hub.tally.failures == 0


async def ask_ping(socket: ClientConnection) -> str | bytes:
    await socket.send('{"type":"ping"}')
    return await socket.recv()


def mutated(dice: random.Random, text: str) -> str:
    letters = list(text)
    for _ in range(dice.randrange(4)):
        place = dice.randrange(len(letters))
        letters[place] = dice.choice(['"', "{", "}", "\\", "\u0000", "é", "9", ",", letters[place] * 40])
    return "".join(letters)


async def test_frames_that_are_no_websocket_end_one_connection_alone(idle_server: Served) -> None:
    dice = random.Random(7)
    async with LiveClient(idle_server.url) as witness:
        await witness.subscribe("status")
        for _ in range(30):
            socket = await raw(idle_server.url)
            socket.transport.write(dice.randbytes(dice.randrange(1, 200)))
            await asyncio.sleep(0.01)
            socket.transport.abort()
        await witness.send({"type": "ping", "id": "still here"})
        async with asyncio.timeout(PATIENCE):
            while getattr(await witness.next(), "id", None) != "still here":
                pass
    assert idle_server.live.hub.tally.failures == 0


async def test_a_message_that_is_too_long_ends_the_connection(idle_server: Served) -> None:
    socket = await raw(idle_server.url)
    await socket.send('{"type":"ping","id":"' + "x" * 5_000 + '"}')
    code, reason = await closed_with(socket)
    assert code == codes.TOO_BIG and "4096 bytes" in reason


async def test_too_many_messages_end_the_connection(database: Database) -> None:
    with served(database, live=LiveSettings(messages_per_10s=20)) as server:
        socket = await raw(server.url)
        for _ in range(30):
            await socket.send('{"type":"ping"}')
        code, reason = await closed_with(socket)
        assert code == codes.UNRULY and "20 messages in 10 s" in reason


async def test_a_client_that_never_makes_sense_is_sent_away(idle_server: Served) -> None:
    socket = await raw(idle_server.url)
    for _ in range(25):
        await socket.send("?")
    code, reason = await closed_with(socket)
    assert code == codes.UNRULY and "docs/live.md" in reason


async def test_one_client_holds_so_many_topics_and_may_exchange_them(database: Database) -> None:
    with served(database, live=LiveSettings(topics_per_client=2)) as server:
        socket = await raw(server.url)
        for topic in ("pool", "risk"):
            assert (await ask(socket, {"type": "subscribe", "topic": topic}))["type"] == "subscribed"
            assert (await answer(socket))["type"] == "snapshot"
        refused = await ask(socket, {"type": "subscribe", "topic": "claims"})
        assert refused["code"] == "too_many_topics" and "unsubscribe one first" in refused["detail"]
        assert (await ask(socket, {"type": "subscribe", "topic": "risk"}))["type"] == "subscribed", "the same again"
        assert (await answer(socket))["type"] == "snapshot"
        assert (await ask(socket, {"type": "unsubscribe", "topic": "pool"}))["type"] == "unsubscribed"
        assert (await ask(socket, {"type": "subscribe", "topic": "claims"}))["type"] == "subscribed"
        await socket.close()


async def test_one_address_has_so_many_connections_and_a_closed_one_frees_its_place(database: Database) -> None:
    with served(database, live=LiveSettings(clients_per_address=2)) as server:
        first, second = await raw(server.url), await raw(server.url)
        with pytest.raises(ConnectionClosed) as closed:
            await raw(server.url)
        assert closed.value.rcvd is not None and closed.value.rcvd.code == codes.CROWDED
        assert "use more topics" in closed.value.rcvd.reason
        await first.close()
        third = await raw(server.url)
        assert server.live.door.refused == 1
        await second.close()
        await third.close()


async def test_the_server_holds_so_many_connections(database: Database) -> None:
    with served(database, live=LiveSettings(clients=1)) as server:
        first = await raw(server.url)
        with pytest.raises(ConnectionClosed) as closed:
            await raw(server.url)
        assert closed.value.rcvd is not None and "try again later" in closed.value.rcvd.reason
        await first.close()


async def test_a_client_that_sends_nothing_gets_heartbeats_and_is_sent_home(database: Database) -> None:
    # Long enough for a heartbeat before, and for the other one to subscribe, on whatever machine.
    with served(database, live=LiveSettings(heartbeat_seconds=1, idle_seconds=8)) as server:
        silent, reader = await raw(server.url), await raw(server.url)
        assert (await ask(reader, {"type": "subscribe", "topic": "claims"}))["type"] == "subscribed"
        assert json.loads(await silent.recv())["type"] == "heartbeat"
        code, reason = await closed_with(silent)
        assert code == codes.IDLE and "subscribe" in reason
        assert (await ask(reader, {"type": "ping"}))["type"] in ("snapshot", "pong"), "who listens may be silent"
        await reader.close()
        assert server.live.hub.tally.cut_off == 0


async def test_pages_of_other_sites_may_not_connect_unless_allowed(database: Database) -> None:
    api = read_settings(environment={"PERCOSEC_API_ORIGINS": "https://app.example.org"}).api
    with served(database, api=api) as server:
        own = server.url.replace("ws://", "http://").removesuffix("/v1/ws")
        for origin in ("https://app.example.org", own):
            socket = await raw(server.url, origin=origin)
            await socket.close()
        for origin in ("https://evil.example", "null", "https://app.example.org.evil.example", own + "0"):
            with pytest.raises(InvalidStatus) as refused:
                await raw(server.url, origin=origin)
            assert refused.value.response.status_code == 403
