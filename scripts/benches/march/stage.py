"""A chain in another process whose clock is moved over JSON-RPC."""

from collections.abc import Sequence

from solders.pubkey import Pubkey

from offchain.chain.backends.base import Chain
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.epochs import NOMINAL_SECONDS, Schedule
from offchain.demo.timeline import START_EPOCH
from offchain.localnet.chain import LocalChain
from offchain.localnet.endpoints import Endpoints
from offchain.verify.evidence.node import Node


class DrivenStage:
    """The demo's stage over plain RPC: what a player anywhere on the network could do, and the clock."""

    name = "driven"

    def __init__(self, endpoints: Endpoints, start: int) -> None:
        """`start` is the unix time of the first epoch played; the chain's clock stands an epoch before it."""
        self.endpoints = endpoints
        self.node = Node(endpoints.http)
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
        if time > self.node.ask("percosec_clock")["unixTimestamp"]:
            self.node.ask("percosec_warpTo", time)

    def keep(self) -> None:
        """Nothing: the chain lives in its own process."""

    def close(self) -> None:
        """Close the connections."""
        self._rpc.close()
        self.node.close()
