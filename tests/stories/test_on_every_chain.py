"""The main stories on the embedded chain and on Solana's own test validator, with the same programs and numbers."""

from collections.abc import Iterator

import pytest

from offchain.chain.events.generated.insolvency_handler import DeficitReported
from offchain.chain.events.generated.insurance_pool import WithdrawalExecuted
from offchain.chain.instructions import insurance_pool
from offchain.chain.units import atoms
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator
from tests.conformance.legs import absence
from tests.stories.figures import assert_solvent, crash, early_fee, worth
from tests.support.market import Market
from tests.support.remote import RemoteWorld
from tests.support.world import World

EPOCH_SECONDS = 6
TICKS_PER_SLOT = 16
NOTICE, LOCK = 4, 40


@pytest.fixture(scope="module")
def validator() -> Iterator[World]:
    """A world on a test validator, shared by the stories."""
    with running_validator(project_programs(), admin(), ticks_per_slot=TICKS_PER_SLOT) as endpoints:
        world = RemoteWorld(endpoints.http, EPOCH_SECONDS)
        world.push_price()
        yield world
        world.close()


@pytest.fixture(params=["embedded", "validator"])
def stage(request: pytest.FixtureRequest) -> World:
    """One of the two chains."""
    if request.param == "embedded":
        return World.fresh()
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    shared: World = request.getfixturevalue("validator")
    return shared


def open_market(world: World, index: int) -> Market:
    """A scored market with short terms; the only one that is cranked from now on."""
    world.markets.clear()
    world.advance(seconds=1)
    world.push_price("8000")
    market = world.open_market(index, notice_epochs=NOTICE, lock_epochs=LOCK)
    market.fund_house("100000")
    world.crank_epoch()
    return market


def test_a_claim_is_paid_and_a_provider_leaves(stage: World) -> None:
    market = open_market(stage, index=11)
    trader = market.trader("20000", name="story trader 1")
    anna = market.cover("60000", name="story anna 1")
    entry = market.entries[anna.key]
    market.cover("40000", name="story ben 1")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    crash(stage, market, "6400")
    market.claim(trader, nonce)
    record = market.record(1)
    assert (record.deficit_amount, record.payout_amount, record.fully_covered) == (10_000 * 10**6, 10_000 * 10**6, True)
    assert (record.fee, record.executor_fee, record.net_paid) == (5_000_000, 3_000_000, 9_995_000_000)
    shares = market.position_of(anna, entry).shares
    assert worth(market, shares) == 54_000_059_999
    assert_solvent(market)

    asked = stage.epoch
    market.request(anna, entry)
    request = market.position_of(anna, entry)
    with stage.expect_error("E_NOTICE"):
        market.withdraw(anna, entry)
    stage.go_to_epoch(request.request_epoch + NOTICE - 1)
    stage.crank_epoch("6400")
    paid = market.withdraw(anna, entry).event(WithdrawalExecuted)
    fee = early_fee(request.request_value, request.unlock_epoch - request.request_epoch, LOCK)
    assert request.request_epoch in (asked, asked + 1)
    assert (paid.gross, paid.fee) == (request.request_value, fee)
    assert stage.balance(anna) == request.request_value - fee
    assert_solvent(market)


def test_a_queued_payout_is_released_by_a_stranger(stage: World) -> None:
    market = open_market(stage, index=12)
    traders = [market.trader("20000", name=f"story trader 2 {index}") for index in range(2)]
    market.cover("100000", name="story lp 2")
    nonces = [market.open(trader, is_long=True, base="20", margin="10000") for trader in traders]
    crash(stage, market, "6400")
    market.liquidate(traders[0], nonces[0])
    market.report().event(DeficitReported)
    market.liquidate(traders[1], nonces[1])
    market.report().none(DeficitReported)
    stranger = stage.user(name="story stranger 2")
    market.release(stranger)
    market.report()
    market.release(stranger)
    assert [market.record(sequence).payout_amount for sequence in (1, 2)] == [atoms("10000")] * 2
    with stage.expect_error("E_STATE"):
        stage.send(insurance_pool.release_funds(stranger.key, market.id, 2))
    assert market.pool().available_balance == atoms("80000")
    assert_solvent(market)


def test_a_forced_resolution(stage: World) -> None:
    market = open_market(stage, index=13)
    trader = market.trader("20000", name="story trader 3")
    market.cover("100000", name="story lp 3")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    helper = stage.user(name="story passer-by 3")
    resolve = insurance_pool.force_resolution(helper.key, market.id, trader.key, nonce, helper.token)
    with stage.expect_error("E_NOT_EXTREME"):
        stage.send(resolve)
    crash(stage, market, "6400")
    stage.send(resolve)
    assert stage.balance(helper) == atoms("5")
    market.report()
    market.release()
    assert market.record(1).payout_amount == atoms("10000")
    assert_solvent(market)
