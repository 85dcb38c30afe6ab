"""`percosec withdraw`: request, notice, payment; every figure against the accounts."""

import pytest

from offchain.chain.instructions import insurance_pool, risk_engine
from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def entry(world: World, provider: User) -> int:
    """The provider's position of 20 000 USDC."""
    world.market.deposit(provider, "20000")
    return world.epoch


def test_a_request_fixes_value_and_fee(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    document = terminal.send("withdraw", "request", world.market.id, user=provider)
    position = world.market.position_of(provider, entry)
    assert document["entry_epoch"] == entry
    assert document["events"][0]["event"] == "WithdrawalRequested"
    assert position.requested_shares == position.shares == 20_000_000_000
    assert position.request_value == 20_000_000_000
    assert position.request_fee_bps == 30 == document["events"][0]["position_after"]["request_fee_bps"]


def test_an_amount_becomes_the_fewest_shares_that_are_worth_it(
    world: World, terminal: Terminal, provider: User, entry: int
) -> None:
    terminal.send("withdraw", "request", world.market.id, "--amount", "1234.567891", user=provider)
    position = world.market.position_of(provider, entry)
    assert position.request_value == 1_234_567_891
    assert position.requested_shares == 1_234_567_891


def test_shares_may_be_named(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    terminal.send("withdraw", "request", world.market.id, "--shares", "5000", user=provider)
    assert world.market.position_of(provider, entry).requested_shares == 5_000_000_000


def test_people_read_dates_and_fee(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    shown = terminal.text("withdraw", "request", world.market.id, "--yes", user=provider)
    assert "0.30 %, as the lock lasts until 2020-03-24" in shown
    assert "payable from" in shown and "2020-03-11" in shown
    assert "payable in any case from" in shown and "2020-03-25" in shown


def test_payment_after_the_notice(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    market = world.market.id
    terminal.send("withdraw", "request", market, user=provider)
    early = terminal.refused("withdraw", "execute", market, "--yes", user=provider)
    assert "E_NOTICE" in early
    world.go_to_epoch(entry + 96)
    stale = terminal.refused("withdraw", "execute", market, "--yes", user=provider)
    assert "E_STALE" in stale
    world.crank_epoch(advance=False)
    before = world.balance(provider)
    document = terminal.send("withdraw", "execute", market, user=provider)
    event = document["events"][0]
    assert (event["event"], event["gross"], event["fee"]) == ("WithdrawalExecuted", 20_000_000_000, 60_000_000)
    assert world.balance(provider) - before == event["net"] == 19_940_000_000
    assert world.market.position_of(provider, entry).shares == 0
    again = terminal.refused("withdraw", "execute", market, "--yes", user=provider)
    assert "no position with a request" in again


def test_anyone_pays_from_the_forced_date_on(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    market = world.market.id
    terminal.send("withdraw", "request", market, user=provider)
    passer_by = world.user(name="passer by")
    world.go_to_epoch(entry + 96 + 1343)
    call = ("withdraw", "execute", market, "--provider", provider.key)
    assert "E_AUTHORITY" in terminal.refused(*call, "--yes", user=passer_by)
    world.go_to_epoch(entry + 96 + 1344)
    before = world.balance(provider)
    document = terminal.send(*call, user=passer_by)
    assert document["provider"] == str(provider.key)
    assert world.balance(provider) - before == document["events"][0]["net"] == 19_940_000_000


def test_a_request_can_be_taken_back(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    market = world.market.id
    assert "no position with a request" in terminal.refused("withdraw", "cancel", market, user=provider)
    terminal.send("withdraw", "request", market, user=provider)
    document = terminal.send("withdraw", "cancel", market, user=provider)
    assert document["events"][0]["forgone"] == 0
    position = world.market.position_of(provider, entry)
    assert (position.requested_shares, position.shares) == (0, 20_000_000_000)


def test_two_positions_need_a_choice(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    world.crank_epoch()
    world.market.deposit(provider, "100")
    said = terminal.refused("withdraw", "request", world.market.id, "--yes", user=provider)
    assert f"choose one with --entry ({entry}, {entry + 1})" in said
    terminal.send("withdraw", "request", world.market.id, "--entry", entry + 1, user=provider)
    assert world.market.position_of(provider, entry + 1).requested_shares > 0
    assert "no position with entry 3" in terminal.refused(
        "withdraw", "request", world.market.id, "--entry", "3", user=provider
    )


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--amount", "0"), "give more than zero"),
        (("--shares", "0"), "give more than zero"),
        (("--amount", "20000.000001"), "E_AMOUNT: the position is worth 20,000.000000 USDC"),
        (("--shares", "20000.000001"), "E_AMOUNT"),
        (("--amount", "18446744073709.551616"), "is too large"),
        (("--amount", "all"), "is no amount in USDC"),
        (("--amount", "5", "--shares", "5"), "not both"),
        (("--entry", "x"), "is not a valid integer"),
    ],
)
def test_wrong_requests_are_one_line(
    world: World, terminal: Terminal, provider: User, entry: int, arguments: tuple[str, ...], complaint: str
) -> None:
    said = terminal.refused("withdraw", "request", world.market.id, *arguments, "--yes", user=provider)
    assert complaint in said
    assert world.market.position_of(provider, entry).requested_shares == 0


def test_somebody_without_a_position(world: World, terminal: Terminal) -> None:
    nobody = world.user(name="nobody")
    assert "no position to withdraw" in terminal.refused("withdraw", "request", world.market.id, user=nobody)
    assert "is not on this chain" in terminal.refused("withdraw", "request", nobody.key, user=nobody)


def test_what_open_interest_needs_is_paid_later(world: World, terminal: Terminal, provider: User, entry: int) -> None:
    market = world.market
    keeper = world.keeper.key
    world.send(insurance_pool.report_reserve(keeper, market.id), risk_engine.sync_market(keeper, market.id, world.feed))
    trader = market.trader("20000")
    market.open(trader, True, "20", "16000")
    terminal.send("withdraw", "request", market.id, user=provider)
    world.go_to_epoch(entry + 96)
    world.crank_epoch(advance=False)
    world.crank_epoch()
    pool = market.pool()
    document = terminal.send("withdraw", "execute", market.id, "--slippage", "0", user=provider)
    event = document["events"][0]
    assert pool.required_reserve > 0
    assert 0 < event["gross"] < 20_000_000_000
    assert event["position_after"]["request_value"] > 0
    assert market.position_of(provider, entry).request_value == event["position_after"]["request_value"]
