"""A keeper at work: a key with SOL and a node are all it has."""

import asyncio
from dataclasses import replace
from typing import Any

import pytest
from sqlmodel import col, select

from offchain.chain.market_view import MarketView
from offchain.chain.units import atoms
from offchain.database.tables.keeper_action import KeeperAction
from offchain.errors import PercosecError
from offchain.keeper.duties import DUTIES, sync
from offchain.keeper.job import Job
from offchain.keeper.ledger import DONE, FAILED, Total
from offchain.keeper.moment import Moment
from offchain.localnet.server import serving
from tests.stories.figures import assert_solvent
from tests.support.keeping import QUICK, Place, keeping
from tests.support.keys import User
from tests.support.lying_node import LyingNode
from tests.support.market import Market
from tests.support.world import World


def trade(market: Market, traders: int = 1) -> list[User]:
    """A covered market with traders who are long with a margin of 10 000 USDC each."""
    market.cover("400000")
    users = [market.trader("60000") for _ in range(traders)]
    for user in users:
        market.open(user, is_long=True, base="20", margin="10000")
    return users


def crash(world: World, usd: str = "6400") -> None:
    """A crash that lasts, so that the lagged price falls too; nobody but a keeper synchronises."""
    for _ in range(2):
        world.advance(seconds=30)
        world.push_price(usd)


def totals(found: list[Total]) -> dict[str, Total]:
    return {total.duty: total for total in found}


async def test_it_keeps_a_market_and_its_book_equals_the_chain(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market, traders=3)
    before = world.local.account(stranger.key).lamports
    async with keeping(place, stranger) as run:
        world.advance(epochs=1)
        world.push_price()
        await run.until(lambda: market.premium().route_epoch == world.epoch and market.score().epoch == world.epoch)
        crash(world)
        await run.until(lambda: market.perp().open_positions == 0 and market.registry().claims == 3)
        await run.quiet()
        book = totals(run.ledger.totals())
        spent = sum(total.lamports for total in book.values())
        earned = sum(total.usdc for total in book.values())
        status = run.keeper.status()
        created = len(run.steps("account"))
    rent = world.local.account(stranger.token).lamports
    after = world.local.account(stranger.key).lamports
    assert created == 1
    assert before - after == spent
    assert book["account"].lamports == rent + 5_000
    assert world.balance(stranger) == earned == status["usdc_earned"]
    assert market.registry().settled == market.perp().deficit_counter == atoms("30000")
    assert all(market.record(sequence).fee_collected for sequence in (1, 2, 3))
    assert set(book) >= {"score", "premiums", "resolution"}
    assert book["premiums"].usdc == 100_000
    assert book["resolution"].net(150_000_000) > 0
    assert sum(found["errors"] for found in status["duties"].values()) == 0
    assert_solvent(market)


async def test_each_step_of_a_transaction_is_one_line_without_a_key(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    async with keeping(place, stranger) as run:
        world.advance(epochs=1)
        world.push_price()
        await run.until(lambda: bool(run.steps("recorded")))
        steps = [line["step"] for line in run.lines if line.get("duty") == "score"]
        # Where the jump of the clock has outdated the blockhash it is sent a second time, with a new one.
        assert list(dict.fromkeys(steps)) == ["seen", "simulated", "sent", "confirmed", "recorded"]
        assert str(stranger.pair) not in run.log.getvalue()


async def test_two_keepers_pay_every_claim_once_and_the_slower_is_not_in_error(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market, traders=4)
    other = world.user(name="another stranger")
    async with keeping(place, stranger) as first, keeping(place, other) as second:
        crash(world)
        await first.until(lambda: market.perp().open_positions == 0 and market.registry().claims >= 1)
        await first.until(lambda: market.registry().settled == market.perp().deficit_counter)
        await first.quiet()
        await second.quiet()
        errors = [run.keeper.tally.sums()["errors"] for run in (first, second)]
    registry = market.registry()
    records = [market.record(sequence) for sequence in range(1, registry.claims + 1)]
    assert sum(record.deficit_amount for record in records) == market.perp().deficit_counter == atoms("40000")
    assert errors == [0, 0]
    assert_solvent(market)


async def test_a_dry_run_sends_nothing(world: World, market: Market, place: Place) -> None:
    trade(market)
    rich = world.user(name="dry stranger")
    crash(world)
    before = world.local.transaction_count
    settings = place.settings(replace(QUICK, dry_run=True))
    async with keeping(place, rich, settings) as run:
        await run.until(lambda: bool([line for line in run.steps("held") if line["duty"] == "resolution"]))
        assert all(line["reason"] == "dry" for line in run.steps("held"))
        assert run.ledger.totals() == []
    assert world.local.transaction_count == before


async def test_a_cap_halts_the_keeper_until_a_person_resumes_it(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market)
    settings = place.settings(replace(QUICK, max_lamports_hour=100_000))
    async with keeping(place, stranger, settings) as run:
        crash(world)
        await run.until(lambda: bool(run.steps("halted")))
        assert "max_lamports_hour" in run.keeper.status()["halted"]
    assert market.perp().open_positions == 1
    async with keeping(place, stranger) as run:
        assert run.keeper.executor.halted
        await asyncio.sleep(0.5)
        assert market.perp().open_positions == 1
        assert "max_lamports_hour" in str(run.ledger.resume())
        crash(world)
        await run.until(lambda: market.perp().open_positions == 0)
        assert run.steps("resumed")


async def test_it_goes_on_with_the_next_node_when_the_first_one_dies(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market)
    dying = serving(world.local)
    first = dying.__enter__()
    settings = place.settings(rpc_urls=(first.http, place.endpoints.http), ws_url=first.ws)
    async with keeping(place, stranger, settings) as run:
        assert run.keeper.status()["node"].endswith(str(first.http.rpartition(":")[2]))
        await asyncio.to_thread(dying.__exit__, None, None, None)
        crash(world)
        await run.until(lambda: market.perp().open_positions == 0)
        await run.until(lambda: market.registry().claims == 1)
        assert run.keeper.status()["node_failures"] > 0
        assert run.keeper.status()["node"].endswith(str(place.endpoints.http.rpartition(":")[2]))


async def test_without_subscriptions_it_only_hears_of_things_later(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market)
    settings = place.settings(ws_url="ws://127.0.0.1:9")
    async with keeping(place, stranger, settings) as run:
        assert not run.keeper.status()["subscribed"]
        crash(world)
        await run.until(lambda: market.perp().open_positions == 0)


async def test_what_does_not_pay_is_skipped_when_told_to_but_never_a_liquidation(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market)
    # At this price of SOL a claim record's rent costs more than the claim brings.
    settings = place.settings(replace(QUICK, skip_unprofitable=True, sol_price=100_000 * 10**6))
    async with keeping(place, stranger, settings) as run:
        world.advance(epochs=1)
        world.push_price()
        await run.until(lambda: any(line["reason"] == "unprofitable" for line in run.steps("held")))
        crash(world)
        await run.until(lambda: market.registry().claims == 1)
        await run.quiet()
        book = totals(run.ledger.totals())
    assert "score" not in book
    assert book["resolution"].net(100_000 * 10**6) < 0


async def test_below_the_reserve_only_urgent_things_are_done(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market)
    settings = place.settings(replace(QUICK, reserve_lamports=10**12))
    async with keeping(place, stranger, settings) as run:
        world.advance(epochs=1)
        world.push_price()
        await run.until(lambda: any(line["reason"] == "reserve" for line in run.steps("held")))
        crash(world)
        await run.until(lambda: market.registry().claims == 1)
    assert market.score().epoch < world.epoch


async def test_the_book_of_a_killed_process_is_completed(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    trade(market)
    async with keeping(place, stranger) as run:
        crash(world)
        await run.until(lambda: bool(run.steps("recorded")))
        await run.quiet()
        before = totals(run.ledger.totals())
    with place.database() as database, database.session() as session:
        for row in session.exec(select(KeeperAction)).all():
            row.status, row.lamports, row.usdc, row.slot = "sent", 0, 0, 0
            session.add(row)
        session.commit()
    async with keeping(place, stranger) as run:
        assert totals(run.ledger.totals()) == before
        assert any(line.get("recovered") for line in run.steps("recorded"))


async def test_an_unknown_duty_is_refused_by_name(place: Place, stranger: User) -> None:
    settings = place.settings(replace(QUICK, duties=("scores",)))
    with pytest.raises(PercosecError, match="no duty 'scores': choose from price, resolution"):
        async with keeping(place, stranger, settings):
            raise AssertionError("it should not start")


async def test_a_transaction_that_the_node_never_shows_again_keeps_no_keeper_from_starting(
    world: World, market: Market, place: Place, stranger: User
) -> None:
    """A node may know how a transaction ended and keep no transactions; others of unknown end are looked up."""
    trade(market, traders=3)
    async with keeping(place, stranger) as run:
        crash(world)
        await run.until(lambda: len(run.steps("recorded")) > 1)
        await run.quiet()
        before = totals(run.ledger.totals())
    with place.database() as database, database.session() as session:
        landed = select(KeeperAction).where(col(KeeperAction.status).in_([DONE, FAILED]))
        rows = session.exec(landed.order_by(col(KeeperAction.sent_ms))).all()
        hidden = rows[0].signature
        for row in rows:
            row.status, row.lamports, row.usdc, row.slot = "sent", 0, 0, 0
            session.add(row)
        session.commit()

    def forgetful(node: LyingNode, method: str, params: list[Any], answer: Any) -> Any:
        if method != "getTransaction" or params[0] != hidden:
            return answer
        node.told["forgotten"] += 1
        return None

    with LyingNode(place.endpoints.http, forgetful).serving() as node:
        settings = replace(place.settings(QUICK), rpc_urls=(node.url,))
        async with keeping(place, stranger, settings) as run:
            assert node.told["forgotten"] > 0
            found = run.ledger.totals()
            assert len(run.steps("recorded")) == len(rows) - 1
            assert (
                sum(total.transactions for total in found) == sum(total.transactions for total in before.values()) - 1
            )


async def test_a_market_that_a_duty_fails_on_keeps_no_other_from_being_kept(
    world: World, market: Market, place: Place, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    trade(market)

    def failing(view: MarketView, moment: Moment) -> list[Job]:
        raise ZeroDivisionError("a state that nobody thought of")

    monkeypatch.setitem(DUTIES, sync.NAME, failing)
    async with keeping(place, stranger) as run:
        world.advance(epochs=1)
        world.push_price()
        await run.until(lambda: market.score().epoch == world.epoch)
        assert any("nobody thought of" in line["message"] for line in run.steps("error"))
