"""`percosec trade`: the whole life of a position, figures against the accounts."""

import pytest

from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def trader(world: World) -> User:
    """Somebody with 5 000 USDC and a pool that covers a market."""
    world.market.cover("100000")
    return world.user(usdc="5000", name="cli trader")


def test_a_position_is_opened_with_account_and_synchronisation(world: World, terminal: Terminal, trader: User) -> None:
    document = terminal.send("trade", "open", world.market.id, "long", "0.5", "--margin", "800", user=trader)
    names = [event["event"] for event in document["events"]]
    assert names == ["SyncReceived", "MarketSynced", "TraderOpened", "PositionOpened"]
    event = document["events"][-1]
    position = world.market.perp_position(trader, document["nonce"])
    assert (position.is_long, position.size, position.margin, position.state) == (True, 500_000, 800_000_000, 1)
    assert position.entry_price == event["entry_price"] and position.leverage == event["leverage"]
    assert world.balance(trader) == 5_000_000_000 - 800_000_000 - event["fee"]


def test_the_next_position_takes_the_next_number(world: World, terminal: Terminal, trader: User) -> None:
    call = ("trade", "open", world.market.id, "short", "0.1", "--margin", "100")
    assert [terminal.send(*call, user=trader)["nonce"] for _ in range(2)] == [1, 2]
    said = terminal.refused("trade", "close", world.market.id, "--yes", user=trader)
    assert "choose one with --nonce (1, 2)" in said
    assert "ACCOUNT_EXISTS" in terminal.refused(*call, "--nonce", "2", "--yes", user=trader)


def test_a_closed_winner_is_paid_margin_now_and_profit_later(world: World, terminal: Terminal, trader: User) -> None:
    market = world.market
    terminal.send("trade", "open", market.id, "long", "0.5", "--margin", "800", user=trader)
    world.advance(30)
    world.push_price("8400")
    before = world.balance(trader)
    event = terminal.send("trade", "close", market.id, user=trader)["events"][-1]
    assert event["event"] == "PositionClosed"
    assert world.balance(trader) - before == event["principal"] == 800_000_000
    assert event["profit"] > 150_000_000
    said = terminal.refused("trade", "profit", market.id, "--yes", user=trader)
    assert "E_AMOUNT" in said and "still vest" in said
    world.advance(epochs=48)
    before = world.balance(trader)
    document = terminal.send("trade", "profit", market.id, user=trader)
    paid = document["events"][0]["withdrawn"]
    assert world.balance(trader) - before == paid
    assert event["profit"] * 45 // 100 < paid < event["profit"] * 55 // 100


def test_margin_lowers_leverage(world: World, terminal: Terminal, trader: User) -> None:
    market = world.market
    terminal.send("trade", "open", market.id, "long", "0.5", "--margin", "800", user=trader)
    before = market.perp_position(trader, 1)
    document = terminal.send("trade", "margin", market.id, "200", user=trader)
    after = market.perp_position(trader, 1)
    assert after.margin - before.margin == 200_000_000 == document["events"][0]["amount"]
    assert after.leverage == document["events"][0]["leverage"] < before.leverage


def test_an_account_by_itself(world: World, terminal: Terminal, trader: User) -> None:
    document = terminal.send("trade", "account", world.market.id, user=trader)
    assert world.exists(world.market.m.trader(trader.key))
    assert document["account"] == str(world.market.m.trader(trader.key))
    assert "already" in terminal.refused("trade", "account", world.market.id, "--yes", user=trader)


def test_people_read_price_leverage_and_fee(world: World, terminal: Terminal, trader: User) -> None:
    shown = terminal.text("trade", "open", world.market.id, "long", "0.5", "--margin", "800", "--yes", user=trader)
    assert "entry price" in shown and "at worst" in shown
    assert "trading fee" in shown and "leverage" in shown and "confirmed" in shown


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("long", "0.5", "--margin", "19.999999"), "E_MIN_MARGIN"),
        (("long", "0.5", "--margin", "100"), "E_LEVERAGE"),
        (("long", "0.5", "--margin", "5000.000001"), "E_BALANCE"),
        (("long", "0", "--margin", "100"), "give more than zero"),
        (("long", "0.5", "--margin", "0"), "give more than zero"),
        (("up", "0.5", "--margin", "100"), "is not one of"),
        (("long", "half", "--margin", "100"), "is no size"),
        (("long", "18446744073709.551616", "--margin", "100"), "is too large"),
        (("long", "18446744073709.551615", "--margin", "100"), "E_DEPTH"),
        (("long", "0.5"), "Missing option '--margin'"),
        (("long", "0.5", "--margin", "800", "--limit", "7999"), "E_SLIPPAGE"),
    ],
)
def test_wrong_orders_are_one_line(
    world: World, terminal: Terminal, trader: User, arguments: tuple[str, ...], complaint: str
) -> None:
    said = terminal.refused("trade", "open", world.market.id, *arguments, "--yes", user=trader)
    assert complaint in said
    assert world.balance(trader) == 5_000_000_000


def test_nothing_to_close_or_withdraw(world: World, terminal: Terminal, trader: User) -> None:
    market = world.market.id
    assert "no open position" in terminal.refused("trade", "close", market, user=trader)
    assert "no open position 7" in terminal.refused("trade", "close", market, "--nonce", "7", user=trader)
    assert "no open position" in terminal.refused("trade", "margin", market, "5", user=trader)
    assert "no account in" in terminal.refused("trade", "profit", market, user=trader)


def test_an_old_price_is_refused_by_name(world: World, terminal: Terminal, trader: User) -> None:
    world.advance(61)
    call = ("trade", "open", world.market.id, "long", "0.5", "--margin", "800", "--yes")
    assert "E_PRICE_STALE" in terminal.refused(*call, user=trader)
