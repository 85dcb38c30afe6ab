"""One scripted run for all tests of the verifier; whoever alters the state gets a copy."""

from pathlib import Path
from shutil import copyfile

import pytest

from offchain.verify import Report, report
from tests.verify.altering import State
from tests.verify.story import Story


@pytest.fixture(scope="session")
def story() -> Story:
    """The run, played."""
    played = Story()
    played.play()
    return played


@pytest.fixture(scope="session")
def kept(story: Story, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its state file."""
    path = tmp_path_factory.mktemp("kept") / "chain.sqlite"
    story.save(path)
    return path


@pytest.fixture(scope="session")
def clean(kept: Path) -> Report:
    """What the verifier says about it."""
    return report(kept)


@pytest.fixture
def state(kept: Path, tmp_path: Path) -> State:
    """A copy that may be altered."""
    copyfile(kept, tmp_path / "chain.sqlite")
    return State(tmp_path / "chain.sqlite")
