"""Keeper processes of strangers: a fresh key with some SOL and an RPC address, nothing else."""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.tokens import associated, token_balance
from offchain.demo.stage import Stage
from offchain.localnet.endpoints import Endpoints
from scripts.benches.errors import BenchError
from scripts.benches.processes import python, start, stop, tail

FUNDS = 5 * 10**9
"""Lamports that a stranger starts with."""


@dataclass(frozen=True)
class Purse:
    """What a keeper holds, read from the chain."""

    atoms: int
    """USDC."""
    lamports: int


@dataclass
class Keeper:
    """One keeper, over all the processes that it takes."""

    name: str
    folder: Path
    endpoints: Endpoints
    settings: dict[str, str]
    """Environment variables `PERCOSEC_*` beyond the key, the node and the database."""
    keypair: Keypair = field(default_factory=Keypair)
    kills: list[str] = field(default_factory=list)
    """The log points at which it was killed, in order."""
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.key_file.write_text(self.keypair.to_json())
        self.key_file.chmod(0o600)

    @property
    def key(self) -> Pubkey:
        """Its public key."""
        return self.keypair.pubkey()

    @property
    def key_file(self) -> Path:
        """The key in Solana's format."""
        return self.folder / f"{self.name}.json"

    @property
    def log(self) -> Path:
        """Everything that its processes printed."""
        return self.folder / f"{self.name}.log"

    @property
    def database(self) -> str:
        """Where it keeps its ledger."""
        return f"sqlite:///{self.folder / self.name}.db"

    def purse(self, stage: Stage, mint: Pubkey) -> Purse:
        """What it holds now."""
        address = associated(self.key, mint)
        token = stage.chain.account(address)
        wallet = stage.chain.account(self.key)
        return Purse(token_balance(token, address).amount if token else 0, wallet.lamports if wallet else 0)

    def start(self, points: Path | None = None) -> None:
        """Start a process; with a file of points it kills itself with signal 9 at the next one (see `armed`)."""
        module = ["-m", "scripts.benches.march.armed", str(points), "--"] if points else ["-m", "offchain.cli"]
        command = python(*module, "keeper", "run", "--rpc", self.endpoints.http, "--keypair", str(self.key_file))
        self.process = start(command, self.log, self._environment())

    def died(self) -> bool:
        """Whether its process ended by signal 9; BenchError when it ended in any other way by itself."""
        if self.process is None or self.process.poll() is None:
            return False
        if self.process.returncode != -signal.SIGKILL:
            raise BenchError(f"keeper {self.name} ended by itself ({self.process.returncode}): {tail(self.log)}")
        return True

    def kill(self) -> None:
        """Kill it with signal 9 from outside."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """Let it finish what it has begun; returns its exit code."""
        return stop(self.process) if self.process is not None else 0

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("PERCOSEC_")}
        local = {
            "PERCOSEC_CLUSTER": "localnet",
            "PERCOSEC_WS": self.endpoints.ws,
            "PERCOSEC_DATABASE": self.database,
        }
        return inherited | local | self.settings
