"""One deployment from nothing, which tests take copies of."""

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from tests.deploy.stage import START, Ended, copy_of, deploy


@dataclass(frozen=True)
class Deployed:
    """A chain on which everything was deployed."""

    state: Path
    """Its state file."""
    ended: Ended
    """What the command said."""


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """`percosec deploy` from nothing, by a process of its own, on a chain served on a port; once for all workers."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    state, said = folder / "deployed.sqlite", folder / "deployed.json"
    with (folder / "deployed.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not said.exists():
            _deploy(state, said)
    return Deployed(state, Ended(0, said.read_text(encoding="utf-8"), ""))


def _deploy(state: Path, said: Path) -> None:
    chain = LocalChain(clock="driven", start=START)
    with serving(chain) as endpoints:
        ended = deploy(endpoints.http)
    assert ended.code == 0, ended.errors
    chain.save(state)
    said.write_text(ended.output, encoding="utf-8")


@pytest.fixture
def chain(deployed: Deployed, tmp_path: Path) -> LocalChain:
    """A copy of the deployed chain."""
    return copy_of(deployed.state, tmp_path)


@pytest.fixture
def url(chain: LocalChain) -> Iterator[str]:
    """The same on a port."""
    with serving(chain) as endpoints:
        yield endpoints.http
