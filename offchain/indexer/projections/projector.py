"""`Projector`: applies events in their order, remembers what is dirty, and can take slots back.

projector = Projector(at, parameters)
projector.apply(event, Moment(slot, time))
projector.roll_back(slot)      # a fork dropped everything after this slot
projector.finalize(slot)       # everything up to this slot stays
"""

from collections import deque
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.events import Event
from offchain.indexer.decode import DecodedEvent
from offchain.indexer.projections.errors import ProjectionError
from offchain.indexer.projections.moment import Moment
from offchain.indexer.projections.reduce import reduce
from offchain.indexer.projections.state import Before, State
from offchain.settings.parameters import Parameters


class Projector:
    """All rows, in memory."""

    def __init__(self, at: Addresses, parameters: Parameters) -> None:
        """Nothing happened yet. `parameters`: those the cluster's programs were built with."""
        self.state = State(at, parameters)
        self.dirty: set[Pubkey] = set()
        """Rows that changed since `take_dirty`."""
        self._undo: deque[tuple[int, Before]] = deque()
        """For each event that is not final: its slot and what its rows were before."""
        self._final = -1
        self.lenient = False
        """Pass over events that do not fit: something before them is known to be missing."""
        self.passed_over = 0

    @property
    def rows(self) -> dict[Pubkey, Any]:
        """Address -> row, of the client's account class."""
        return self.state.rows

    def apply(self, event: Event, moment: Moment) -> bool:
        """The next event. ProjectionError, and nothing has changed, where it does not fit what came before.

        False: it did not fit and was passed over.
        """
        if (self._undo and moment.slot < self._undo[-1][0]) or moment.slot <= self._final:
            raise ProjectionError(f"an event of slot {moment.slot} comes after later ones: give them in their order")
        state = self.state
        state.before = {}
        try:
            reduce(state, event, moment)
        except Exception:
            self._restore(state.before)
            if self.lenient:
                self.passed_over += 1
                return False
            raise
        for address in state.before:
            state.slots[address] = moment.slot
        self.dirty.update(state.before)
        self._undo.append((moment.slot, state.before))
        return True

    def rebase(self, address: Pubkey, row: Any, slot: int) -> None:
        """Take a row from the chain itself, as it is at the end of a slot; None: there is no such account."""
        before = {address: (self.rows.get(address), self.state.slots.get(address, 0))}
        if row is None:
            self.rows.pop(address, None)
            self.state.slots.pop(address, None)
        else:
            self.rows[address], self.state.slots[address] = row, slot
        self.dirty.add(address)
        self._undo.append((slot, before))

    def apply_decoded(self, event: DecodedEvent) -> bool:
        """The same for an event of the indexer; its block time has to be known."""
        if event.block_time is None:
            raise ProjectionError(f"{event.signature} has no block time: read it from a node that keeps block times")
        return self.apply(event.event, Moment(event.slot, event.block_time))

    def roll_back(self, slot: int) -> None:
        """Forget every event after a slot; ProjectionError when some of them are final."""
        if slot < self._final:
            raise ProjectionError(f"slot {self._final} is final: start anew to go back to slot {slot}")
        while self._undo and self._undo[-1][0] > slot:
            _slot, before = self._undo.pop()
            self._restore(before)
            self.dirty.update(before)

    def finalize(self, slot: int) -> None:
        """No event up to this slot will be taken back."""
        self._final = max(self._final, slot)
        while self._undo and self._undo[0][0] <= slot:
            self._undo.popleft()

    def take_undo(self) -> list[tuple[int, Before]]:
        """For each event that is not final its slot and what its rows were; the caller remembers it from now on."""
        undo = list(self._undo)
        self._undo.clear()
        return undo

    def take_dirty(self) -> dict[Pubkey, Any]:
        """The rows to store: address -> row, None where a dropped slot had created it."""
        rows = {address: self.rows.get(address) for address in self.dirty}
        self.dirty = set()
        return rows

    def _restore(self, before: Before) -> None:
        for address, (row, slot) in before.items():
            if row is None:
                self.state.rows.pop(address, None)
                self.state.slots.pop(address, None)
            else:
                self.state.rows[address], self.state.slots[address] = row, slot
