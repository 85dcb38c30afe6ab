"""SQLite and PostgreSQL hold the same: every table of a market's whole life, and after everything was made anew."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from offchain.chain.addresses import LOCALNET
from offchain.cli import run
from offchain.database.database import open_database
from offchain.database.tables import metadata
from offchain.indexer.db_hash import CHAIN_TABLES, tables_digest
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from tests.indexer.conftest import caught_up
from tests.support.lives import lived_world


def test_both_backends_hold_the_same(tmp_path: Path, postgres_url: str, capsys: pytest.CaptureFixture[str]) -> None:
    world = lived_world()
    with serving(world.local) as endpoints:
        digests = []
        for url in (f"sqlite:///{tmp_path / 'one.db'}", postgres_url):
            with open_database(url) as database:
                caught_up(endpoints.http, database, TableProjections(LOCALNET, world.parameters))
                digests.append(tables_digest(database))
                with database.reading() as session:
                    for name in CHAIN_TABLES:
                        table = metadata().tables[name]
                        assert session.execute(select(func.count()).select_from(table)).scalar_one() > 0, name
            assert run(["reindex", "--database", url, "--json", "--yes"]) == 0
            assert f'"{digests[0][0]}"' in capsys.readouterr().out
    assert digests[0] == digests[1]
