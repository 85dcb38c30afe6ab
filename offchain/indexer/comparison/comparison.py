"""`ChainComparison`: a periodic step that compares every stored row with its account on the chain.

A row and an account can be judged only for one slot. The account is true for the slot of the node's answer; the step
waits until the indexer has stored everything up to there, and takes the row as it was then. What has changed
meanwhile, and what differs, is looked at again; see `bench` for when a difference counts.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.nodes import Nodes
from offchain.database.database import Database
from offchain.indexer.comparison.bench import Bench
from offchain.indexer.comparison.looks import Looks, look_at, look_at_all
from offchain.indexer.comparison.past import Past, read_rows, rows_at
from offchain.indexer.errors import IndexerError
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.compare import Mismatch
from offchain.indexer.projections.rows import KINDS

LOOKS = 12
"""How often an account is looked at in one step before it counts as too busy to be judged in this one."""
WAIT_SECONDS = 30.0
"""How long the indexer may take to come to the slot of a node's answer."""
WHOLE_ROUNDS = 2
"""The first to end may have begun before."""
POLL_SECONDS = 0.02
SHOWN = 20
"""Mismatches told in the status."""
_OWNERS: dict[type[Any], str] = {kind: program for program, kinds in KINDS.items() for kind in kinds}
_LOGGER = logging.getLogger(__name__)


class ChainComparison:
    """For the watcher: `every("comparison", 60, comparison.step)`; give it each indexer before that runs."""

    def __init__(self, urls: tuple[str, ...], database: Database, at: Addresses) -> None:
        """`urls` are those of the nodes to be asked, in order of preference."""
        self._nodes = Nodes(urls)
        self._database = database
        self._at = at
        self._indexer: Indexer | None = None
        self._listeners: list[Callable[[list[Mismatch]], None]] = []
        self._unjudged: dict[Pubkey, int] = {}
        """Address -> steps in a row in which it could not be judged."""
        self._mismatches: list[Mismatch] = []
        self._last: dict[str, int] = {}

    def follow(self, indexer: Indexer) -> None:
        """The indexer that writes into the database from now on."""
        self._indexer = indexer

    def on_mismatch(self, callback: Callable[[list[Mismatch]], None]) -> None:
        """Call it with all mismatches of a step that found some, in the event loop's thread."""
        self._listeners.append(callback)

    async def close(self) -> None:
        """Close the connections."""
        await self._nodes.close()

    async def step(self) -> dict[str, object]:
        """Compare everything once; IndexerError when the indexer does not get on, NodeDownError from the nodes."""
        await self._indexed({})  # whoever has no indexer beside it, or none that works, says so instead of passing
        began = time.monotonic()
        bench, looks = Bench(), await self._first_looks()
        slot = 0
        for _ in range(LOOKS):
            slot = await self._indexed(looks)
            past = await asyncio.to_thread(self._past, looks)
            again = await asyncio.to_thread(bench.judge, looks, past)
            if not again:
                break
            looks = await look_at(self._nodes, again)
        self._note(bench, slot, began)
        return self.status()

    def status(self) -> dict[str, object]:
        """Of the last step; `mismatch` tells the first ones in words."""
        return {
            **self._last,
            "unjudged": len(self._unjudged),
            "unjudged_steps": max(self._unjudged.values(), default=0),
            "mismatches": len(self._mismatches),
            "mismatch": "; ".join(map(str, self._mismatches[:SHOWN])),
        }

    async def _first_looks(self) -> Looks:
        def known() -> dict[Pubkey, str]:
            with self._database.reading() as session:
                rows = read_rows(session)
            return {Pubkey.from_string(address): _OWNERS[type(row)] for address, (row, _) in rows.items()}

        owners = await asyncio.to_thread(known)
        return await look_at_all(self._nodes, self._at, owners, owners)

    async def _indexed(self, looks: Looks) -> int:
        """Wait until everything that had happened when these looks were taken is stored.

        A node may name the slot that it still works on. So either a later slot is stored, or, where the chain stands
        still, a whole round has begun and ended since.
        """
        slot = max((slot for slot, _ in looks.values()), default=0)
        deadline, rounds = time.monotonic() + WAIT_SECONDS, self._rounds()
        while not self._beyond(slot, rounds):
            if time.monotonic() > deadline:
                if self._indexer is None:
                    raise IndexerError("no indexer runs in this process: compare where one does")
                raise IndexerError(f"the indexer has not come to slot {slot} for {WAIT_SECONDS:.0f} s: see its status")
            await asyncio.sleep(POLL_SECONDS)
        return slot

    def _beyond(self, slot: int, rounds: int) -> bool:
        covered = self._indexer.covered if self._indexer else -1
        return covered > slot or (covered == slot and self._rounds() >= rounds + WHOLE_ROUNDS)

    def _rounds(self) -> int:
        return int(self._indexer.status()["rounds"]) if self._indexer else 0

    def _past(self, looks: Looks) -> Past:
        with self._database.reading() as session:
            return rows_at(session, looks)

    def _note(self, bench: Bench, slot: int, began: float) -> None:
        found = bench.found
        self._unjudged = {address: self._unjudged.get(address, 0) + 1 for address in bench.open}
        self._mismatches = found.mismatches
        self._last = {
            "steps": self._last.get("steps", 0) + 1,
            "slot": slot,
            "accounts": found.accounts.total(),
            "fields": found.fields.total(),
            "took_ms": int((time.monotonic() - began) * 1_000),
            "compared_ms": time.time_ns() // 1_000_000,
        }
        for mismatch in found.mismatches:
            _LOGGER.error("indexer: projection and chain differ: %s", mismatch)
        if found.mismatches:
            for tell in self._listeners:
                tell(found.mismatches)
