"""Every chart's figures on both databases, against the same figures from the chain itself."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlmodel import Session

from offchain.analytics.catalogue import QUERIES
from offchain.analytics.connection import ReadOnly
from offchain.analytics.query import Query
from offchain.database.database import Database, open_database
from offchain.database.tables.keeper_action import KeeperAction
from tests.analytics import independent
from tests.processor.conftest import Recorded

SOL = 150_000_000


def ask(database: Database, name: str, since: int = 0) -> list[dict[str, Any]]:
    query = QUERIES[name]
    values = {"since": since, "sol_price": SOL}
    readonly = ReadOnly(database.url)
    try:
        rows = readonly.rows(query.sql, {each: values[each] for each in query.parameters})
    finally:
        readonly.close()
    for row in rows:
        assert list(row) == list(query.columns)
        assert all(type(value) in (int, str) for value in row.values()), row
    return rows


def middle(lived: Recorded) -> int:
    """A time with something on both sides."""
    times = sorted(moment.time for _, moment in lived.events)
    return times[len(times) // 2]


@pytest.mark.parametrize("half", [False, True])
def test_failures(database: Database, lived: Recorded, half: bool) -> None:
    since = middle(lived) if half else 0
    wanted, calls = independent.failures(lived, since), independent.calls(lived, since)
    rows = ask(database, "failures", since)
    assert {
        (row["program"], row["instruction"], row["code"], row["raised_by"]): row["failed"] for row in rows
    } == wanted
    assert wanted["insurance_pool", "deposit", "E_MIN_DEPOSIT", "insurance_pool"] >= 4
    assert len(wanted) >= 3
    assert [row["failed"] for row in rows] == sorted((row["failed"] for row in rows), reverse=True)
    for row in rows:
        assert row["calls"] == calls[row["program"], row["instruction"]] >= row["failed"]
        assert row["share_bps"] == row["failed"] * 10_000 // row["calls"]


def test_failures_by_day(database: Database, lived: Recorded) -> None:
    rows = ask(database, "failures-by-day")
    found = {row["day"]: (row["transactions"], row["failed"]) for row in rows}
    assert found == independent.days(lived)
    assert len(found) > 1
    assert [row["share_bps"] for row in rows] == [row["failed"] * 10_000 // row["transactions"] for row in rows]


@pytest.mark.parametrize("half", [False, True])
def test_keepers(database: Database, lived: Recorded, half: bool) -> None:
    since = middle(lived) if half else 0
    wanted = independent.keepers(lived, since)
    rows = ask(database, "keepers", since)
    assert {row["keeper"] for row in rows} == set(wanted)
    total = sum(sum(sums.values()) for sums in wanted.values())
    assert total > 0
    for row in rows:
        sums = wanted[row["keeper"]]
        assert {name: row[name] for name in sums} == sums
        assert row["earned"] == sum(sums.values())
        assert row["share_bps"] == row["earned"] * 10_000 // total
        assert row["spent_by"] == "fees"
        assert row["spent"] >= 5_000 * row["transactions"] > 0
        cost = -(-row["spent"] // 1_000 * SOL // 10**6)
        assert 0 <= row["earned"] - row["profit"] - cost <= 1


def test_a_keeper_of_this_database_is_charged_what_its_book_says(database: Database, lived: Recorded) -> None:
    keeper = ask(database, "keepers")[0]["keeper"]
    signatures = [str(each.signature) for each in lived.chain.transactions()[-40:]]
    with database.session() as session:
        for place, signature in enumerate(signatures):
            session.add(_action(keeper, signature, 1_000_000 + place))
        session.add(_action(keeper, "never landed", 10**12))
        session.commit()
    row = next(row for row in ask(database, "keepers") if row["keeper"] == keeper)
    mine = {str(each.signature) for each in independent.ours(lived, 0)}
    assert row["spent"] == sum(1_000_000 + place for place, each in enumerate(signatures) if each in mine)
    assert row["spent_by"] == "book"


def _action(wallet: str, signature: str, lamports: int) -> KeeperAction:
    return KeeperAction(
        signature=signature, wallet=wallet, duty="score", subject="", key="", cycle=0, sent_ms=0, status="done",
        lamports=lamports,
    )  # fmt: skip


def test_premium_against_loss(database: Database, lived: Recorded) -> None:
    rows = ask(database, "premium-and-loss")
    found = {
        (row["market_id"], row["day"]): [row["premium"], row["payout"], row["providers_loss"], row["uncovered"]]
        for row in rows
    }
    assert found == independent.premium_and_loss(lived)
    sums = [sum(row[place] for row in found.values()) for place in range(4)]
    assert all(sums), "every column has something to show"


def test_cohorts(database: Database, lived: Recorded) -> None:
    rows = ask(database, "cohorts")
    wanted = independent.cohorts(lived)
    assert {(row["market_id"], row["day"]): {name: row[name] for name in _COHORT} for row in rows} == wanted
    assert sum(row["withdrawn"] for row in rows) > 0
    for row in rows:
        assert row["gain"] == row["held"] + row["withdrawn"] - row["deposited"]
        assert abs(row["gain_bps"] - row["gain"] * 10_000 / row["deposited"]) <= 1.01
    last = max(row["day"] for row in rows)
    assert {row["day"] for row in ask(database, "cohorts", last * independent.DAY)} == {last}


_COHORT = ("positions", "still_in", "deposited", "withdrawn", "held")


def test_scores_against_deficits(database: Database, lived: Recorded) -> None:
    rows = ask(database, "scores")
    wanted = independent.scores(lived)
    assert {(row["market_id"], row["score_from"]) for row in rows} == set(wanted)
    for row in rows:
        epochs, exposure, liquidations, deficit = wanted[row["market_id"], row["score_from"]]
        assert (row["epochs"], row["liquidations"], row["deficit"]) == (epochs, liquidations, deficit)
        assert row["open_interest"] == exposure // epochs
        assert row["deficit_per_million"] == deficit * 1_000 // (exposure // 1_000 + 1)
    assert sum(row["deficit"] for row in rows) > 0


def test_ten_days_of_march(march: Recorded) -> None:
    """Two markets, one of them calm: cohorts, claims and scores of a long recording."""
    with march.open() as database:
        cohorts = ask(database, "cohorts")
        assert {(row["market_id"], row["day"]): {name: row[name] for name in _COHORT} for row in cohorts} == (
            independent.cohorts(march)
        )
        flows = {(row["market_id"], row["day"]): row["payout"] for row in ask(database, "premium-and-loss")}
        assert flows == {key: sums[1] for key, sums in independent.premium_and_loss(march).items()}
        found = {(row["market_id"], row["score_from"]): row["deficit"] for row in ask(database, "scores")}
        assert found == {key: sums[3] for key, sums in independent.scores(march).items()}
        assert len({market for market, _ in flows}) == 2


@pytest.mark.parametrize("name", [name for name in QUERIES if name != "slow-queries"])
def test_the_exported_statement_gives_the_same_rows(database: Database, name: str) -> None:
    query = QUERIES[name]
    exported = query.runnable({"since": 0, "sol_price": SOL})
    assert ":since" not in exported
    with database.reading() as session:
        rows = [dict(row) for row in session.execute(text(exported.rstrip().rstrip(";"))).mappings()]
    assert rows == ask(database, name)
    if database.url.get_backend_name() == "sqlite":
        with closing(sqlite3.connect(str(database.url.database))) as plain:
            assert [tuple(row.values()) for row in rows] == plain.execute(exported).fetchall()


def test_an_empty_index_has_no_rows(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'empty.db'}") as empty:
        assert not any(ask(empty, name) for name in QUERIES if name != "slow-queries")


def test_parameters_are_numbers_whatever_is_given() -> None:
    query: Query = QUERIES["keepers"]
    with pytest.raises(ValueError, match="invalid literal"):
        query.runnable({"since": "0; DROP TABLE events", "sol_price": 1})  # type: ignore[dict-item]


def test_statements_of_a_session_are_not_needed(database: Database) -> None:
    """The page's connection is its own: a writer who holds the database does not hold it up."""
    with database.session() as session:
        assert isinstance(session, Session)
        session.execute(text("UPDATE events SET actor = actor"))
        assert ask(database, "failures")
