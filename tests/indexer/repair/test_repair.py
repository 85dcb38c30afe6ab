"""Logs that nodes cut off: looked for elsewhere, found out by running again, or made good from the accounts."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.database.database import Database, open_database
from offchain.database.tables.account_repair import AccountRepair
from offchain.database.tables.event import Event
from offchain.database.tables.log_repair import LogRepair
from offchain.database.tables.transaction import Transaction
from offchain.indexer.db_hash import db_hash, tables_digest
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.compare import compare
from offchain.indexer.projections.tables import TableProjections, load_projector
from offchain.indexer.store.rebuild import rebuild
from offchain.indexer.store.store import Store
from offchain.settings.project import load_project
from tests.indexer.conftest import Life, caught_up, settings
from tests.support.lying_node import LyingNode, every

PARAMETERS = load_project().profile("development").parameters
WHOLE, ACCOUNTS = "getTransaction", "getMultipleAccounts"


@dataclass
class Undisturbed:
    """What an indexer with projections makes of the life."""

    digest: str
    tables: dict[str, str]


@pytest.fixture(scope="module")
def undisturbed(life: Life, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    with open_database(f"sqlite:///{tmp_path_factory.mktemp('repair') / 'whole.db'}") as opened:
        caught_up(life.http, opened, TableProjections(LOCALNET, PARAMETERS))
        yield Undisturbed(*tables_digest(opened))


def cut(found: dict[str, Any]) -> Any:
    """The node stops after two lines and says so."""
    logs = found["meta"]["logMessages"]
    return {**found, "meta": {**found["meta"], "logMessages": [*logs[:2], "Log truncated"]}}


def silent(found: dict[str, Any]) -> Any:
    """It loses the end of them and does not say so."""
    return {**found, "meta": {**found["meta"], "logMessages": found["meta"]["logMessages"][:1]}}


def gapped(found: dict[str, Any]) -> Any:
    """As the runtime does it: a line that finds no room is left out, a shorter one after it is kept."""
    logs = found["meta"]["logMessages"]
    return {**found, "meta": {**found["meta"], "logMessages": [*logs[:1], "Log truncated", logs[-1]]}}


def other_units(found: dict[str, Any]) -> Any:
    """One line on compute units is another one, as with another version of the runtime; the rest is cut off."""
    logs = found["meta"]["logMessages"]
    last = max(index for index, line in enumerate(logs) if " consumed " in line)
    told = [line.replace(" consumed ", " consumed 1") if index == last else line for index, line in enumerate(logs)]
    return {**found, "meta": {**found["meta"], "logMessages": told[: last + 1]}}


def no_units(found: dict[str, Any]) -> Any:
    """It counts one compute unit less in all."""
    units = found["meta"]["computeUnitsConsumed"] - 1
    return {**found, "meta": {**cut(found)["meta"], "computeUnitsConsumed": units}}


def assert_as_on_chain(life: Life, database: Database) -> None:
    with database.reading() as session:
        projector = load_projector(session, LOCALNET, PARAMETERS)
    found = compare(projector, EmbeddedChain(life.world.local))
    assert found.mismatches == []
    assert found.accounts["ProviderPosition"] > 0


def repairs(database: Database) -> list[LogRepair]:
    with database.reading() as session:
        return list(session.exec(select(LogRepair)))


@pytest.mark.parametrize(("number", "how"), [(1, cut), (7, silent), (5, gapped)])
def test_a_transaction_is_run_again_and_is_stored_as_if_nothing_had_been_cut_off(
    life: Life, database: Database, undisturbed: Undisturbed, number: int, how: Any
) -> None:
    with LyingNode(life.http, every(number, "cut", WHOLE, how)).serving() as node:
        indexer = caught_up(node.url, database, TableProjections(LOCALNET, PARAMETERS))
    found = repairs(database)
    status = indexer.status()
    assert {row.how for row in found} == {"rerun"}
    assert 5 < len(found) == status["rerun"] == status["truncated"] <= node.told["cut"]
    assert (status["lost"], status["rebased"], status["doubtful"]) == (0, 0, False)
    assert tables_digest(database) == (undisturbed.digest, undisturbed.tables)
    with database.reading() as session:
        rows = session.exec(select(Transaction.signature, Transaction.truncated, Transaction.raw)).all()
        failures = session.exec(select(Transaction.error_code).where(col(Transaction.error_code).is_not(None))).all()
    assert not any(truncated for _, truncated, _ in rows), "nothing is missing any more"
    assert list(failures) == ["E_MIN_DEPOSIT"], "a failure's cause is found in the whole logs"
    spoiled = {signature: how({"meta": {"logMessages": raw["meta"]["logMessages"]}}) for signature, _, raw in rows}
    for row in found:
        assert row.logs is None, "the document carries them"
        assert row.told == spoiled[row.signature]["meta"]["logMessages"], "what the node told is kept"
    assert_as_on_chain(life, database)


@pytest.mark.parametrize("how", [other_units, no_units])
def test_a_document_whose_told_part_does_not_agree_stays_as_it_was_told(
    life: Life, database: Database, undisturbed: Undisturbed, how: Any
) -> None:
    spoiled: dict[str, Any] = {}

    def remembered(found: dict[str, Any]) -> Any:
        if found["meta"]["err"] is not None:
            return found  # its last line on compute units may be its end: nothing would be missing
        told = how(found)
        spoiled[told["transaction"]["signatures"][0]] = told
        return told

    with LyingNode(life.http, every(4, "cut", WHOLE, remembered)).serving() as node:
        caught_up(node.url, database, TableProjections(LOCALNET, PARAMETERS))
    found = repairs(database)
    with database.reading() as session:
        stored = dict(session.exec(select(Transaction.signature, Transaction.raw)).all())
    assert len(found) == len(spoiled) > 5
    for row in found:
        assert (row.how, row.told) == ("rerun", None)
        assert stored[row.signature]["meta"] == spoiled[row.signature]["meta"]
        assert len(row.logs or ()) > len(stored[row.signature]["meta"]["logMessages"])
    tables = tables_digest(database)[1]
    assert {name for name, digest in tables.items() if digest != undisturbed.tables[name]} == {"transactions"}


def test_a_reindex_makes_the_same_of_what_was_repaired(
    life: Life, database: Database, undisturbed: Undisturbed
) -> None:
    with LyingNode(life.http, every(9, "cut", WHOLE, cut)).serving() as node:
        caught_up(node.url, database, TableProjections(LOCALNET, PARAMETERS))
    assert repairs(database)
    before = db_hash(database)
    assert before == undisturbed.digest
    rebuild(Store(database, TableProjections(LOCALNET, PARAMETERS), LOCALNET), LOCALNET)
    assert db_hash(database) == before


def test_a_cut_transaction_that_is_told_of_too_late_is_completed_in_its_place(
    life: Life, database: Database, undisturbed: Undisturbed
) -> None:
    """A failed one, which the projections do not miss."""
    kept_back = {str(record.signature) for record in life.world.local.transactions() if record.err is not None}
    hiding = True

    def hide(_node: LyingNode, method: str, _params: list[Any], answer: Any) -> Any:
        if not hiding or method != "getSignaturesForAddress":
            return answer
        return [entry for entry in answer if entry["signature"] not in kept_back]

    def cut_those(node: LyingNode, method: str, params: list[Any], answer: Any) -> Any:
        return cut(answer) if method == WHOLE and params[0] in kept_back else answer

    with LyingNode(life.http, hide, cut_those).serving() as node:
        two = settings(node.url, "ws://127.0.0.1:1")
        indexer = Indexer(two, database, LOCALNET, TableProjections(LOCALNET, PARAMETERS))

        async def follow() -> None:
            nonlocal hiding
            try:
                await indexer.catch_up()
                hiding = False
                indexer._ears.heard.update(dict.fromkeys(kept_back, 0))
                await indexer.catch_up()
            finally:
                await indexer.close()

        asyncio.run(follow())
    assert indexer.status()["late"] == len(kept_back) == len(repairs(database)) > 0
    assert tables_digest(database) == (undisturbed.digest, undisturbed.tables)


def test_another_node_that_kept_them_is_asked_first(life: Life, database: Database, undisturbed: Undisturbed) -> None:
    with LyingNode(life.http, every(1, "cut", WHOLE, cut)).serving() as node:
        two = replace(settings(node.url, "ws://127.0.0.1:1"), rpc_urls=(node.url, life.http))
        indexer = Indexer(two, database, LOCALNET, TableProjections(LOCALNET, PARAMETERS))

        async def follow() -> None:
            try:
                await indexer.catch_up()
            finally:
                await indexer.close()

        asyncio.run(follow())
    assert indexer.status()["truncated"] > 20
    assert repairs(database) == []
    assert db_hash(database) == undisturbed.digest


def test_what_stays_lost_is_made_good_from_the_accounts_and_marked(
    life: Life, database: Database, undisturbed: Undisturbed
) -> None:
    without = every(1, "accounts", ACCOUNTS, lambda answer: {**answer, "value": [None for _ in answer["value"]]})
    with LyingNode(life.http, every(7, "cut", WHOLE, cut), without).serving() as node:
        indexer = caught_up(node.url, database, TableProjections(LOCALNET, PARAMETERS))
    found, status = repairs(database), indexer.status()
    assert {row.how for row in found} == {"lost"}
    assert all(row.reason and row.logs is None for row in found)
    assert {row.rebased_slot for row in found} == {status["stored_slot"]}
    assert status["lost"] == len(found) > 5
    with database.reading() as session:
        marked = session.exec(select(Transaction.signature).where(Transaction.truncated)).all()
        taken = session.exec(select(AccountRepair)).all()
        events = session.exec(select(Event)).all()
    assert set(marked) >= {row.signature for row in found}
    assert 0 < len(taken) == status["rebased"]
    assert events, "the others are stored"
    assert tables_digest(database)[1]["events"] != undisturbed.tables["events"]
    assert not status["doubtful"]
    assert_as_on_chain(life, database)
    before = db_hash(database)
    rebuild(Store(database, TableProjections(LOCALNET, PARAMETERS), LOCALNET), LOCALNET)
    assert db_hash(database) == before, "what was read from the accounts is kept, and put in its place"


def test_the_accounts_of_a_later_slot_are_not_taken(life: Life, tmp_path: Path) -> None:
    """A transaction that lands while the accounts are read is in them and not in the projections."""
    without = every(1, "accounts", ACCOUNTS, lambda answer: {**answer, "value": [None for _ in answer["value"]]})
    hidden = str(life.world.local.transactions()[-1].signature)
    shown = False

    def hide(_node: LyingNode, method: str, _params: list[Any], answer: Any) -> Any:
        return (
            answer
            if shown or method != "getSignaturesForAddress"
            else [entry for entry in answer if entry["signature"] != hidden]
        )

    def reveal(node: LyingNode, method: str, _params: list[Any], answer: Any) -> Any:
        nonlocal shown
        if method == "getProgramAccounts":
            shown = True
            node.told["read"] += 1
        return answer

    with open_database(f"sqlite:///{tmp_path / 'late.db'}") as database:
        with LyingNode(life.http, every(7, "cut", WHOLE, cut), without, hide, reveal).serving() as node:
            indexer = caught_up(node.url, database, TableProjections(LOCALNET, PARAMETERS))
        assert node.told["read"] > len(LOCALNET.programs), "read again after the first time"
        assert not indexer.status()["doubtful"]
        assert_as_on_chain(life, database)


def test_a_record_that_makes_no_sense_is_lost_and_holds_nothing_up(life: Life, database: Database) -> None:
    """A node that keeps neither logs nor balances: the transaction can't be run again, and the next ones are stored."""

    def bare(found: dict[str, Any]) -> Any:
        meta = {name: value for name, value in cut(found)["meta"].items() if not name.startswith("pre")}
        return {**found, "meta": meta}

    with LyingNode(life.http, every(7, "bare", WHOLE, bare)).serving() as node:
        indexer = caught_up(node.url, database, TableProjections(LOCALNET, PARAMETERS))
    found = repairs(database)
    assert {row.how for row in found} == {"lost"}
    assert indexer.status()["lost"] == len(found) > 5
    assert all("makes no sense" in (row.reason or "") for row in found)
    assert indexer.status()["stored_slot"] == life.world.local.transactions()[-1].slot
    assert_as_on_chain(life, database)
