"""Where the demo is played: a chain, its calendar, and a way to let time pass on it."""

from pathlib import Path
from typing import Protocol

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, PROGRAMS
from offchain.chain.backends.base import Chain
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.epochs import NOMINAL_SECONDS, Schedule
from offchain.demo.allocator import keep_memory
from offchain.demo.errors import DemoError
from offchain.demo.timeline import START_EPOCH
from offchain.localnet.chain import LocalChain
from offchain.settings.paths import ARTIFACTS

STATE_FILE = "chain.sqlite"
"""Name of the chain's state in the folder given to `--keep`."""


class Stage(Protocol):
    """A chain that can be played on."""

    name: str
    chain: Chain
    schedule: Schedule

    def fund(self, to: Pubkey, lamports: int) -> None:
        """Give an actor SOL for fees and rent."""

    def wait_until(self, time: int) -> None:
        """Let the chain's clock reach this unix time."""

    def close(self) -> None:
        """Keep what is to be kept, and stop."""


def programs() -> dict[Pubkey, Path]:
    """Program id -> committed bytecode."""
    return {LOCALNET.programs[name]: ARTIFACTS / "deploy" / f"{name}.so" for name in PROGRAMS}


class EmbeddedStage:
    """A chain in this process whose clock is driven: days pass as fast as transactions run."""

    name = "embedded"

    def __init__(self, start: int, keep: Path | None = None, epoch_seconds: int = NOMINAL_SECONDS) -> None:
        """`start` is the unix time at which the first epoch is played; the folder `keep` gets the chain's state.

        Raises DemoError when that folder already holds one.
        """
        keep_memory()
        self._keep = keep
        if keep is not None and (keep / STATE_FILE).exists():
            raise DemoError(f"{keep} already holds the state of a chain: give --keep another folder or empty it")
        self.schedule = Schedule(start - START_EPOCH * epoch_seconds, epoch_seconds)
        self._local = LocalChain(start=start - epoch_seconds, programs=programs())
        self.chain: Chain = EmbeddedChain(self._local)

    def fund(self, to: Pubkey, lamports: int) -> None:
        """A transfer from the chain's faucet."""
        self._local.airdrop(to, lamports)

    def wait_until(self, time: int) -> None:
        """Set the clock forward; nothing when it is there already."""
        if time > self._local.unix_timestamp:
            self._local.warp_to(time)

    def close(self) -> None:
        """Write the state where it is to be kept."""
        if self._keep is not None:
            self._keep.mkdir(parents=True, exist_ok=True)
            self._local.save(self._keep / STATE_FILE)
        self._local.close()
