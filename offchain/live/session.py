"""One client: what it asks, what it holds, and how much it may leave unread."""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

import msgspec

from offchain.live import codes
from offchain.live.errors import LiveError
from offchain.live.frames import Answer, Error, Ping, Pong, Request, Since, Subscribe, Unsubscribe, Unsubscribed
from offchain.live.message import Message
from offchain.live.topics import Topic, topic_of
from offchain.live.wire import Wire
from offchain.settings.live import LiveSettings

MOST_MALFORMED = 20
"""Messages that can't be read before a client is sent away."""
WINDOW_SECONDS = 10.0
DRAIN_SECONDS = 30.0
"""How long a client that asks for more may take to read what it got."""
EXAMPLE = '{"type":"subscribe","topic":"status"}'
_decode = msgspec.json.Decoder(Request).decode
Receive = Callable[[], Awaitable[Any]]


class Topics(Protocol):
    """What a session needs of the hub."""

    def subscribe(self, session: "Session", topic: Topic, since: Since | None, tag: int | str | None) -> None:
        """Answer `subscribed` and the frames that follow, now or once the topic is read; LiveError when it can't."""

    def unsubscribe(self, session: "Session", topic: Topic) -> None:
        """No further frame of it."""


class Session:
    """Everything of one connection."""

    def __init__(self, wire: Wire, hub: Topics, settings: LiveSettings) -> None:
        self.topics: dict[str, Topic] = {}
        """What it has subscribed to, by key."""
        self.idle_since = asyncio.get_running_loop().time()
        """Since when it has no subscription."""
        self.cut_off = False
        self._wire = wire
        self._hub = hub
        self._settings = settings
        self._granted = 0
        self._malformed = 0
        self._times: deque[float] = deque(maxlen=settings.messages_per_10s)

    async def serve(self, receive: Receive) -> None:
        """Handle its messages until it is gone, or closed by this side."""
        while True:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                return
            self._take(event)
            # Its next request waits until it has read the answers, otherwise requests alone would fill memory.
            try:
                async with asyncio.timeout(DRAIN_SECONDS):
                    await self._wire.drained()
            except TimeoutError:
                self._cut_off()

    def push(self, message: Message, snapshot: bool = False) -> None:
        """Send without waiting; a client that leaves too much unread is cut off."""
        waiting = self._wire.waiting
        if not waiting:
            self._granted = 0
        if waiting > self._settings.queue_bytes + self._granted:
            self._cut_off()
            return
        if snapshot:
            self._granted += len(message)
        self._wire.send(message)

    def answer(self, answer: Answer) -> None:
        """Send to this client alone."""
        self.push(Message(answer))

    def close(self, code: int, reason: str) -> None:
        """Say why and close."""
        self._wire.close(code, reason)

    def _cut_off(self) -> None:
        if not self._wire.closed:
            self.cut_off = True
            self.close(codes.SLOW, "too much unread: read faster or subscribe to less, then connect again")

    def _take(self, event: Any) -> None:
        text = event.get("text")
        if not self._may_speak():
            self.close(codes.UNRULY, f"more than {self._settings.messages_per_10s} messages in 10 s: send less")
        elif text is None:
            self._reject("a binary message: send JSON as text")
        elif len(text.encode()) > self._settings.message_bytes:
            self.close(codes.TOO_BIG, f"a message may have {self._settings.message_bytes} bytes: send less at once")
        else:
            self._read(text)

    def _read(self, text: str) -> None:
        try:
            request = _decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            self._reject(f"{error}: send a message such as {EXAMPLE}, see docs/live.md")
            return
        try:
            self._execute(request)
        except LiveError as error:
            self.answer(Error(error.code, error.detail, request.id))

    def _execute(self, request: Request) -> None:
        match request:
            case Ping():
                self.answer(Pong(request.id))
            case Subscribe():
                self._subscribe(request)
            case Unsubscribe():
                self._unsubscribe(request)

    def _subscribe(self, request: Subscribe) -> None:
        topic = topic_of(request)
        if topic.key not in self.topics and len(self.topics) >= self._settings.topics_per_client:
            most = self._settings.topics_per_client
            raise LiveError("too_many_topics", f"{most} topics are subscribed: unsubscribe one first")
        self._hub.subscribe(self, topic, request.since, request.id)
        self.topics[topic.key] = topic

    def _unsubscribe(self, request: Unsubscribe) -> None:
        topic = self.topics.pop(request.topic, None)
        if topic is None:
            raise LiveError("not_subscribed", "there is no such subscription: name the topic as `subscribed` did")
        self._hub.unsubscribe(self, topic)
        if not self.topics:
            self.idle_since = asyncio.get_running_loop().time()
        self.answer(Unsubscribed(topic.key, request.id))

    def _reject(self, detail: str) -> None:
        self._malformed += 1
        if self._malformed > MOST_MALFORMED:
            self.close(codes.UNRULY, "too many messages that can't be read: see docs/live.md")
        else:
            self.answer(Error("malformed", detail))

    def _may_speak(self) -> bool:
        now = asyncio.get_running_loop().time()
        if len(self._times) == self._times.maxlen and now - self._times[0] < WINDOW_SECONDS:
            return False
        self._times.append(now)
        return True
