"""Time on the local chain: slot, block height, unix time and epoch, always in agreement."""

import time
from typing import Literal, NotRequired, TypedDict

from solders.clock import Clock

from offchain.localnet.errors import LocalnetError
from offchain.localnet.limits import SLOT_MILLISECONDS, SLOTS_PER_EPOCH

Mode = Literal["real", "driven"]

_LAST_SECOND = 1 << 40
"""Far beyond any date; keeps every slot number well inside 64 bits."""


class ClockState(TypedDict):
    """What a clock needs to go on after a restart."""

    mode: Mode
    genesis_ms: int
    now_ms: int
    offset_ms: int
    landed: int
    epoch_start: int
    idle_ms: NotRequired[int]
    """Time that has passed without blocks; absent in states from before there was any."""


class ChainClock:
    """A clock that runs at the speed of real time or is driven by its user.

    `height` counts blocks: one per 400 ms since genesis, less the time that passed without blocks. `slot` is the
    height plus one for each transaction that landed, so that transactions are ordered by slot. Neither ever goes back.
    """

    def __init__(self, mode: Mode, start: int | None) -> None:
        """Genesis is at unix time `start` in seconds, or now."""
        wall_ms = _wall_ms()
        start_ms = wall_ms // 1000 * 1000 if start is None else _checked(start) * 1000
        self.mode = mode
        self._genesis_ms = start_ms
        self._now_ms = start_ms
        self._offset_ms = start_ms - wall_ms if start is not None else 0
        self._landed = 0
        self._idle_ms = 0
        self._epoch_start = self.unix_timestamp

    @property
    def unix_timestamp(self) -> int:
        """Seconds since 1970."""
        return self._now_ms // 1000

    @property
    def genesis_timestamp(self) -> int:
        """Unix time of the first block in seconds."""
        return self._genesis_ms // 1000

    @property
    def height(self) -> int:
        """Blocks since genesis; the first is 1."""
        return 1 + (self._now_ms - self._genesis_ms - self._idle_ms) // SLOT_MILLISECONDS

    @property
    def slot(self) -> int:
        """The slot the next transaction lands in."""
        return self.height + self._landed

    @property
    def epoch(self) -> int:
        """Solana's epoch of 432 000 slots (not the protocol's)."""
        return self.slot // SLOTS_PER_EPOCH

    def follow(self) -> None:
        """With a real clock, catch up; should the machine's clock go back, chain time waits for it."""
        if self.mode == "real":
            self._move_to(max(self._now_ms, _wall_ms() + self._offset_ms))

    def land(self) -> None:
        """Count one landed transaction: the next one gets a later slot."""
        before = self.epoch
        self._landed += 1
        self._stamp_epoch(before)

    def warp_to(self, unix_time: int, blocks: int | None = None) -> None:
        """Driven clocks only: go forward to `unix_time` (seconds), in at most `blocks` blocks.

        Blockhashes age by blocks: with few of them a transaction outlives the jump. Raises LocalnetError for a time
        that has passed, and for a negative number of blocks.
        """
        if self.mode != "driven":
            raise LocalnetError("this chain's clock follows real time: start the chain with a driven clock to move it")
        if _checked(unix_time) < self.unix_timestamp:
            raise LocalnetError(
                f"chain time is {self.unix_timestamp} and cannot go back to {unix_time}: give a later time"
            )
        now_ms = max(self._now_ms, unix_time * 1000)
        if blocks is not None:
            if blocks < 0:
                raise LocalnetError(f"{blocks} blocks can't pass: give 0 or more")
            self._idle_ms += max(0, now_ms - self._now_ms - blocks * SLOT_MILLISECONDS)
        self._move_to(now_ms)

    def sysvar(self) -> Clock:
        """The Clock sysvar as programs read it."""
        return Clock(
            slot=self.slot,
            epoch_start_timestamp=self._epoch_start,
            epoch=self.epoch,
            leader_schedule_epoch=self.epoch + 1,
            unix_timestamp=self.unix_timestamp,
        )

    def state(self) -> ClockState:
        """What `resume` needs."""
        return {
            "mode": self.mode,
            "genesis_ms": self._genesis_ms,
            "now_ms": self._now_ms,
            "offset_ms": self._offset_ms,
            "landed": self._landed,
            "epoch_start": self._epoch_start,
            "idle_ms": self._idle_ms,
        }

    def resume(self, state: ClockState, start: int | None) -> None:
        """Go on from a saved state: at `start` if given, which must not lie before it, else where the state stood.

        A chain that ran in real time stayed in real time while it was down.
        """
        self._genesis_ms = state["genesis_ms"]
        self._now_ms = state["now_ms"]
        self._landed = state["landed"]
        self._epoch_start = state["epoch_start"]
        self._idle_ms = state.get("idle_ms", 0)
        self._offset_ms = state["offset_ms"] if state["mode"] == "real" else self._now_ms - _wall_ms()
        if start is None:
            return
        if start * 1000 < self._now_ms:
            raise LocalnetError(
                f"the saved chain has reached {self.unix_timestamp}: start then or later, or leave the start time out"
            )
        self._offset_ms = start * 1000 - _wall_ms()
        self._move_to(start * 1000)

    def _move_to(self, now_ms: int) -> None:
        before = self.epoch
        self._now_ms = now_ms
        self._stamp_epoch(before)

    def _stamp_epoch(self, before: int) -> None:
        if self.epoch != before:
            self._epoch_start = self.unix_timestamp


def _wall_ms() -> int:
    return int(time.time() * 1000)


def _checked(unix_time: int) -> int:
    if not 0 <= unix_time < _LAST_SECOND:
        raise LocalnetError(f"{unix_time} is not a unix time in seconds: give a number from 0 to {_LAST_SECOND - 1}")
    return unix_time
