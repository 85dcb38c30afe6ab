"""`percosec reindex` and `percosec db-hash`."""

import json

import pytest
from sqlalchemy import text

from offchain.cli import run
from offchain.database.database import Database
from offchain.indexer.db_hash import db_hash
from offchain.indexer.projections.tables import TableProjections
from tests.indexer.conftest import Life, caught_up


def projected(life: Life, database: Database) -> str:
    """Index everything with its projections; the digest."""
    caught_up(life.http, database, TableProjections(life.world.at, life.world.parameters))
    with database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM pools")).scalar_one() == 1
    return db_hash(database)


def test_reindex_restores_whatever_is_derived(
    life: Life, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    before = projected(life, database)
    with database.session() as session:
        session.execute(text("DELETE FROM pools"))
        session.execute(text("UPDATE events SET data = '{}', position = 7"))
        session.execute(text("DELETE FROM instructions WHERE program = 'risk_engine'"))
        session.execute(text("UPDATE transactions SET fee = fee + 1, error_code = 'E_NONE'"))
        session.commit()
    assert db_hash(database) != before
    url = database.url.render_as_string()
    assert run(["reindex", "--database", url, "--json", "--yes"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["db_hash"] == db_hash(database) == before
    assert run(["db-hash", "--database", url]) == 0
    assert capsys.readouterr().out.strip() == before


def test_reindex_from_the_chain_restores_everything(
    life: Life, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    before = projected(life, database)
    with database.session() as session:
        session.execute(text("UPDATE transactions SET raw = '{}', slot = slot + 1"))
        session.commit()
    url = database.url.render_as_string()
    line = ["reindex", "--from-chain", "--database", url, "--rpc", life.http, "--yes", "--json"]
    assert run(line) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["db_hash"] == db_hash(database) == before
    with database.reading() as session:
        assert told["transactions"] == session.execute(text("SELECT count(*) FROM transactions")).scalar_one()


def test_reindex_asks_first(database: Database, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["reindex", "--database", database.url.render_as_string(), "--json"]) != 0
    assert "add --yes" in capsys.readouterr().err
