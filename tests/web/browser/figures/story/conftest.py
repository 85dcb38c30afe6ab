"""One app over a market at the end of its story, for every file of this folder; and eyes on any wallet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.settings.paths import ROOT
from offchain.web.bundle import is_current
from tests.support.figures.story import Told, serving_story
from tests.support.served import Served


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Told]:
    """The app, and the chain under it."""
    assert is_current(ROOT / "web"), "the bundle is not that of web/: run scripts/build_web"
    with serving_story(Path(tmp_path_factory.mktemp("story"))) as served:
        yield served


@pytest.fixture(scope="module")
def app(told: Told) -> Served:
    """What `screen` and `phone` open."""
    return told.served
