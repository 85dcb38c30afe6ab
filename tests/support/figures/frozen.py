"""A market in the hours of the crash that stands still, so that chain and page can be compared at leisure."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import IO, Any

from offchain.chain.addresses import LOCALNET
from offchain.localnet.ports import free_block
from tests.support.browser import ask
from tests.support.figures.history import History
from tests.support.figures.ledger import Ledger
from tests.support.patience import PATIENCE
from tests.support.served import Served, serving_process

START = "2020-03-11T09:00"
"""A day and some hours before the crash: one yield has its history."""
SLOW_FROM = "1584018000"
"""12 March, 13:00: it races until then, and is stopped before."""
CLAIMS = 3
RACE_SECONDS = 900.0
"""It takes a minute, on a machine with other work several."""
KEPT = "PERCOSEC_FROZEN"
"""Names a folder that keeps the home from one run of the tests to the next: for who writes them."""
FOLDER = Path(".local/share/percosec/serve")
ROLES = "indexer,processor,api"


@dataclass
class Frozen:
    """The app over a chain whose clock nobody drives."""

    served: Served
    rpc: str

    @cached_property
    def ledger(self) -> Ledger:
        """Its accounts."""
        return Ledger(self.rpc)

    @cached_property
    def history(self) -> History:
        """Its transactions."""
        return History(self.rpc)

    def title(self, market_id: object) -> str:
        """What pages call a market: its name in seahorse.toml."""
        return next(name for name, market in self.ledger.markets.items() if str(market.market_id) == str(market_id))


def frozen_home(shared: Path) -> Path:
    """A home in which the app ran until claims were paid; made once for all processes that test, `shared` is theirs."""
    shared = Path(os.environ.get(KEPT, shared))
    home = shared / "figures-home"
    with (shared / "figures-home.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not home.exists():
            made = shared / "figures-home-made"
            shutil.rmtree(made, ignore_errors=True)
            made.mkdir()
            _race(made)
            made.rename(home)
    return home


@contextmanager
def serving_frozen(home: Path, copy: Path) -> Iterator[Frozen]:
    """The app on a copy of such a home, until the block ends; it has indexed everything and counted its figures."""
    shutil.copytree(home, copy)
    with _serving(copy, ROLES) as frozen:
        newest = _newest(frozen.rpc)
        for pool in frozen.served.get("/v1/pools")["items"]:
            frozen.served.wait(f"/v1/pools/{pool['market_id']}", partial(_counted, newest))
        yield frozen


@contextmanager
def _serving(home: Path, roles: str) -> Iterator[Frozen]:
    """Chain and app in a home where the market has ended; everything that happened is indexed."""
    database = f"sqlite:///{home / FOLDER / 'percosec.db'}"
    with (
        _chain(home / FOLDER / "chain.sqlite", home / "chain.log") as rpc,
        serving_process(home, "--rpc", rpc, "--roles", roles, "--database", database) as served,
    ):
        newest = _newest(rpc)
        served.wait("/v1/status", lambda body: body["index"]["newest_slot"] == newest)
        yield Frozen(served, rpc)


def _race(home: Path) -> None:
    with serving_process(home, "--chain-port", "0", "--start", START, PERCOSEC_STAGE_SLOW_FROM=SLOW_FROM) as served:
        served.wait("/v1/claims", _enough, RACE_SECONDS)
        served.stop()
    # The last transactions were sent while it stopped. Figures are counted on what is indexed at the start, and again
    # half a minute later: whoever is served this home should not wait for that.
    with _serving(home, "indexer,api") as frozen:
        frozen.served.stop()


def _enough(claims: Any) -> bool:
    return sum(claim["state"] == "paid" for claim in claims["items"]) >= CLAIMS


def _counted(newest: int, pool: Any) -> bool:
    return pool["figures"] is not None and pool["figures"]["as_of_slot"] == newest


def _newest(rpc: str) -> int:
    """Slot of the newest transaction of the project's programs."""
    newest = {"limit": 1, "commitment": "confirmed"}
    found = [ask(rpc, "getSignaturesForAddress", str(each), newest) for each in LOCALNET.deployed.values()]
    return max(each[0]["slot"] for each in found if each)


@contextmanager
def _chain(state: Path, log: Path) -> Iterator[str]:
    """The local chain in a process of its own, as the server starts it; without a stage nobody moves its clock."""
    port = free_block(2)
    command = [sys.executable, "-m", "offchain.serve.chain_child", "--json", "--clock", "driven"]
    command += ["--port", str(port), "--ws-port", str(port + 1), "--state", str(state)]
    with log.open("w") as errors:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        said = _pipe(process.stdout).readline()
        assert said, f"the chain did not start: {log.read_text()}"
        yield json.loads(said)["http"]
    finally:
        _pipe(process.stdin).close()
        process.wait(PATIENCE)
        _pipe(process.stdout).close()


def _pipe(pipe: IO[str] | None) -> IO[str]:
    assert pipe is not None
    return pipe
