"""A watched market."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.monitoring.rules.all import RULES
from tests.monitoring.deployment import Deployment, deployment
from tests.support.postgres import postgres, postgres_url
from tests.verify.story import Story

__all__ = ["postgres", "postgres_url"]


@pytest.fixture
def story() -> Story:
    """A live market with cover, from the first transaction on."""
    story = Story()
    story.deposits()
    return story


@pytest.fixture
def watched(story: Story, tmp_path: Path) -> Iterator[Deployment]:
    with deployment(story.world, tmp_path) as found:
        yield found


@pytest.fixture(params=[rule.name for rule in RULES])
def rule(request: pytest.FixtureRequest) -> str:
    """Each rule's name."""
    return str(request.param)
