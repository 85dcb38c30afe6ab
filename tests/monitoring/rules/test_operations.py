"""Rules about keepers, indexer, jobs and programs, on a real chain and real rows."""

import asyncio
import time
from dataclasses import replace
from pathlib import Path

import pytest
from solders.account import Account
from sqlalchemy import text

from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.database.tables.keeper_action import KeeperAction
from offchain.deploy.loader_state import data_address
from offchain.indexer.errors import SecondIndexerError, WithheldError
from offchain.indexer.indexer import Indexer
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.facts.jobs import remove_jobs, write_jobs
from offchain.monitoring.rules.all import findings
from offchain.monitoring.rules.rule import Finding, Limits
from offchain.monitoring.watcher.duty import Duty, Status
from offchain.monitoring.watcher.report import DutyReport, JobState
from offchain.monitoring.watcher.watcher import Watcher
from offchain.settings.urls import shown
from tests.indexer.conftest import settings
from tests.monitoring.deployment import Deployment
from tests.support.lying_node import LyingNode, Withholding
from tests.support.patience import until
from tests.verify.story import Story

JOBS = {"indexer_lag", "transaction_withheld", "job_failing", "index_differs"}


def well(behind_ms: int = 0) -> DutyReport:
    """An indexer that has caught up so long ago."""
    now_ms = time.time_ns() // 1_000_000
    status = {"caught_up_ms": now_ms - behind_ms}
    return DutyReport("indexer", JobState.RUNNING, now_ms - 60_000, 1, 0, 0, "", None, None, 0, False, 0, status)


def test_a_keeper_that_runs_low(watched: Deployment, story: Story) -> None:
    wallet = story.world.user().key
    with watched.database.session() as session:
        session.add(
            KeeperAction(
                signature="s", wallet=str(wallet), duty="score", subject="m", key="k", cycle=0, sent_ms=0, status="done"
            )
        )
        session.commit()
    held = watched.look_at_chain().wallets[0]
    assert held.address == str(wallet) and held.lamports > 50_000_000
    assert watched.found("keeper_low") == []
    account = story.world.chain.account(wallet)
    assert account is not None
    story.world.local.set_account(wallet, Account(49_999_999, b"", account.owner))
    (found,) = watched.found("keeper_low")
    assert found.subject == str(wallet) and "49999999 lamports" in found.message
    story.world.local.set_account(wallet, Account(50_000_000, b"", account.owner))
    assert watched.found("keeper_low") == []


def test_wallets_of_the_settings_are_watched_too(watched: Deployment, story: Story) -> None:
    keeper = str(story.world.keeper.key)
    settings = replace(watched.context.settings.monitoring, keepers=(keeper,))
    watched.context = replace(watched.context, settings=replace(watched.context.settings, monitoring=settings))
    assert [wallet.address for wallet in watched.look_at_chain().wallets] == [keeper]


def test_an_upgraded_program(watched: Deployment, story: Story) -> None:
    assert [program.ours for program in watched.look_at_chain().programs if program.slot >= 0] == [True] * 5
    assert watched.found("program_upgraded") == []
    place = data_address(LOCALNET.insurance_pool)
    before = story.world.chain.account(place)
    assert before is not None
    upgraded = before.data[:4] + (77).to_bytes(8, "little") + before.data[12:-1] + b"\x01"
    story.world.local.set_account(place, Account(before.lamports, upgraded, before.owner))
    (found,) = watched.found("program_upgraded")
    assert found.subject == str(LOCALNET.insurance_pool)
    assert found.message.startswith("insurance_pool at") and "in slot 77" in found.message
    story.world.local.set_account(place, before)
    assert watched.found("program_upgraded") == []


def test_an_indexer_behind(watched: Deployment) -> None:
    behind = well(31_000)
    assert judged(watched, [behind]) == {"indexer_lag"}
    assert judged(watched, [well()]) == set()
    # One that stands by does not count, in either direction.
    waiting = replace(well(), name="indexer", status={"standing_by": True, "caught_up_ms": 0})
    assert judged(watched, [waiting]) == set()


def test_a_transaction_that_no_node_shows(watched: Deployment, tmp_path: Path) -> None:
    signature = str(watched.world.local.transactions()[-1].signature)
    with (
        open_database(f"sqlite:///{tmp_path / 'held.db'}") as database,
        LyingNode(watched.http, spoil := Withholding(signature)).serving() as node,
    ):
        indexer = Indexer(settings(node.url, "ws://127.0.0.1:1"), database, LOCALNET)

        async def follow() -> tuple[Status, Status]:
            with pytest.raises(WithheldError, match=signature):
                await indexer.catch_up()
            held = indexer.status()
            spoil.hiding = False
            await indexer.catch_up()
            await indexer.close()
            return held, indexer.status()

        # Never behind, however long the looks below take.
        now_ms = well().since_ms + 60_000
        held, shown_at_last = (
            replace(well(), status={**told, "caught_up_ms": now_ms + 3_600_000}) for told in asyncio.run(follow())
        )
        assert judged(watched, [held]) == {"transaction_withheld"}
        for named in (signature, shown(node.url)):
            assert named in message(watched, "transaction_withheld")
    assert judged(watched, [shown_at_last]) == set()
    assert judged(watched, [replace(held, status={**held.status, "standing_by": True})]) == set()


def test_jobs_in_trouble(watched: Deployment) -> None:
    keeper = replace(well(), name="keeper", status={})
    assert judged(watched, [well(), keeper]) == set()
    for bad in (
        replace(keeper, state=JobState.ENDED, last_error="GuardError: it was upgraded"),
        replace(keeper, state=JobState.WAITING, failures_in_row=3, last_error="RpcError: https://x/secret"),
        replace(keeper, stale=True, progress_age_ms=99_000),
    ):
        assert judged(watched, [well(), bad]) == {"job_failing"}
        assert "secret" not in message(watched, "job_failing")
    assert judged(watched, [well(), replace(keeper, failures_in_row=2, state=JobState.WAITING)]) == set()


def test_a_process_that_is_gone(watched: Deployment) -> None:
    write_jobs(watched.database, "other/keeper", [replace(well(), name="keeper", status={})])
    assert judged(watched, [well()]) == set()
    with watched.database.session() as session:
        session.execute(text("UPDATE job_reports SET seen_ms = seen_ms - 61000 WHERE instance = 'other/keeper'"))
        session.commit()
    assert judged(watched, [well()]) == {"job_failing"}
    assert "its process is gone or hangs" in message(watched, "job_failing")
    remove_jobs(watched.database, "other/keeper")  # as a process does that stops
    assert judged(watched, [well()]) == set()


def test_a_real_job_that_ended_for_good(watched: Deployment) -> None:
    async def second(_: asyncio.Event) -> None:
        raise SecondIndexerError("another indexer writes here: stop one")

    async def watch() -> list[DutyReport]:
        watcher, stop = Watcher(), asyncio.Event()
        watcher.add(Duty("indexer", second, dict, 10))
        task = asyncio.create_task(watcher.run(stop))
        await until(lambda: watcher.report()[0].state is JobState.ENDED, "its end")
        found = watcher.report()
        stop.set()
        await task
        return found

    assert judged(watched, asyncio.run(watch())) == {"job_failing"}
    assert "has ended for good (SecondIndexerError)" in message(watched, "job_failing")


def test_an_index_that_differs(watched: Deployment) -> None:
    comparison = replace(well(), name="comparison", status={"mismatches": 2, "mismatch": "pools.unvested of X"})
    assert judged(watched, [well(), comparison]) == {"index_differs"}
    assert judged(watched, [well(), replace(comparison, status={"mismatches": 0})]) == set()


def test_failures_that_have_doubled(watched: Deployment, story: Story) -> None:
    """A day of honest deposits, then an hour in which most are too small."""
    world, market = story.world, story.market
    provider = world.user(usdc="100000")
    for _ in range(4):
        for _ in range(10):
            market.deposit(world.user(usdc="100"), "10")
        world.advance(seconds=7_200)
    assert watched.found("failures_doubled") == []
    for _ in range(6):
        world.advance(seconds=60)
        with world.expect_error("E_MIN_DEPOSIT"):
            market.deposit(provider, "9.999999")
    (found,) = watched.found("failures_doubled")
    assert found.subject == "insurance_pool.deposit:E_MIN_DEPOSIT"
    assert "in 6 of 6 calls of the last hour, in 0 of 4" in found.message
    world.advance(seconds=7_200)
    market.deposit(world.user(usdc="100"), "10")
    assert watched.found("failures_doubled") == [], "the bad hour is part of the day before now"


def judged(watched: Deployment, reports: list[DutyReport]) -> set[str]:
    """The rules about jobs that find something when this process tells so."""
    write_jobs(watched.database, "here", reports)
    return {rule for rule, _ in _found(watched)} & JOBS


def message(watched: Deployment, rule: str) -> str:
    return next(found.message for (name, _), found in _found(watched).items() if name == rule)


def _found(watched: Deployment) -> dict[tuple[str, str], Finding]:
    facts = gather(watched.context)
    limits = Limits(watched.context.settings.monitoring, watched.world.parameters)
    return findings(facts, limits)
