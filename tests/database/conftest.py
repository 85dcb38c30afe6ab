"""Fresh databases of both kinds."""

from pathlib import Path

import pytest

from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'percosec.db'}"
    return str(request.getfixturevalue("postgres_url"))
