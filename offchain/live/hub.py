"""The one place of a process that knows what may have changed, reads it once and tells all clients."""

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor

from offchain.api.context import ApiContext
from offchain.errors import PercosecError
from offchain.live import codes
from offchain.live.board import AT_ONCE, Board
from offchain.live.frames import Heartbeat, Since
from offchain.live.message import Message
from offchain.live.nudge import Nudge
from offchain.live.plan import EVERYTHING, Found, Plan, Wanted, own_parts, pick, read, source_of, touched
from offchain.live.refresh import OFF_CHAIN, Refresh
from offchain.live.session import Session
from offchain.live.stream import Stream
from offchain.live.tally import Tally
from offchain.live.topics import Topic
from offchain.settings.live import LiveSettings

AGAIN_SECONDS = 1.0
"""Pause after the database failed."""
_LOGGER = logging.getLogger(__name__)


class Hub:
    """All methods in the event loop's thread; the database is read in a thread of the hub's own."""

    def __init__(self, context: ApiContext, settings: LiveSettings) -> None:
        self.tally = Tally()
        self.board = Board(settings, self.tally)
        self.sessions: set[Session] = set()
        self._context = context
        self._settings = settings
        self._dirty: dict[Stream, Wanted] = {}
        self._rolled_back_to: int | None = None
        self._wake = asyncio.Event()
        self._refresh = Refresh()
        self._as_of_slot = -1

    def subscribe(self, session: Session, topic: Topic, since: Since | None, tag: int | str | None) -> None:
        """See offchain.live.session.Topics."""
        stream = self.board.subscribe(session, topic, since, tag)
        if not stream.ready:
            self._mark(stream, EVERYTHING)

    def unsubscribe(self, session: Session, topic: Topic) -> None:
        """See offchain.live.session.Topics."""
        self.board.unsubscribe(session, topic)

    def leave(self, session: Session) -> None:
        """A connection is gone."""
        self.sessions.discard(session)
        self.tally.cut_off += session.cut_off
        for topic in session.topics.values():
            self.board.unsubscribe(session, topic)
        session.topics.clear()

    def nudged(self, nudge: Nudge) -> None:
        """Something was committed somewhere."""
        self.tally.nudges += 1
        self._refresh.heard(nudge)
        if nudge.rolled_back_to is not None:
            self._roll_back(nudge.rolled_back_to)
        for stream in self.board:
            parts = touched(stream, nudge)
            if parts is None or parts:
                self._mark(stream, parts)

    async def run(self, stop: asyncio.Event) -> None:
        """Read what may have changed and tell, until `stop` is set."""
        beating = asyncio.create_task(self._beat())
        stopping = asyncio.create_task(stop.wait())
        with ThreadPoolExecutor(1, "percosec-live") as threads:
            try:
                while not stop.is_set():
                    await self._wait(stopping, beating)
                    if len(self.board):
                        await self._step(threads)
            finally:
                beating.cancel()
                stopping.cancel()
                await asyncio.gather(beating, stopping, return_exceptions=True)

    async def _wait(self, stopping: "asyncio.Task[bool]", beating: "asyncio.Task[None]") -> None:
        """Until something may have changed, or is to be looked at anyway; raises what ended the heartbeats."""
        wake = asyncio.create_task(self._wake.wait())
        pause = self._refresh.pause(_now())
        await asyncio.wait((stopping, wake, beating), timeout=pause, return_when=asyncio.FIRST_COMPLETED)
        wake.cancel()
        if beating.done():
            beating.result()
        self._wake.clear()
        due = self._refresh.due(_now())
        for stream in self.board if due else ():
            if stream.topic.name in due:
                self._mark(stream, EVERYTHING)
        self.board.forget()

    async def _step(self, threads: ThreadPoolExecutor) -> None:
        """One reading of the database, and all that follows from it."""
        dirty = {stream: parts for stream, parts in self._dirty.items() if stream in self.board}
        rolled_back_to = self._rolled_back_to
        self._dirty, self._rolled_back_to = {}, None
        plan = Plan()
        for stream, parts in dirty.items():
            plan.add(source_of(stream.topic), parts)
        began = _now()
        try:
            found = await asyncio.get_running_loop().run_in_executor(threads, read, self._context, plan)
        except PercosecError as error:
            self._again(dirty, rolled_back_to)
            self.tally.failed(str(error))
            _LOGGER.warning("live updates: %s", error)
            await asyncio.sleep(AGAIN_SECONDS)
            return
        took = _now() - began
        self.tally.read(took)
        self._refresh.took(took)
        went_back, self._as_of_slot = found.as_of_slot < self._as_of_slot, found.as_of_slot
        if went_back and rolled_back_to is None:
            # The nudge that says so comes later, or never.
            self._again(dirty, found.as_of_slot + 1)
            return
        if self._refresh.lost(found.as_of_slot):
            self.tally.healed += 1
            self._again(dict.fromkeys(self.board, EVERYTHING), None)
        for source, failure in found.failed.items():
            self.tally.failed(f"{source}: {failure!r}")
            _LOGGER.error("live updates: %s can't be read", source, exc_info=failure)
        for stream, parts in dirty.items():
            # What can't be read is read again when it is due; every other topic goes on.
            if source_of(stream.topic) in found.parts:
                await self._take(stream, parts, found, rolled_back_to)

    async def _take(self, stream: Stream, parts: Wanted, found: Found, rolled_back_to: int | None) -> None:
        picked = pick(stream, parts, found)
        if rolled_back_to is not None and stream.ready and stream.topic.name not in OFF_CHAIN:
            snapshot = stream.restart(picked, found.as_of_slot, rolled_back_to)
            await self.board.tell(stream, snapshot, snapshot=True)
        elif (delta := stream.take(picked, parts is None, found.as_of_slot)) is not None:
            await self.board.tell(stream, delta)
        if stream in self.board:
            self.board.admit(stream)

    def _mark(self, stream: Stream, parts: Wanted) -> None:
        known = self._dirty.get(stream, set())
        both = None if parts is None or known is None else known | parts
        self._dirty[stream] = own_parts(stream.topic) if both is None else both
        self._wake.set()

    def _again(self, dirty: dict[Stream, Wanted], rolled_back_to: int | None) -> None:
        for stream, parts in dirty.items():
            self._mark(stream, parts)
        if rolled_back_to is not None:
            self._roll_back(rolled_back_to)

    def _roll_back(self, slot: int) -> None:
        self.tally.rollbacks += 1
        earlier = self._rolled_back_to
        self._rolled_back_to = slot if earlier is None else min(slot, earlier)
        for stream in self.board:
            if stream.topic.name not in OFF_CHAIN:
                self._mark(stream, EVERYTHING)

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(self._settings.heartbeat_seconds)
            beat = Message(Heartbeat(self._as_of_slot, self._context.now()))
            for number, session in enumerate(list(self.sessions), 1):
                if not session.topics and _now() - session.idle_since > self._settings.idle_seconds:
                    session.close(codes.IDLE, "nothing subscribed for a while: connect again and subscribe")
                else:
                    session.push(beat)
                if number % AT_ONCE == 0:
                    await asyncio.sleep(0)


def _now() -> float:
    return asyncio.get_running_loop().time()
