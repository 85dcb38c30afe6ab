"""The servers that are measured: `percosec serve`, and what one would write instead."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from solders.pubkey import Pubkey

from offchain.localnet.endpoints import Endpoints
from scripts.benches.processes import python

PROFILE = "server.profile"
"""Where a profile is left, in the contender's folder."""


@dataclass(frozen=True)
class Contender:
    """A server."""

    name: str
    command: Callable[[Endpoints, int], list[str]]
    """Its command line for a node and a port."""
    environment: Mapping[str, str]
    ask: str
    """What a client says to get the updates; empty: nothing."""
    indexes: bool
    """Whether it has to read the chain's past before it can serve."""


def ours(folder: Path, market: Pubkey, profile: bool) -> Contender:
    """Indexer and API in one process on SQLite, as `percosec serve` runs them; one address may have all clients."""
    profiling = ("-m", "cProfile", "-o", str(folder / PROFILE)) if profile else ()

    def command(node: Endpoints, port: int) -> list[str]:
        serve = ("-m", "offchain.cli", "serve", "--roles", "indexer,api", "--rpc", node.http, "--port", str(port))
        return python(
            *profiling, *serve, "--data", str(folder / "data"), "--database", f"sqlite:///{folder / 'live.db'}"
        )

    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PERCOSEC_")}
    settings = {
        "PERCOSEC_CLUSTER": "localnet",
        "PERCOSEC_LIVE_CLIENTS": "1000000",
        "PERCOSEC_LIVE_CLIENTS_PER_ADDRESS": "1000000",
    }
    ask = f'{{"type":"subscribe","topic":"pool","market":"{market}"}}'
    return Contender("percosec serve", command, inherited | settings, ask, True)


def plain(pool: Pubkey) -> Contender:
    """A list of sockets."""

    def command(node: Endpoints, port: int) -> list[str]:
        return python("-m", "scripts.benches.live.plain", node.http, node.ws, str(pool), str(port))

    return Contender("plain handler", command, dict(os.environ), "", False)
