"""The page as a browser gets it."""

import csv
from collections.abc import Iterator
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import text

from offchain.analytics.catalogue import QUERIES
from offchain.analytics.plugin import AnalyticsPlugin
from offchain.api.context import ApiContext
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.settings.project import load_project
from tests.indexer.conftest import settings
from tests.processor.conftest import PARAMETERS, Recorded

VOID = {"meta", "link"}


class Read(HTMLParser):
    """Tags, texts and whether they are well nested."""

    def __init__(self, document: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(document)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def app(database: Database, now: int) -> Litestar:
    context = ApiContext(
        settings=settings("http://127.0.0.1:1", "ws://127.0.0.1:1"),
        project=load_project(),
        at=LOCALNET,
        parameters=PARAMETERS,
        database=database,
        now=lambda: now,
        chain=None,
    )
    plugins = [ApiPlugin(context, ApiOptions(rate=0)), AnalyticsPlugin(context)]
    return Litestar([], plugins=plugins, logging_config=None)


@pytest.fixture
def client(database: Database, lived: Recorded) -> Iterator[TestClient[Litestar]]:
    with TestClient(app(database, lived.now)) as opened:
        yield opened


def test_the_page_under_a_strict_policy(client: TestClient[Litestar], database: Database) -> None:
    answer = client.get("/analytics?days=0")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    policy = answer.headers["content-security-policy"]
    assert "style-src 'self'" in policy and "unsafe-inline" not in policy
    read = Read(answer.text)
    for tag, attributes in read.tags:
        assert tag not in ("script", "style"), tag
        assert not {name for name in attributes if name == "style" or name.startswith("on")}, (tag, attributes)
        for name in ("href", "src"):
            assert str(attributes.get(name, "/")).startswith(("/", "data:,")), "nothing from elsewhere"
    sections = [attributes["id"] for tag, attributes in read.tags if tag == "section"]
    assert sections == list(QUERIES)
    assert sum(tag == "svg" for tag, _ in read.tags) >= len(QUERIES)
    assert sum(tag == "rect" for tag, _ in read.tags) > 20
    for words in ("E_MIN_DEPOSIT", "insurance_pool", "USDC", "SOL", "deficit per million"):
        assert words in answer.text, words
    if database.url.get_backend_name() == "sqlite":
        assert "FROM transactions" in answer.text, "statements that this page itself has caused"
    files(client)
    other_periods(client)


def files(client: TestClient[Litestar]) -> None:
    """Each chart's CSV has as many rows as its table, and its SQL is the statement of the catalogue."""
    style = client.get("/analytics/style.css")
    assert style.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in style.text
    for name, query in QUERIES.items():
        answer = client.get(f"/analytics/{name}.csv?days=0")
        assert answer.headers["content-type"].startswith("text/csv")
        assert f'filename="{name}.csv"' in answer.headers["content-disposition"]
        head, *rows = csv.reader(StringIO(answer.text))
        assert len(head) == len(query.columns)
        assert rows
        assert all(len(row) == len(head) for row in rows)
        sql = client.get(f"/analytics/{name}.sql?days=0").text
        assert ":since" not in sql
        assert ("SELECT" in sql) == (name != "slow-queries")
    header = client.get("/analytics/premium-and-loss.csv?days=0").text.splitlines()[0]
    assert header == "market_id,day_utc,premium_atoms,payout_atoms,providers_loss_atoms,uncovered_atoms"
    for wrong in ("nothing.csv", "failures.exe", "failures", "..%2f..%2fetc%2fpasswd"):
        assert client.get(f"/analytics/{wrong}").status_code == 404


def other_periods(client: TestClient[Litestar]) -> None:
    """Fewer days hold fewer rows; nonsense is refused."""
    all_rows = client.get("/analytics/failures-by-day.csv?days=0").text.splitlines()
    one_day = client.get("/analytics/failures-by-day.csv?days=1").text.splitlines()
    assert 2 <= len(one_day) < len(all_rows)
    for wrong in ("-1", "x", "99999999999"):
        answer = client.get(f"/analytics?days={wrong}")
        assert answer.status_code == 400
        assert answer.headers["content-type"].startswith("application/problem+json")


def test_an_empty_index_says_so(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'empty.db'}") as database, TestClient(app(database, 10**9)) as client:
        answer = client.get("/analytics")
        assert answer.text.count("Nothing of this kind has happened in these days.") >= len(QUERIES) - 1
        assert client.get("/analytics/failures.csv").text.count("\n") == 1


def test_a_database_that_is_gone_is_told_in_its_place(tmp_path: Path) -> None:
    file = tmp_path / "gone.db"
    with open_database(f"sqlite:///{file}") as database, TestClient(app(database, 10**9)) as client:
        for each in tmp_path.glob("gone.db*"):
            each.rename(each.with_suffix(each.suffix + ".away"))
        answer = client.get("/analytics")
        assert answer.status_code == 200
        assert "look at the database" in answer.text


def test_what_the_chain_says_is_never_markup(tmp_path: Path, lived: Recorded) -> None:
    """A failing program's name and code come from strangers."""
    evil = "<script>alert(1)</script>"
    with lived.copy(tmp_path) as database:
        with database.session() as session:
            session.execute(
                text("UPDATE transactions SET error_code = :evil WHERE error_code IS NOT NULL"), {"evil": evil}
            )
            session.execute(text("UPDATE keeper_earnings SET actor = '=HYPERLINK(1)'"))
            session.commit()
        with TestClient(app(database, lived.now)) as client:
            document = client.get("/analytics?days=0").text
            assert "<script" not in document
            assert "&lt;script&gt;alert(1)" in document
            assert "\n'=HYPERLINK(1)," in client.get("/analytics/keepers.csv?days=0").text


def test_it_is_not_there_unless_it_is_added(database: Database, lived: Recorded) -> None:
    context_app = app(database, lived.now)
    assert any(route.path == "/analytics" for route in context_app.routes)
    bare = Litestar([], plugins=[context_app.plugins.get(ApiPlugin)], logging_config=None)
    assert not any(route.path.startswith("/analytics") for route in bare.routes)
    assert "/analytics" not in context_app.openapi_schema.to_schema()["paths"]
