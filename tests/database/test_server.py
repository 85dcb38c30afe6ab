"""The tests' own PostgreSQL server works on a machine that has none."""

import psycopg
import pytest

from offchain.database.database import open_database
from tests.support import postgres


def test_a_machine_without_postgresql_takes_the_packaged_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "installed", lambda: None)
    with postgres.server() as template:
        url = template.format(name="postgres")
        with psycopg.connect(url) as connection:
            assert connection.execute("SHOW data_directory").fetchone() is not None
            folder = connection.execute("SHOW unix_socket_directories").fetchone()
            assert folder is not None
            assert folder[0] in url
        open_database(url).close()


def test_a_machine_without_either_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres, "installed", lambda: None)
    monkeypatch.setattr(postgres, "WHEEL", "no_such_package")
    with pytest.raises(pytest.fail.Exception, match=r"run \./scripts/test"), postgres.server():
        pass
