"""The chain's clock, as handlers read it: protocol dates are counted in it, and a local chain's may be driven."""

import time

from offchain.chain.backends.failover import FailoverChain
from offchain.errors import PercosecError
from offchain.monitoring.watcher.duty import Duty, Status
from offchain.monitoring.watcher.every import every
from offchain.settings.safety import LOCALNET

LOCAL_SECONDS = 0.5
PUBLIC_SECONDS = 5.0
"""Between two looks; in between a public cluster's time goes on with this machine's, a local chain's stands."""


class ChainTime:
    """The chain's unix time in seconds, as last seen."""

    def __init__(self, chain: FailoverChain, cluster: str) -> None:
        """`now` is this machine's until the chain was asked for the first time."""
        self._chain = chain
        self._local = cluster == LOCALNET
        self._seen = int(time.time())
        self._at = time.monotonic()

    def now(self) -> int:
        """Unix time in seconds."""
        return self._seen if self._local else self._seen + int(time.monotonic() - self._at)

    async def look(self) -> Status:
        """Ask the chain; RpcError when no node answers."""
        self._seen = await self._chain.now()
        self._at = time.monotonic()
        return {"chain_time": self._seen}

    async def first_look(self) -> None:
        """Ask it once before anything is answered, if it can be reached."""
        try:
            await self.look()
        except PercosecError:
            return

    def duty(self) -> Duty:
        """For the watcher."""
        return every("clock", LOCAL_SECONDS if self._local else PUBLIC_SECONDS, self.look)
