"""Where the demo is played: a chain, its calendar, and a way to let time pass on it."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from solders.pubkey import Pubkey

from offchain.chain.backends.base import Chain
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.epochs import NOMINAL_SECONDS, Schedule
from offchain.demo.allocator import keep_memory
from offchain.demo.errors import DemoError
from offchain.demo.timeline import START_EPOCH
from offchain.localnet.chain import LocalChain
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.state_file import state_file


class Stage(Protocol):
    """A chain that can be played on."""

    name: str
    chain: Chain
    schedule: Schedule
    evidence: LocalChain | str
    """What the verifier reads: the chain itself, or the URL of a node."""
    shortened: str | None
    """What is shorter here than in the recording, in a sentence."""

    def fund(self, everyone: Sequence[Pubkey], lamports: int) -> None:
        """Give each actor SOL for fees and rent."""

    def wait_until(self, time: int) -> None:
        """Let the chain's clock reach this unix time."""

    def keep(self) -> None:
        """Leave the chain's state where the user wants it."""


def shortened(epoch_seconds: int) -> str | None:
    """A sentence for the user when the chain's epochs are shorter than the recording's."""
    if epoch_seconds == NOMINAL_SECONDS:
        return None
    return (
        f"Shortened: an epoch lasts {epoch_seconds} s on this chain instead of {NOMINAL_SECONDS} s, "
        "and the protocol's minimum waits shrink alike; locks, notices and vesting count the same epochs."
    )


class EmbeddedStage:
    """A chain in this process whose clock is driven: days pass as fast as transactions run."""

    name = "embedded"

    def __init__(self, start: int, keep: Path | None = None, epoch_seconds: int = NOMINAL_SECONDS) -> None:
        """`start` is the unix time at which the first epoch is played; the folder `keep` gets the chain's state.

        Raises DemoError when that folder already holds one or can't be written to.
        """
        keep_memory()
        self._keep = _prepared(keep) if keep is not None else None
        self.schedule = Schedule(start - START_EPOCH * epoch_seconds, epoch_seconds)
        self.local = LocalChain(start=start - epoch_seconds, programs=project_programs(), authority=admin())
        self.chain: Chain = EmbeddedChain(self.local)
        self.evidence: LocalChain | str = self.local
        self.shortened = shortened(epoch_seconds)

    def fund(self, everyone: Sequence[Pubkey], lamports: int) -> None:
        """Transfers from the chain's faucet."""
        for actor in everyone:
            self.local.airdrop(actor, lamports)

    def wait_until(self, time: int) -> None:
        """Set the clock forward; nothing when it is there already."""
        if time > self.local.unix_timestamp:
            self.local.warp_to(time)

    def keep(self) -> None:
        """Write the state where it is to be kept."""
        if self._keep is not None:
            self.local.save(state_file(self._keep))


def _prepared(folder: Path) -> Path:
    """Refuse before the run what could not be kept after it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DemoError(f"{folder} can't be made ({error.strerror}): give --keep another folder") from error
    if state_file(folder).exists():
        raise DemoError(f"{folder} already holds the state of a chain: give --keep another folder or empty it")
    if not os.access(folder, os.W_OK):
        raise DemoError(f"{folder} can't be written to: give --keep another folder")
    return folder
