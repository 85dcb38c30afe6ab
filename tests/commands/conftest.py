"""A world served on ports, and the command line as a user runs it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.localnet.server import serving
from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def url(world: World) -> Iterator[str]:
    """The fresh world's chain behind JSON-RPC."""
    with serving(world.local) as endpoints:
        yield endpoints.http


@pytest.fixture
def terminal(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Terminal:
    """`percosec` with this chain as its node, and nothing else set in the environment."""
    for name in ("CLUSTER", "WS", "KEYPAIR", "DATABASE"):
        monkeypatch.delenv(f"PERCOSEC_{name}", raising=False)
    monkeypatch.setenv("PERCOSEC_RPC", url)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Terminal(tmp_path, capsys)


@pytest.fixture
def provider(world: World) -> User:
    """Somebody with 50 000 USDC."""
    return world.user(usdc="50000", name="cli provider")
