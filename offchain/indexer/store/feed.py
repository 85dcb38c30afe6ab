"""Gives events to the projections in their order, mends what was cut off, and knows where events are lost."""

from collections.abc import Callable, Sequence

from sqlmodel import Session

from offchain.database.tables.log_repair import LogRepair
from offchain.indexer.decode.model import Decoded, DecodedEvent
from offchain.indexer.raw import RawTransaction
from offchain.indexer.repair.before import Rows
from offchain.indexer.repair.mend import LOST, RERUN, Mended
from offchain.indexer.store.doubt import read_doubt
from offchain.indexer.store.markets import Markets
from offchain.indexer.store.projections import Projections

Entry = tuple[RawTransaction, Decoded]
Mend = Callable[[RawTransaction, Decoded, Rows | None], Mended | None]
"""Gets a transaction whose logs were cut off, and the projected rows right before it; None: leave it as it is."""


class Feed:
    """For one database transaction."""

    def __init__(self, session: Session, projections: Projections, markets: Markets, mend: Mend | None = None) -> None:
        """`markets`: those known so far. Without `mend` what is cut off stays so."""
        self._session = session
        self._projections = projections
        self._markets = markets
        self._mend = mend
        self._waiting: list[DecodedEvent] = []
        self._final = True
        self._lenient = False
        self.doubt = read_doubt(session)
        if self.doubt.spans:
            projections.tolerate(session, False)

    def take(self, entries: Sequence[Entry], final: int) -> list[Entry]:
        """The next transactions; those up to slot `final` are. Returns them as they are after mending."""
        done = []
        for raw, decoded in entries:
            self._turn(raw.slot, raw.slot <= final)
            entry = self._mended(raw, decoded) if decoded.truncated and self._mend else (raw, decoded)
            self._markets.fill(entry[1])
            self._waiting += entry[1].events
            done.append(entry)
        self._flush()
        return done

    def end(self) -> None:
        """After the last transaction: what was taken from the accounts since."""
        while self.doubt.rebases:
            self._rebase()

    def _turn(self, slot: int, final: bool) -> None:
        """What has to happen before the events of a slot."""
        while self.doubt.rebases and self.doubt.rebases[0][0] < slot:
            self._rebase()
        lenient = bool(self.doubt.spans) and self.doubt.covers(slot)
        if final != self._final or lenient != self._lenient:
            self._flush()
        self._final = final
        if lenient != self._lenient:
            self._lenient = lenient
            self._projections.tolerate(self._session, lenient)

    def _rebase(self) -> None:
        self._flush()
        slot, held = self.doubt.rebases.pop(0)
        self._projections.rebase(self._session, held, slot, False)

    def _mended(self, raw: RawTransaction, decoded: Decoded) -> Entry:
        self._flush()
        mended = self._mend(raw, decoded, self._projections.rows(self._session)) if self._mend else None
        if mended is None:
            return raw, decoded
        self._note(mended)
        return mended.raw, mended.decoded

    def _note(self, mended: Mended) -> None:
        raw, reason = mended.raw, mended.reason
        if reason is not None and raw.err is not None:
            return  # it changed nothing; only the program's own words for the failure are lost
        how = RERUN if reason is None else LOST
        row = LogRepair(signature=raw.signature, slot=raw.slot, how=how, reason=reason)
        row.logs, row.told = raw.recovered, mended.told
        self._session.add(row)
        self._session.flush()
        if reason is not None:
            self.doubt.spans.append((raw.slot, None))
            self._turn(raw.slot, self._final)

    def _flush(self) -> None:
        if self._waiting:
            self._projections.apply(self._session, self._waiting, self._final)
            self._waiting = []
