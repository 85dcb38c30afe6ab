"""The clock, the blockhashes and the Clock sysvar, kept in step."""

import os
from hashlib import sha256

from solders.hash import Hash
from solders.litesvm import LiteSVM

from offchain.localnet.blockhashes import BlockhashRing
from offchain.localnet.clock import ChainClock, ClockState, Mode
from offchain.localnet.events import Listeners


class Timeline:
    """Moves time on: by the wall clock, by its user, and by one slot per landed transaction."""

    def __init__(self, svm: LiteSVM, listeners: Listeners, mode: Mode, start: int | None) -> None:
        """Genesis at unix time `start` (seconds), or now. `listeners` hear of every new slot."""
        self._svm = svm
        self._listeners = listeners
        self.clock = ChainClock(mode, start)
        self.genesis_hash = _genesis_hash(self.clock)
        self.blockhashes = BlockhashRing(self.genesis_hash, self.clock.height)
        self._told: tuple[int, int] | None = None
        """Slot and time that programs read."""
        self._tell()

    def resume(self, genesis_hash: Hash, latest: Hash, state: ClockState, start: int | None) -> None:
        """Go on from a saved state, at `start` if given."""
        self.clock.resume(state, start)
        self.genesis_hash = genesis_hash
        self.blockhashes = BlockhashRing(latest, self.clock.height)
        self._tell()

    def follow(self) -> None:
        """Catch up with the wall clock, if this clock follows it."""
        if self.clock.mode == "real":
            height, slot = self.clock.height, self.clock.slot
            self.clock.follow()
            self._passed(height, slot)

    def warp_to(self, unix_time: int, blocks: int | None = None) -> None:
        """Driven clocks only: go forward to `unix_time` (seconds), in at most `blocks` blocks."""
        height, slot = self.clock.height, self.clock.slot
        self.clock.warp_to(unix_time, blocks)
        self._passed(height, slot)

    def next_blockhash(self, salt: bytes) -> None:
        """Make a new blockhash without a new block, so that the next transaction differs from the last."""
        self.blockhashes.roll(self.clock.height, salt)

    def next_slot(self) -> None:
        """Move on by the slot of one transaction."""
        slot = self.clock.slot
        self.clock.land()
        self._tell()
        self._listeners.slot_changed(self.clock.slot, slot)

    def accepts(self, blockhash: Hash) -> bool:
        """Whether a transaction that names `blockhash` may land now."""
        return self.blockhashes.is_valid(blockhash, self.clock.height)

    def _passed(self, height: int, slot: int) -> None:
        self._tell()
        if self.clock.height != height:
            self.blockhashes.roll(self.clock.height, self.clock.height.to_bytes(8, "little"))
            self._listeners.slot_changed(self.clock.slot, slot)

    def _tell(self) -> None:
        """Set the Clock sysvar where it changed: that takes LiteSVM long, and each read of an account comes by."""
        now = (self.clock.slot, self.clock.unix_timestamp)
        if now != self._told:
            self._told = now
            self._svm.set_clock(self.clock.sysvar())


def _genesis_hash(clock: ChainClock) -> Hash:
    """The same for driven chains with the same start, so that they can be replayed; otherwise a new one each time."""
    salt = os.urandom(32) if clock.mode == "real" else b""
    return Hash.from_bytes(sha256(f"percosec {clock.genesis_timestamp}".encode() + salt).digest())
