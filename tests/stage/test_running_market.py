"""A market that runs: the crash of March 2020 on the real programs, with the app's own keeper and price bot."""

import asyncio
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from offchain.chain.backends.rpc import RpcChain
from offchain.chain.events.generated.risk_engine import PriceAccepted
from offchain.chain.events.parse import parse_events
from offchain.chain.market_view import MarketView
from offchain.chain.tokens import mint_supply
from offchain.data import MARCH_2020
from offchain.demo.balance import balance_sheet
from offchain.demo.candles import read_candles
from offchain.demo.ticks import ticks_of
from offchain.demo.window import read_time
from offchain.indexer.projections.reducers.claims import COMPLETE
from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from offchain.settings.stage import StageSettings
from offchain.stage.driven_clock import DrivenClock
from offchain.stage.errors import StageError
from offchain.stage.plans import CAREFUL, RECKLESS
from offchain.stage.running_market import RunningMarket
from offchain.verify import report
from offchain.verify.evidence.node import Node
from offchain.verify.evidence.rpc import read_rpc
from offchain.verify.read.programs import Programs
from tests.support.theatre import Theatre, market_id, racing_from, theatre

CRASH = 11
"""Epoch of 12 March 2020, 10:30, where a chain begins at 08:00 in its epoch 1."""


async def test_a_crash_is_played_and_life_goes_on(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-03-12T08:00")) as place:
        async with place.playing() as run:
            await run.reach(CRASH)
            before = await place.look()
            await run.reach(CRASH + 12)
        after = await place.look()
        assert run.number("late") == run.number("node_failures") == 0, run.market.status()
        assert run.market.status()["phase"] == "stopped"
        await assert_prices_are_the_recording(place)
        assert_isolated(before.markets(), after.markets())
        reckless = after.market(market_id("BTC-20X"))
        assert reckless is not None
        await asyncio.to_thread(assert_claims_are_verified, place, reckless)
        assert_market_lives(reckless)


async def test_a_restart_goes_on_where_the_chain_stands(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-03-11T00:00")) as place:
        async with place.playing() as first:
            await first.reach(7)
        stood = await place.look()
        assert place.chain._process is not None
        place.chain._process.send_signal(signal.SIGKILL)
        place.chain.stop()
        await asyncio.to_thread(place.chain.start)
        async with place.playing() as second:
            await second.reach(13)
            assert second.number("node_failures") == 0, second.market.status()
        went_on = await place.look()
    assert second.number("chain_time") > first.number("chain_time")
    assert [view.id for view in stood.markets()] == [view.id for view in went_on.markets()]
    for old, view in zip(stood.markets(), went_on.markets(), strict=True):
        assert_nobody_acts_twice(view)
        assert view.score.epoch >= 12 > old.score.epoch, "the score of the epoch before, at least"
        assert set(old.providers) <= set(view.providers)


async def test_a_node_that_is_gone_for_a_while_is_waited_for(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-03-11T00:00", patience=2)) as place:
        async with place.playing() as run:
            await run.reach(3)
            place.chain.stop()
            await run.until(lambda: run.number("node_failures") >= 2, "a failure of the node")
            assert run.market.status()["last_error"]
            await asyncio.to_thread(place.chain.start)
            reached = run.number("epoch")
            await run.reach(reached + 4)
        for view in (await place.look()).markets():
            assert_nobody_acts_twice(view)


async def test_the_recording_starts_over_without_a_broken_feed(tmp_path: Path) -> None:
    async with theatre(tmp_path, racing_from("2020-04-09T00:00")) as place:
        async with place.playing() as run:
            await run.reach(9)
        assert run.number("late") == 0, run.market.status()
        pushed = await assert_prices_are_the_recording(place)
    times = [event.publish_time for event in pushed]
    assert times == sorted(times)
    assert len({event.after for event in pushed if event.publish_time >= read_time("2020-04-09T01:00")}) > 1


async def test_without_keepers_the_clock_goes_on_after_a_while(tmp_path: Path) -> None:
    stage = racing_from("2020-03-11T00:00", patience=1)
    async with theatre(tmp_path, stage) as place, place.playing(keeper=False) as run:
        await run.reach(4)
        assert run.number("late") >= 3
        await run.until(lambda: "the score of epoch" in str(run.market.status()["waiting_for"]), "a wait for a score")


async def test_without_a_price_the_clock_stands(tmp_path: Path) -> None:
    stage = racing_from("2020-03-11T00:00", patience=1)
    async with theatre(tmp_path, stage) as place, place.playing(keeper=False, prices=False) as run:
        await run.until(lambda: run.market.status()["phase"] == "waiting for a price", "the wait for a price")
        await asyncio.sleep(2.5)
        assert run.number("chain_time") == place.stage.start
        assert "BTC-PERP, BTC-20X" in str(run.market.status()["waiting_for"])


async def test_at_a_pace_to_watch_transactions_outlive_the_epoch(tmp_path: Path) -> None:
    """At 300 market seconds a second an epoch takes 3 s; a blockhash is still good in the next one."""
    stage = StageSettings(speed=300, start=read_time("2020-03-11T00:00"), slow_from=0)
    async with theatre(tmp_path, stage) as place, place.playing() as run:
        await run.reach(2)
        with closing(Node(place.endpoints.http)) as node:
            hash_ = node.ask("getLatestBlockhash")["value"]["blockhash"]
            await run.reach(run.number("epoch") + 1)
            assert node.ask("isBlockhashValid", hash_)["value"]
            loop = asyncio.get_running_loop()
            height, began = node.ask("getBlockHeight"), loop.time()
            await run.reach(run.number("epoch") + 3)
            took = loop.time() - began
            # Two whole epochs and what was left of one. They wait for keepers, who need longer on a busy machine.
            assert 2 * 3 <= took < 10 * (3 * 3), took
            assert node.ask("getBlockHeight") - height <= took * 2.5 + 12, "blocks pass as in real time"
        assert run.number("speed") == 300


async def test_at_speed_zero_the_market_goes_where_its_clock_is_moved(tmp_path: Path) -> None:
    """It races to its hour, stands there however long it takes, and plays the epoch that somebody jumps to."""
    begin = read_time("2020-03-11T00:00")
    stage = StageSettings(speed=0, start=begin, slow_from=begin + 1_800, patience=60)
    async with theatre(tmp_path, stage) as place, place.playing() as run:
        await run.until(lambda: run.market.status()["phase"] == "standing", "the end of the race")
        epoch = run.number("epoch")
        assert run.number("chain_time") < begin + 1_800 + 900
        await asyncio.sleep(2.5)
        assert run.market.status()["phase"] == "standing"
        stood = await place.look()
        with closing(Node(place.endpoints.http)) as node:
            DrivenClock(node).jump(stood.schedule.start(epoch + 3) + 5)
        await run.reach(epoch + 3)
        await run.until(lambda: run.market.status()["phase"] == "standing", "the end of everybody's turn")
        assert run.number("late") == 0, run.market.status()
        for before, view in zip(stood.markets(), (await place.look()).markets(), strict=True):
            assert before.score.epoch <= epoch < epoch + 3 == view.score.epoch
            assert set(before.positions) < set(view.positions), "those whose time came in between have traded"


async def test_a_chain_of_another_clock_is_refused(tmp_path: Path) -> None:
    with serving(LocalChain(clock="real")) as endpoints, pytest.raises(StageError, match="--clock driven"):
        await RunningMarket(endpoints.http, StageSettings()).prepare()


async def assert_prices_are_the_recording(place: Theatre) -> list[PriceAccepted]:
    """Every price on the chain is the recording's at that moment, over its end as well."""
    ticks = ticks_of(read_candles(MARCH_2020))
    length = ticks[-1].time + 900 - ticks[0].time
    recorded = {tick.time: tick.price for tick in ticks}
    view = (await place.look()).markets()[0]
    pushed = []
    with closing(Node(place.endpoints.http)) as node:
        for _, signature in node.history(str(view.config.oracle_feed)):
            meta = node.transaction(signature)["meta"]
            pushed += [event for event in parse_events(meta["logMessages"]).events if isinstance(event, PriceAccepted)]
    assert len({event.publish_time // 900 for event in pushed}) >= 8
    for event in pushed:
        since = event.publish_time // 900 * 900 - ticks[0].time
        assert event.after == recorded[ticks[0].time + since % length], event
    return pushed


def assert_isolated(before: Sequence[MarketView], after: Sequence[MarketView]) -> None:
    """Both markets met the same prices; the pool of the careful one paid nothing for the reckless one."""
    careful, reckless = market_id("BTC-PERP"), market_id("BTC-20X")
    pools = {view.id: view.pool.available_balance for view in before}
    for view in after:
        if view.id == careful:
            assert view.registry.claims == 0
            assert view.pool.available_balance >= pools[careful] >= CAREFUL.providers[0].amount
        else:
            assert view.id == reckless
            assert view.registry.claims > 0
            paid = sum(claim.payout_amount for claim in view.claims.values())
            assert paid > 10_000_000_000, "a claim that hurts"


def assert_claims_are_verified(place: Theatre, view: MarketView) -> None:
    """The verifier recomputes every claim from raw transactions; no atom is missing."""
    verdict = report(read_rpc(place.endpoints.http, Programs()))
    assert not verdict.faults
    recomputed = {claim.sequence: claim for claim in verdict.all_claims if claim.market == view.id}
    assert recomputed
    paid = {sequence: claim for sequence, claim in view.claims.items() if claim.state == COMPLETE}
    assert len(paid) == view.registry.claims
    for sequence, claim in paid.items():
        assert recomputed[sequence].recomputed_payout == claim.payout_amount
    chain = RpcChain.connect(place.endpoints.http)
    try:
        sheet = balance_sheet(chain, view.perp.mint, {})
        assert not sheet.faults()
        assert mint_supply(chain.account(view.perp.mint), view.perp.mint) == sheet.total
    finally:
        chain.close()


def assert_market_lives(view: MarketView) -> None:
    """Scores, premiums and funding have moved, and people have opened positions since the crash."""
    assert view.score.epoch >= CRASH + 11
    assert view.score.composite_score > 0
    assert view.perp.cum_funding != 0
    assert view.premium.total_routed > 0
    assert any(position.nonce > CRASH for position in view.positions.values()), "nobody came back"
    assert_nobody_acts_twice(view)


def assert_nobody_acts_twice(view: MarketView) -> None:
    """At most one open position for each trader, one deposit for each provider; as many people as planned."""
    traders = Counter(position.owner for position in view.positions.values())
    providers = Counter(position.provider for position in view.providers.values() if position.shares)
    assert set(traders.values()) <= {1}
    assert set(providers.values()) == {1}
    plan = CAREFUL if view.id == market_id("BTC-PERP") else RECKLESS
    assert 1 <= len(traders) <= len(plan.traders)
    assert len(providers) <= len(plan.providers)
