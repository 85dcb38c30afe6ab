"""A client of the live updates: `LiveClient` keeps the topics it subscribed to as the server has them.

async with LiveClient("ws://127.0.0.1:8080/v1/ws") as client:
    pool = await client.subscribe("pool", market=market_id)
    async for frame in client.frames():
        print(pool.items, pool.as_of_slot)
"""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

from offchain.errors import PercosecError
from offchain.live.changes import apply_change
from offchain.live.frames import (
    Answer,
    Delta,
    Error,
    Hello,
    Item,
    Request,
    Since,
    Snapshot,
    Subscribe,
    Subscribed,
    Unsubscribe,
    Unsubscribed,
)

MAX_FRAME = 64 * 1024 * 1024
AGAIN_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0)
_decode = msgspec.json.Decoder(Answer).decode
_encode = msgspec.json.Encoder().encode


class LiveClientError(PercosecError):
    """The server refused something, or a frame does not fit those before; the message says what."""


class TopicState:
    """One topic as the frames so far tell it."""

    def __init__(self, request: Subscribe) -> None:
        self.request = request
        self.items: dict[str, Item] = {}
        self.stream = ""
        self.seq = 0
        self.as_of_slot = -1
        self.reason = ""
        """Why the last snapshot came; `rolled_back` means that what was shown before did not happen."""

    @property
    def since(self) -> Since | None:
        """Where to go on after a lost connection."""
        return Since(self.stream, self.seq) if self.stream else None

    def take(self, frame: Snapshot | Delta) -> None:
        """Apply a frame; LiveClientError where one is missing."""
        if isinstance(frame, Snapshot):
            self.items, self.reason = dict(frame.items), frame.reason
        elif (frame.stream, frame.seq) != (self.stream, self.seq + 1):
            raise LiveClientError(f"{frame.topic}: frame {frame.seq} came after {self.seq}: subscribe anew")
        else:
            for change in frame.changes:
                apply_change(self.items, change)
        self.stream, self.seq, self.as_of_slot = frame.stream, frame.seq, frame.as_of_slot


class LiveClient:
    """One connection that is renewed when it is lost, without losing a frame where the server still has them."""

    def __init__(self, url: str) -> None:
        self.topics: dict[str, TopicState] = {}
        """By the key that the server gave."""
        self.hello: Hello | None = None
        self.reconnects = 0
        self._url = url
        self._socket: ClientConnection | None = None
        self._asked: dict[int, TopicState] = {}
        self._tag = 0

    async def __aenter__(self) -> "LiveClient":
        """Connect."""
        await self._open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        if self._socket is not None:
            await self._socket.close()

    async def subscribe(self, topic: str, **parameters: str) -> TopicState:
        """The topic, once its first frame is here; LiveClientError when it is refused."""
        state = TopicState(msgspec.convert({"type": "subscribe", "topic": topic, **parameters}, Subscribe))
        await self._ask(state)
        while not state.stream:
            await self.next()
        return state

    async def unsubscribe(self, state: TopicState) -> None:
        """End a subscription: when this returns no further frame of it comes, and `state` stays as it is."""
        key = next((key for key, found in self.topics.items() if found is state), None)
        if key is None:
            raise LiveClientError(f"{state.request.topic}: not subscribed with this client")
        # Given up first: frames on their way must not change it, and a renewed connection must not ask for it.
        del self.topics[key]
        tag = self._next_tag()
        await self.send(Unsubscribe(key, tag))
        while not (isinstance(frame := await self.next(), Unsubscribed) and frame.id == tag):
            pass

    async def frames(self) -> AsyncIterator[Answer]:
        """Every frame, applied already, for ever: a lost connection is renewed."""
        while True:
            try:
                yield await self.next()
            except ConnectionClosed:
                await self.reconnect()

    async def next(self) -> Answer:
        """The next frame, applied already; ConnectionClosed when the connection is lost."""
        frame: Answer = _decode(await self._open_socket.recv())
        match frame:
            case Hello():
                self.hello = frame
            case Subscribed():
                self.topics[frame.topic] = self._asked.pop(int(frame.id or 0))
            case Snapshot() | Delta() if frame.topic in self.topics:
                self.topics[frame.topic].take(frame)
            case Error():
                raise LiveClientError(f"{frame.code}: {frame.detail}")
        return frame

    async def reconnect(self) -> None:
        """Connect again, for as long as it takes, and ask for what was missed of every topic."""
        failures = 0
        while True:
            try:
                await self._open()
                break
            except (OSError, TimeoutError, WebSocketException):
                await asyncio.sleep(AGAIN_SECONDS[min(failures, len(AGAIN_SECONDS) - 1)])
                failures += 1
        self.reconnects += 1
        states, self.topics, self._asked = [*self.topics.values(), *self._asked.values()], {}, {}
        for state in states:
            await self._ask(state)

    async def send(self, request: Request | dict[str, Any]) -> None:
        """Send a message of the protocol."""
        await self._open_socket.send(_encode(request).decode())

    @property
    def _open_socket(self) -> ClientConnection:
        if self._socket is None:
            raise LiveClientError("not connected: use `async with`")
        return self._socket

    async def _open(self) -> None:
        if self._socket is not None:
            await self._socket.close()
        self._socket = await connect(self._url, max_size=MAX_FRAME, compression=None)

    async def _ask(self, state: TopicState) -> None:
        tag = self._next_tag()
        self._asked[tag] = state
        asked = state.request
        await self.send(Subscribe(asked.topic, asked.market, asked.owner, asked.pair, state.since, tag))

    def _next_tag(self) -> int:
        self._tag += 1
        return self._tag
