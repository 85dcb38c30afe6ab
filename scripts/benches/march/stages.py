"""Where a run takes place: a chain in another process, reached over plain RPC."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Literal, Protocol

from solders.pubkey import Pubkey

from offchain.chain.backends.base import Chain
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.epochs import NOMINAL_SECONDS, Schedule
from offchain.demo.stage import Stage
from offchain.demo.timeline import START_EPOCH
from offchain.demo.validator_stage import TICKS_PER_SLOT, ValidatorStage
from offchain.localnet.chain import LocalChain
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator
from offchain.stage.driven_clock import DrivenClock
from offchain.verify.evidence.node import Node
from scripts.benches.chain_process import chain_process

Backend = Literal["embedded", "test-validator"]

VALIDATOR_EPOCH_SECONDS = 10
"""Length of an epoch on the validator, where time runs by itself; a busy machine needs longer ones."""
VALIDATOR_SET_UP_SECONDS = 60
"""Time there for the set-up of one market and the start of its keepers."""


class RemoteStage(Stage, Protocol):
    """A stage that others reach too."""

    endpoints: Endpoints
    node: Node


class DrivenStage:
    """The demo's stage over plain RPC: what a player anywhere on the network could do, and the clock."""

    name = "driven"

    def __init__(self, endpoints: Endpoints, start: int) -> None:
        """`start` is the unix time of the first epoch played; the chain's clock stands an epoch before it."""
        self.endpoints = endpoints
        self.node = Node(endpoints.http)
        self._clock = DrivenClock(self.node)
        self._rpc = RpcChain.connect(endpoints.http)
        self.chain: Chain = self._rpc
        self.schedule = Schedule(start - START_EPOCH * NOMINAL_SECONDS, NOMINAL_SECONDS)
        self.evidence: LocalChain | str = endpoints.http
        self.shortened: str | None = None

    def fund(self, everyone: Sequence[Pubkey], lamports: int) -> None:
        """Airdrops, which this chain confirms at once."""
        for actor in everyone:
            self.node.ask("requestAirdrop", str(actor), lamports)

    def wait_until(self, time: int) -> None:
        """Move the clock forward; nothing when it is there already."""
        self._clock.jump(time, None)

    def keep(self) -> None:
        """Nothing: the chain lives in its own process."""

    def close(self) -> None:
        """Close the connections."""
        self._rpc.close()
        self.node.close()


class SharedValidatorStage(ValidatorStage):
    """The demo's validator, with its addresses for keepers."""

    def __init__(self, endpoints: Endpoints, epoch_seconds: int) -> None:
        """The set-up gets more time where epochs are longer."""
        set_up = VALIDATOR_SET_UP_SECONDS * epoch_seconds // VALIDATOR_EPOCH_SECONDS
        super().__init__(endpoints.http, epoch_seconds, set_up)
        self.endpoints = endpoints
        self.node = Node(endpoints.http)

    def close(self) -> None:
        """Close the connections."""
        super().close()
        self.node.close()


@contextmanager
def open_stage(backend: Backend, start: int, folder: Path, epoch_seconds: int) -> Iterator[RemoteStage]:
    """Start a chain for a recording that begins at unix time `start`; LocalnetError where there is no validator.

    `epoch_seconds` is for the validator; the embedded chain has epochs of full length.
    """
    if backend == "embedded":
        with chain_process("driven", start - NOMINAL_SECONDS, folder) as endpoints:
            stage = DrivenStage(endpoints, start)
            try:
                yield stage
            finally:
                stage.close()
    else:
        with running_validator(project_programs(), admin(), ticks_per_slot=TICKS_PER_SLOT) as endpoints:
            shared = SharedValidatorStage(endpoints, epoch_seconds)
            try:
                yield shared
            finally:
                shared.close()
