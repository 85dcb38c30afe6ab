"""The indexer as a service: `Indexer(settings, database, at).run(stop)`."""

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Any

from offchain.chain.addresses import Addresses
from offchain.database.database import Database
from offchain.errors import PercosecError
from offchain.indexer.errors import SecondIndexerError
from offchain.indexer.ingest.ears import Ears
from offchain.indexer.ingest.round import Committed, Rounds
from offchain.indexer.ingest.watched import WatchedNodes
from offchain.indexer.store.marks import WRITES
from offchain.indexer.store.projections import NoProjections, Projections
from offchain.indexer.store.store import Store
from offchain.settings.tree import Settings
from offchain.settings.urls import websocket_of

POLL_SECONDS = 2.0
"""A round at least so often, whatever is heard or not."""
EARS_SECONDS = 3.0
"""How long the first round waits for the subscriptions: what happens after they stand is not missed."""
RETRY_SECONDS = (0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_LOGGER = logging.getLogger(__name__)


class Indexer:
    """Follows the chain into the database until it is stopped; a failure is counted and tried again."""

    def __init__(
        self, settings: Settings, database: Database, at: Addresses, projections: Projections | None = None
    ) -> None:
        """The database stays open. SecondIndexerError, in `run`, when another process indexes into it."""
        programs = {name: str(key) for name, key in at.deployed.items()}
        self._nodes = WatchedNodes(settings.rpc_urls)
        self._ears = Ears([settings.ws_url, *map(websocket_of, settings.rpc_urls[1:])], programs)
        self._store = Store(database, projections or NoProjections(), at)
        self._rounds = Rounds(self._nodes, self._store, self._ears, at)
        self._running = False
        self._rounds_done = 0
        self._errors: dict[str, int] = {}
        self._last_error = ""
        self._caught_up_ms: int | None = None
        self.covered = -1
        """Everything that was confirmed up to this slot is stored; -1 before the first whole round."""

    def on_commit(self, callback: Committed) -> None:
        """Call it after each database commit with the new events and transactions, in the event loop's thread."""
        self._rounds.committed.append(callback)

    def on_roll_back(self, callback: Callable[[int], None]) -> None:
        """Call it with a slot after this slot and all later ones were taken back."""
        self._rounds.rolled_back.append(callback)

    async def run(self, stop: asyncio.Event) -> None:
        """Follow the chain until `stop` is set; the database transaction in hand is finished first."""
        self._running = True
        ears = asyncio.create_task(self._ears.run(), name="indexer-ears")
        failures = 0
        try:
            await _first(stop, self._ears.live, EARS_SECONDS)
            while not stop.is_set():
                self._ears.news.clear()
                if await self._round(stop):
                    failures = 0
                    await _first(stop, self._ears.news, POLL_SECONDS)
                else:
                    await _first(stop, None, RETRY_SECONDS[min(failures, len(RETRY_SECONDS) - 1)])
                    failures += 1
        finally:
            ears.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await ears
            self._rounds.close()
            await self._nodes.close()
            self._running = False

    async def catch_up(self) -> int:
        """Rounds until there is nothing new; returns how many transactions were stored. Raises what a round raises."""
        stored, never = 0, asyncio.Event()
        while new := await self._rounds.round(never):
            stored += new
        return stored

    async def close(self) -> None:
        """Close the connections; only after `catch_up`, `run` does it by itself."""
        self._rounds.close()
        await self._nodes.close()

    def status(self) -> dict[str, Any]:
        """How far it is; slots are -1 as long as there is none."""
        done = self._rounds.done
        marks = {name: mark.slot for name, mark in self._store.marks.items() if name != WRITES}
        return {
            "running": self._running,
            "live": self._ears.live.is_set(),
            "watermark_slot": max(marks.values(), default=-1),
            "stored_slot": self._store.newest,
            "head_slot": done.head,
            "covered_slot": self.covered,
            "caught_up_ms": self._caught_up_ms,
            "rounds": self._rounds_done,
            "transactions": done.transactions,
            "events": done.events,
            "truncated": done.truncated,
            "rerun": done.rerun,
            "lost": done.lost,
            "rebased": done.rebased,
            "doubtful": self._store.doubtful,
            "rollbacks": done.rollbacks,
            "late": done.late,
            "drops": self._ears.drops,
            "withheld": self._rounds.withheld.document() if self._rounds.withheld else None,
            "heard_unstored": len(self._ears.heard),
            "faults": self._nodes.faults(),
            "errors": dict(self._errors),
            "last_error": self._last_error,
        }

    async def _round(self, stop: asyncio.Event) -> bool:
        try:
            await self._rounds.round(stop)
        except SecondIndexerError:
            raise
        except PercosecError as error:
            self._errors[type(error).__name__] = self._errors.get(type(error).__name__, 0) + 1
            self._last_error = str(error)
            _LOGGER.warning("indexer: %s", error)
            return False
        self._rounds_done += 1
        self._caught_up_ms = time.time_ns() // 1_000_000
        # A round that a stop cut short has not stored all it saw.
        self.covered = self.covered if stop.is_set() else self._rounds.done.head
        return True


async def _first(stop: asyncio.Event, other: asyncio.Event | None, seconds: float) -> None:
    """Wait for either event, at most so long."""
    tasks = [asyncio.create_task(event.wait()) for event in (stop, other) if event is not None]
    try:
        await asyncio.wait(tasks, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
