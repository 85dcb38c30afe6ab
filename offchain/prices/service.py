"""Captures prices until it is stopped, and turns the price bot. Runs by itself or inside another asyncio program."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Sequence

from sqlmodel import col, func, select

from offchain.database.database import Database
from offchain.database.tables.price_source import PriceSource
from offchain.prices.bot.base import Bot
from offchain.prices.capture import Capture, Round
from offchain.prices.clock import Clock, wall_ms
from offchain.prices.errors import PriceError
from offchain.prices.history import Current, current
from offchain.prices.quote import Quote
from offchain.prices.sources.base import Source
from offchain.prices.status import Errors, ServiceStatus, pair_status
from offchain.prices.store import forget, store
from offchain.settings.prices import PriceSettings

HOUR_MS = 3_600_000
GRACE_SECONDS = 5
CLEAN_ROUNDS = 600
"""Old quotes are deleted every so many rounds."""
_LOGGER = logging.getLogger(__name__)


class PriceService:
    """One capture a second into the database; `start`, `stop` and `status` from the program around it."""

    def __init__(self, settings: PriceSettings, sources: Sequence[Source], database: Database, clock: Clock) -> None:
        """`sources`: the preferred one first. The service closes them; the database stays open."""
        self.bot: Bot | None = None
        """Set it before `start`."""
        self._settings = settings
        self._capture = Capture(sources, settings)
        self._database = database
        self._clock = clock
        self._errors = Errors()
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = asyncio.Event()
        self._rounds = 0
        self._last_round_ms: int | None = None

    async def start(self) -> None:
        """Begin capturing; PriceError when another process captures into the same database."""
        if self._tasks:
            raise PriceError("the price service runs already")
        await self._refuse_second()
        await self.resume()
        self._stopping.clear()
        steps: list[Callable[[], Awaitable[object]]] = [self.capture]
        steps += [lane.round for lane in self.bot.lanes] if self.bot else []
        self._tasks = [asyncio.create_task(self._forever(step), name="prices") for step in steps]

    async def stop(self) -> None:
        """End after the capture in hand. A push has five seconds more; later the feed tells what became of it."""
        self._stopping.set()
        tasks, self._tasks = self._tasks, []
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=GRACE_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._capture.close()

    async def resume(self) -> None:
        """Take up the prices of an earlier run, so that the first new one is measured by the last old one."""
        now = await self._clock.now_ms() // 1_000
        for last in await asyncio.to_thread(self._last_prices):
            self._capture.resume(Quote(last.pair, last.source, last.price, last.conf, last.publish_time), now)

    def status(self) -> ServiceStatus:
        """How it goes."""
        return ServiceStatus(
            running=any(not task.done() for task in self._tasks),
            rounds=self._rounds,
            last_round_ms=self._last_round_ms,
            errors=dict(self._errors.counts),
            pairs=tuple(pair_status(track) for track in self._capture.pairs.values()),
            bot=self.bot.status() if self.bot else None,
        )

    def price(self, pair: str) -> Quote | None:
        """The pair's price in use, however old."""
        track = self._capture.pairs.get(pair)
        return track.used if track else None

    async def capture(self) -> Round:
        """One capture, stored. PercosecError when the clock or the database can't be reached; nothing is kept then."""
        done = await self._capture.round(await self._clock.now_ms())
        await asyncio.to_thread(self._write, done)
        self._rounds += 1
        self._last_round_ms = wall_ms()
        return done

    def _write(self, done: Round) -> None:
        with self._database.session() as session:
            store(session, done, self._capture.pairs.values())
            if self._rounds % CLEAN_ROUNDS == 0:
                forget(session, done.now_ms - self._settings.keep_hours * HOUR_MS)
            session.commit()

    async def _forever(self, step: Callable[[], Awaitable[object]]) -> None:
        """Repeat at a steady pace; a failure is counted and never ends the loop."""
        loop = asyncio.get_running_loop()
        pause = self._settings.capture_ms / 1_000
        due = loop.time()
        while not self._stopping.is_set():
            try:
                await step()
            except Exception as error:
                self._errors.add(error)
                _LOGGER.warning("prices: %s", error)
            due = max(due + pause, loop.time())
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), due - loop.time())

    async def _refuse_second(self) -> None:
        before = await asyncio.to_thread(self._seen)
        if before is None or before + 3 * self._settings.capture_ms < wall_ms():
            return
        # Perhaps the last run has just ended.
        await asyncio.sleep(2.5 * self._settings.capture_ms / 1_000)
        if await asyncio.to_thread(self._seen) != before:
            raise PriceError("another process captures prices into this database: stop it, or choose another database")

    def _last_prices(self) -> list[Current]:
        with self._database.reading() as session:
            return [found for pair in self._capture.pairs if (found := current(session, pair))]

    def _seen(self) -> int | None:
        with self._database.reading() as session:
            return session.exec(select(func.max(col(PriceSource.seen_ms)))).one()
