"""Servers of prices and databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.database.database import Database, open_database
from tests.prices.servers import Exchange, binance, hermes, listening
from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database."""
    with open_database(f"sqlite:///{tmp_path / 'prices.db'}") as opened:
        yield opened


@pytest.fixture
def pyth() -> Exchange:
    """What Hermes says."""
    return Exchange()


@pytest.fixture
def pyth_url(pyth: Exchange) -> Iterator[str]:
    """A Hermes."""
    with listening(hermes(pyth)) as url:
        yield url


@pytest.fixture
def exchange() -> Exchange:
    """What Binance says."""
    return Exchange()


@pytest.fixture
def binance_url(exchange: Exchange) -> Iterator[str]:
    """A Binance."""
    with listening(binance(exchange)) as url:
        yield url
