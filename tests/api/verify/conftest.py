"""One scripted run with claims of every kind, and the verifying routes on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.building import Builder, builder_of
from tests.verify.story import Story


@pytest.fixture(scope="session")
def story() -> Story:
    """The run, played."""
    played = Story()
    played.play()
    return played


@pytest.fixture
def api(story: Story, tmp_path: Path) -> Iterator[Builder]:
    """The routes; the database has no tables, as the verifier needs none."""
    with builder_of(story.world, tmp_path) as builder:
        yield builder
