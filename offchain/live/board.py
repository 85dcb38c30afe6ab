"""The topics that are kept up, and who subscribed to them."""

import asyncio
from collections.abc import Iterator

from offchain.live.errors import LiveError
from offchain.live.frames import Since, Subscribed
from offchain.live.message import Message
from offchain.live.session import Session
from offchain.live.stream import GAP, SUBSCRIBED, Stream
from offchain.live.tally import Tally
from offchain.live.topics import Topic
from offchain.settings.live import LiveSettings

MOST_STREAMS = 20_000
"""Different topics that are kept up at a time."""
AT_ONCE = 250
"""Clients told before others in the process get their turn."""


class Board:
    """Streams by topic. A stream that was never read keeps its clients waiting."""

    def __init__(self, settings: LiveSettings, tally: Tally) -> None:
        self._settings = settings
        self._tally = tally
        self._streams: dict[Topic, Stream] = {}
        self._subscribers: dict[Stream, dict[Session, object]] = {}
        self._waiting: dict[Stream, list[tuple[Session, Since | None, int | str | None]]] = {}
        self._left: dict[Stream, float] = {}
        """Streams without a subscriber, and since when."""

    def __len__(self) -> int:
        """How many topics are kept up."""
        return len(self._streams)

    def __iter__(self) -> Iterator[Stream]:
        """Each of them."""
        return iter(self._streams.values())

    def __contains__(self, stream: object) -> bool:
        """Whether a stream is still kept up."""
        return stream in self._subscribers

    def subscribe(self, session: Session, topic: Topic, since: Since | None, tag: int | str | None) -> Stream:
        """The stream, answered if it was ever read; LiveError when there are too many."""
        stream = self._streams.get(topic) or self._open(topic)
        self._left.pop(stream, None)
        self._waiting.setdefault(stream, []).append((session, since, tag))
        if stream.ready:
            self.admit(stream)
        return stream

    def unsubscribe(self, session: Session, topic: Topic) -> None:
        """No further frame goes to the session; the stream lingers for clients that come back."""
        stream = self._streams[topic]
        self._subscribers[stream].pop(session, None)
        waiting = [entry for entry in self._waiting.pop(stream, []) if entry[0] is not session]
        if waiting:
            self._waiting[stream] = waiting
        elif not self._subscribers[stream]:
            self._left[stream] = _now()

    def admit(self, stream: Stream) -> None:
        """Answer those who wait for the stream: what they missed, or a snapshot."""
        for session, since, tag in self._waiting.pop(stream, ()):
            missed = None if since is None else stream.missed(since)
            self._tally.joined(since is not None, missed is not None)
            session.answer(Subscribed(stream.topic.key, missed is not None, tag))
            if missed is None:
                session.push(stream.snapshot(SUBSCRIBED if since is None else GAP), snapshot=True)
            for message in missed or ():
                session.push(message)
            self._subscribers[stream][session] = object()

    async def tell(self, stream: Stream, message: Message, snapshot: bool = False) -> None:
        """Send to every subscriber of now; who comes meanwhile has it in his snapshot, who goes does not get it."""
        subscribers = self._subscribers[stream]
        for number, (session, token) in enumerate(list(subscribers.items()), 1):
            if subscribers.get(session) is token:
                session.push(message, snapshot)
                self._tally.sent(message)
            if number % AT_ONCE == 0:
                await asyncio.sleep(0)

    def forget(self) -> None:
        """Drop the streams that nobody came back to."""
        until = _now() - self._settings.linger_seconds
        for stream in [stream for stream, since in self._left.items() if since < until]:
            del self._left[stream], self._streams[stream.topic], self._subscribers[stream]

    def _open(self, topic: Topic) -> Stream:
        if len(self._streams) >= MOST_STREAMS:
            raise LiveError("busy", "the server keeps up as many different topics as it can: try again later")
        stream = Stream(topic, self._settings.ring_frames, self._settings.ring_bytes)
        self._streams[topic] = stream
        self._subscribers[stream] = {}
        return stream


def _now() -> float:
    return asyncio.get_running_loop().time()
