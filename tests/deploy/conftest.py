"""One deployment from nothing, which tests take copies of."""

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
    transactions: int
    """How many landed."""


@pytest.fixture(scope="session")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Deployed:
    """`percosec deploy` from nothing, by a process of its own, on a chain served on a port."""
    state = tmp_path_factory.mktemp("deployed") / "chain.sqlite"
    chain = LocalChain(clock="driven", start=START)
    with serving(chain) as endpoints:
        ended = deploy(endpoints.http)
    assert ended.code == 0, ended.errors
    chain.save(state)
    return Deployed(state, ended, chain.transaction_count)


@pytest.fixture
def chain(deployed: Deployed, tmp_path: Path) -> Iterator[LocalChain]:
    """A copy of the deployed chain."""
    with copy_of(deployed.state, tmp_path) as opened:
        yield opened


@pytest.fixture
def url(chain: LocalChain) -> Iterator[str]:
    """The same on a port."""
    with serving(chain) as endpoints:
        yield endpoints.http
