"""One round: survey the chain, take back what was dropped, store what is new in its order, settle what is final.

What was just heard of is stored before, so that it is shown at once; the next survey confirms it or takes it back.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from time import monotonic

from offchain.chain.addresses import Addresses
from offchain.chain.backends.rpc import RpcError
from offchain.indexer.decode import Decoded, DecodedEvent, decode_all
from offchain.indexer.errors import NodeLieError, WithheldError
from offchain.indexer.ingest.ahead import reading_ahead
from offchain.indexer.ingest.ears import Ears
from offchain.indexer.ingest.fetch import fetch_all, fetch_once
from offchain.indexer.ingest.listed import Listed
from offchain.indexer.ingest.order import Placed, place
from offchain.indexer.ingest.rebase import rebase
from offchain.indexer.ingest.statuses import is_where
from offchain.indexer.ingest.survey import Behind, Survey, survey
from offchain.indexer.ingest.together import together
from offchain.indexer.ingest.watched import WatchedNodes
from offchain.indexer.ingest.withheld import Withheld, withheld_by
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.before import Rows
from offchain.indexer.repair.elsewhere import find_whole
from offchain.indexer.repair.evidence import gather_evidence
from offchain.indexer.repair.mend import Mended, Mender
from offchain.indexer.store.feed import Entry, Mend
from offchain.indexer.store.late import insert_late
from offchain.indexer.store.marks import WRITES, Mark, Marks
from offchain.indexer.store.store import Store

CHUNK = 1_000
"""Transactions in one database transaction."""
GATHER_SECONDS = 0.005
"""After something was heard: what else happened in its slot is told in the same moment."""
LATELY = 50
SURVEY_SECONDS = 5.0
"""Surveys so far apart, as long as everything heard of could be stored without one: what happens during one has to wait
for its end, and at this distance that is less than one transaction in a hundred."""
FEW = 4
"""So many transactions are decoded sooner than a thread is asked to."""
AHEAD = 1
"""Parts of a long backlog that are read while another one is stored."""
WINDOW = 10_000
"""Transactions of a long backlog whose signatures are in memory."""
Committed = Callable[[list[DecodedEvent], list[RawTransaction]], None]
_LOGGER = logging.getLogger(__name__)


@dataclass(slots=True)
class Done:
    """What the rounds have done so far."""

    transactions: int = 0
    events: int = 0
    truncated: int = 0
    """Transactions whose logs the node cut off; what became of them follows."""
    rerun: int = 0
    """Run again and complete."""
    lost: int = 0
    """Neither another node nor a run gave their events."""
    rebased: int = 0
    """Rows taken from the chain's accounts because of those."""
    rollbacks: int = 0
    late: int = 0
    """Transactions that a node told of only after later ones had been finalized."""
    head: int = 0
    """The node's confirmed slot in the last round."""


class Rounds:
    """Brings the database to where the chain is, again and again."""

    def __init__(self, nodes: WatchedNodes, store: Store, ears: Ears, at: Addresses) -> None:
        self.done = Done()
        self.committed: list[Committed] = []
        self.rolled_back: list[Callable[[int], None]] = []
        self.withheld: Withheld | None = None
        """Because of this nothing that follows it is stored."""
        self._nodes = nodes
        self._store = store
        self._ears = ears
        self._at = at
        self._behind: Behind | None = None
        self._lately: deque[str] = deque(maxlen=LATELY)
        """What was stored as soon as it was heard of."""
        self._surveyed: tuple[float, int | None] = (0.0, None)
        """When a survey was stored last, and the ears' drops as it began; None when they heard nothing then: what
        happens while they hear nothing has to be looked for."""
        self._programs = {name: str(key) for name, key in at.deployed.items()}

    async def round(self, stop: asyncio.Event) -> int:
        """Returns how many transactions were stored; PercosecError when a node or the database fails."""
        try:
            stored = await self._next(stop)
        except WithheldError as error:
            self.withheld = withheld_by(error, self.withheld)
            if self._behind and self.withheld.is_due and not await is_where(self._nodes, error.listed):
                _LOGGER.warning("indexer: no status confirms %s, all is listed anew", error.listed.signature)
                self.close()
            raise
        self.withheld = None
        return stored

    async def _next(self, stop: asyncio.Event) -> int:
        if self._behind is not None:
            return await self._work_off(self._behind, stop)
        at_once = await self._store_heard()
        if self._hears_all():
            return at_once
        began = (monotonic(), self._ears.drops if self._ears.live.is_set() else None)
        store, heard = self._store, dict(self._ears.heard)
        found = await survey(self._nodes, store, self._programs, heard)
        self.done.head = found.head
        if isinstance(found, Behind):
            try:
                await self._take_back(found.dropped, [])
            except BaseException:
                found.backlog.close()
                raise
            self._behind = found
            return await self._work_off(found, stop)
        missing = await asyncio.to_thread(store.unknown, list(found.listing))
        new = [found.listing[signature] for signature in missing]
        await self._take_back(found.dropped, new)
        missing = await asyncio.to_thread(store.unknown, list(found.listing))
        stored = await self._store_new(found, [found.listing[signature] for signature in missing], stop)
        if not stop.is_set():
            await self._settle(found)
            if self._store.doubtful:
                self.done.rebased += await rebase(self._nodes, self._store, self._at)
            for signature in heard:
                self._ears.heard.pop(signature, None)
            self._surveyed = began
        return at_once + stored

    async def _store_heard(self) -> int:
        """Store what was heard of and follows everything stored; whatever does not fit waits for the survey."""
        ears, store = self._ears, self._store
        if not ears.heard or not self._unbroken():
            return 0
        await asyncio.sleep(GATHER_SECONDS)
        for signature in self._lately:
            # Every program that a transaction touches tells of it.
            ears.heard.pop(signature, None)
        entries = [Listed(signature, slot, False) for signature, slot in ears.heard.items()]
        if not entries or len(entries) > CHUNK or min(entry.slot for entry in entries) <= store.newest:
            return 0
        try:
            placed = await place(self._nodes, entries)
            raws = await together(fetch_once(self._nodes, *found) for found in placed)
            final = self._stored_final()
            await self._append(Survey({}, {}, final, self.done.head, None), placed, *await self._whole(raws))
        except (RpcError, NodeLieError, ProjectionError):
            # RpcError: its slot may be dropped already, and a node refuses to tell of it for ever. ProjectionError:
            # what it builds on was not heard of. The survey finds out.
            return 0
        for entry in entries:
            ears.heard.pop(entry.signature, None)
            self._lately.append(entry.signature)
        return len(placed)

    def _hears_all(self) -> bool:
        """Whether nothing can be missing that a survey would find, but for what the next one is early enough for."""
        return self._unbroken() and not self._ears.heard and monotonic() - self._surveyed[0] < SURVEY_SECONDS

    def _unbroken(self) -> bool:
        """Whether the ears have been listening since before a survey whose findings are all stored, as are those of
        every later one."""
        return self.withheld is None and self._ears.live.is_set() and self._surveyed[1] == self._ears.drops

    def close(self) -> None:
        """Give up what is still to be worked off: it will be listed anew."""
        if self._behind is not None:
            self._behind.backlog.close()
            self._behind = None

    async def _work_off(self, behind: Behind, stop: asyncio.Event) -> int:
        """Store the oldest part of a backlog, or look at the chain anew when there is no more of it."""
        backlog = behind.backlog
        while not stop.is_set():
            window = backlog.window(WINDOW, behind.final)
            if not window.entries:
                self.close()
                return await self._next(stop)
            listing = {entry.signature: entry for entry in window.entries}
            missing = await asyncio.to_thread(self._store.unknown, list(listing))
            found = Survey(listing, {}, window.final, behind.head, None)
            stored = await self._store_new(found, [listing[signature] for signature in missing], stop)
            if stop.is_set():
                return stored
            backlog.drop(window.final)
            if stored:
                return stored
        return 0

    async def _take_back(self, dropped: int | None, new: Sequence[Listed]) -> None:
        """Roll back what was dropped, and what is stored already of slots after a new transaction's."""
        final, head = self._stored_final(), self._store.newest
        slots = [entry.slot for entry in new if final < entry.slot <= head]
        if dropped is not None:
            slots.append(dropped)
        if not slots:
            return
        slot = min(slots)
        gone = await asyncio.to_thread(self._store.roll_back, slot)
        self.done.rollbacks += 1
        _LOGGER.warning("indexer: slot %s changed on the chain, %s transactions are read anew", slot, gone)
        _tell(self.rolled_back, slot)

    async def _store_new(self, found: Survey, new: Sequence[Listed], stop: asyncio.Event) -> int:
        """Store in order. What lies before a transaction that was withheld comes first; only then it is asked for, by
        itself, as nothing that follows can be stored without it."""
        hole = next(
            (entry for entry in new if self.withheld and entry.signature == self.withheld.listed.signature), None
        )
        if hole is None:
            return await self._store_in_order(found, new, stop)
        stored = await self._store_in_order(found, [entry for entry in new if entry.slot < hole.slot], stop)
        await fetch_once(self._nodes, hole, 0)
        return stored + await self._store_in_order(found, [entry for entry in new if entry.slot >= hole.slot], stop)

    async def _store_in_order(self, found: Survey, new: Sequence[Listed], stop: asyncio.Event) -> int:
        final = self._stored_final()
        late = [entry for entry in new if entry.slot <= final]
        if late:
            await self._insert_late(late)
        placed = await place(self._nodes, [entry for entry in new if entry.slot > final])
        stored = len(late)
        parts = chunks(placed)
        async with reading_ahead(self._read, parts, AHEAD if self._behind else 0) as ready:
            async for part, (entries, mend) in ready:
                if stop.is_set():
                    break
                await self._append(found, part, entries, mend)
                stored += len(part)
        return stored

    async def _read(self, part: Sequence[Placed]) -> tuple[list[Entry], Mend | None]:
        return await self._whole(await fetch_all(self._nodes, part))

    async def _append(self, found: Survey, part: Sequence[Placed], entries: list[Entry], mend: Mend | None) -> None:
        marks = advance(self._store.marks, [entry for entry, _ in part], found.final)
        events = await asyncio.to_thread(self._store.append, entries, found.final, marks, mend)
        self._count(events, [raw for raw, _ in entries])

    async def _whole(self, raws: list[RawTransaction]) -> tuple[list[Entry], Mend | None]:
        """Decode them; what is cut off is looked for elsewhere, or prepared to be mended."""
        few = len(raws) <= FEW
        entries = decode_all(raws, self._at) if few else await asyncio.to_thread(decode_all, raws, self._at)
        for index, (raw, decoded) in enumerate(entries):
            if decoded.truncated:
                self.done.truncated += 1
                entries[index] = await find_whole(self._nodes, raw, self._at) or (raw, decoded)
        cut = [raw for raw, decoded in entries if decoded.truncated]
        if not cut:
            return entries, None
        return entries, self._counted(Mender(self._at, await gather_evidence(self._nodes, cut)))

    def _counted(self, mender: Mender) -> Mend:
        def mend(raw: RawTransaction, decoded: Decoded, rows: Rows | None) -> Mended:
            found = mender.mend(raw, decoded, rows)
            if found.reason is None:
                self.done.rerun += 1
            else:
                self.done.lost += 1
                _LOGGER.warning("indexer: events of %s are lost: %s", raw.signature, found.reason)
            return found

        return mend

    async def _insert_late(self, late: Sequence[Listed]) -> None:
        _LOGGER.warning("indexer: the node had kept back %s finalized transactions, projections are rebuilt", len(late))
        siblings = await asyncio.to_thread(self._store.in_slots, {entry.slot for entry in late})
        stored = [Listed(signature, slot, True) for signature, slot in siblings.items()]
        placed = await place(self._nodes, [*late, *stored])
        raws = await fetch_all(self._nodes, [found for found in placed if found[0].signature not in siblings])
        positions = {entry.signature: position for entry, position in placed if entry.signature in siblings}
        entries, mend = await self._whole(raws)
        events = await asyncio.to_thread(insert_late, self._store, entries, positions, self._at, mend)
        self.done.late += len(late)
        self._count(events, raws)

    async def _settle(self, found: Survey) -> None:
        """Write down what has become final since it was stored."""
        settled = [
            found.listing[signature]
            for signature, slot in found.unfinal.items()
            if slot <= found.final and signature in found.listing and found.listing[signature].slot == slot
        ]
        if not settled or (found.dropped is not None and found.dropped <= found.final):
            return
        settled.sort(key=lambda entry: entry.slot)
        marks = advance(self._store.marks, settled, found.final)
        await asyncio.to_thread(self._store.settle, found.final, marks)

    def _stored_final(self) -> int:
        return max((mark.slot for name, mark in self._store.marks.items() if name != WRITES), default=-1)

    def _count(self, events: list[DecodedEvent], raws: list[RawTransaction]) -> None:
        self.done.transactions += len(raws)
        self.done.events += len(events)
        _tell(self.committed, events, raws)


def _tell(listeners: Sequence[Callable[..., None]], *news: object) -> None:
    """One that fails keeps neither the others nor the round from going on."""
    for listener in listeners:
        try:
            listener(*news)
        except Exception:
            _LOGGER.exception("indexer: a listener failed")


def advance(marks: Marks, entries: Sequence[Listed], final: int) -> Marks:
    """The watermarks once these entries are stored, in order: those up to slot `final` move them."""
    moved = dict(marks)
    for entry in entries:
        if entry.slot <= final:
            moved.update({name: Mark(entry.signature, entry.slot) for name in entry.programs})
    return moved


def chunks(placed: Sequence[Placed]) -> list[Sequence[Placed]]:
    """Parts of at most CHUNK, except that no slot is torn apart."""
    parts: list[Sequence[Placed]] = []
    start = 0
    while start < len(placed):
        end = min(start + CHUNK, len(placed))
        while end < len(placed) and placed[end][0].slot == placed[end - 1][0].slot:
            end += 1
        parts.append(placed[start:end])
        start = end
    return parts
