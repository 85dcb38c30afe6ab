"""Slow queries: PostgreSQL's own count where it is switched on, this process's otherwise."""

from pathlib import Path

import psycopg
import pytest
from litestar.testing import TestClient

from offchain.database.database import open_database
from tests.analytics.test_page import app
from tests.support.postgres import installed, server

EXTENSION = "pg_stat_statements"


def has_extension() -> bool:
    """Whether the server that the tests use comes with it; the one from PyPI does not."""
    tools = installed()
    return tools is not None and any((tools.parent / "lib").glob(f"{EXTENSION}.*"))


@pytest.mark.parametrize("created", [False, True])
def test_the_servers_own_count_is_shown_where_there_is_one(created: bool, tmp_path: Path) -> None:
    counted = created and has_extension()
    with server(*([f"shared_preload_libraries={EXTENSION}"] if counted else [])) as template:
        url = template.format(name="postgres")
        if counted:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f"CREATE EXTENSION {EXTENSION}")
                connection.execute("SELECT 'a statement of somebody else'::text, pg_sleep(0.2)")
        with open_database(url) as database, TestClient(app(database, 10**9)) as client:
            page = client.get("/analytics").text
            rows = client.get("/analytics/slow-queries.csv").text
            sql = client.get("/analytics/slow-queries.sql").text
    assert ("pg_sleep" in rows) == ("pg_sleep" in page) == counted
    assert ("FROM pg_stat_statements" in sql) == counted
    assert ("measured by this process" in sql) == (not counted)
    assert rows.splitlines()[0] == "statement,calls,total_us,mean_us,most_us"
    assert len(rows.splitlines()) > 3
