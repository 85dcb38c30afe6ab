"""One app over a market that stands still, for every file of this folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.settings.paths import ROOT
from offchain.web.bundle import is_current
from tests.support.figures.frozen import Frozen, frozen_home, serving_frozen
from tests.support.served import Served


@pytest.fixture(scope="session")
def frozen(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Frozen]:
    """The app, and the chain under it. Only processes live as long as the session; browsers end with each file."""
    assert is_current(ROOT / "web"), "the bundle is not that of web/: run scripts/build_web"
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    with serving_frozen(frozen_home(shared), Path(tmp_path_factory.mktemp("figures")) / "home") as served:
        yield served


@pytest.fixture(scope="module")
def app(frozen: Frozen) -> Served:
    """What `screen` and `phone` open."""
    return frozen.served
