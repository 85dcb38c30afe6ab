"""The running market of the embedded default.

    chain = LocalChain(clock="driven", start=stage.start, programs=project_programs(), authority=admin(), state=...)
    with serving(chain) as endpoints:
        market = RunningMarket(endpoints.http, settings.stage)
        await market.prepare()          # then keeper, prices and indexer may start
        await market.run(stop)          # beside them, until `stop` is set

The stage moves the chain's clock. A chain of another clock is refused. Nothing of its own is kept: a stage that is
started again looks at the chain and goes on.
"""

import asyncio
from collections.abc import Mapping

from solders.keypair import Keypair

from offchain.settings.stage import StageSettings


class RunningMarket:
    """Deploys, funds and plays the markets of seahorse.toml on one local chain, over plain RPC as any client."""

    def __init__(self, rpc_url: str, settings: StageSettings) -> None:
        """`rpc_url` is the chain's JSON-RPC; nothing is connected yet."""
        self._url = rpc_url
        self._settings = settings

    async def prepare(self) -> None:
        """Deploy what is missing and give everyone their money; the clock stands still. May be repeated.

        StageError where the chain's clock can't be driven or the node can't be reached.
        """
        raise NotImplementedError("follows in the next commit")

    async def run(self, stop: asyncio.Event) -> None:
        """Play until `stop` is set. The clock waits for the first price, then for the keepers in each epoch.

        Errors of the node are counted and waited out; other users' actions never end it.
        """
        raise NotImplementedError("follows in the next commit")

    def status(self) -> Mapping[str, object]:
        """How it goes: integers and texts only; made from memory, at any time.

        `phase` (preparing, waiting for a price, racing, playing, stopped), `chain_time` in unix seconds, `epoch`,
        `speed` (market seconds a real second now), `waiting_for` (what the clock waits for), `sent`, `refused` and
        `node_failures` (counts), `last_error`, `loop` (times the recording has started over).
        """
        return {"phase": "preparing"}


def keeper_key() -> Keypair:
    """A worthless key that `prepare` gives SOL, for the keeper of the embedded default."""
    raise NotImplementedError("follows in the next commit")
