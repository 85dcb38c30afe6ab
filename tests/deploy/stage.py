"""Chains to deploy to, and `percosec deploy` as a process of its own."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, UPGRADEABLE_LOADER
from offchain.localnet.chain import LocalChain
from offchain.settings.paths import ROOT
from offchain.settings.project import load_project

START = 1_583_798_400
"""10 March 2020."""
SOL = 10**9
SECONDS = 600
"""In which every deployment ends."""


@dataclass(frozen=True)
class Ended:
    """A process that has ended."""

    code: int
    output: str
    errors: str

    @property
    def document(self) -> dict[str, Any]:
        """Its JSON document."""
        assert self.output, self.errors
        found: dict[str, Any] = json.loads(self.output)
        return found

    @property
    def titles(self) -> list[str]:
        """The steps of its plan."""
        return [step["title"] for step in self.document["plan"]["steps"]]


def start(url: str, *arguments: str, artifacts: Path | None = None) -> subprocess.Popen[str]:
    """`percosec deploy` on the chain behind `url`, begun."""
    command = [sys.executable, "-m", "offchain.cli", "deploy", "--rpc", url, *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PERCOSEC_")}
    environment = kept | ({"PERCOSEC_ARTIFACTS": str(artifacts)} if artifacts else {})
    return subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def deploy(url: str, *arguments: str, artifacts: Path | None = None) -> Ended:
    """The same, run to its end."""
    process = start(url, "--json", "--yes", *arguments, artifacts=artifacts)
    try:
        output, errors = process.communicate(timeout=SECONDS)
    finally:
        process.kill()
    return Ended(process.returncode, output, errors)


def copy_of(state: Path, folder: Path) -> LocalChain:
    """The chain saved in `state`, taken up again in memory."""
    copy = folder / "copy.sqlite"
    shutil.copyfile(state, copy)
    chain = LocalChain(clock="driven", state=copy)
    chain.close()  # it lives on without a file, which every write to a buffer would be slower with
    return chain


def protocol_accounts(chain: LocalChain) -> dict[Pubkey, Account]:
    """Every account of the programs, the loader and the token program."""
    adapters = map(Pubkey.from_string, load_project().cluster("localnet").adapters.values())
    owners = [*LOCALNET.programs.values(), *adapters, UPGRADEABLE_LOADER, TOKEN_PROGRAM]
    return {key: account for owner in owners for key, account in chain.accounts_owned_by(owner)}
