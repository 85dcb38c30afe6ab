"""`percosec positions`: what an owner has, against the accounts and against what leaving pays."""

from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


def test_nobody_has_nothing(world: World, terminal: Terminal) -> None:
    nobody = world.user(name="nobody")
    assert "no positions yet: percosec deposit" in terminal.text("positions", user=nobody)
    document = terminal.json("positions", "--owner", nobody.key)
    assert (document["pools"], document["perps"], document["profit"]) == ([], [], [])


def test_a_provider_sees_worth_and_lock(world: World, terminal: Terminal, provider: User) -> None:
    market = world.market
    market.deposit(provider, "20000")
    entry = world.epoch
    document = terminal.json("positions", user=provider)
    (each,) = document["pools"]
    position = market.position_of(provider, entry)
    assert (each["deposited"], each["shares"]) == (position.deposited_amount, position.shares)
    assert each["worth"] == 20_000_000_000 and each["early_fee_bps"] == 30 and each["request"] is None
    assert each["unlocks_at"] == world.schedule.start(position.unlock_epoch)
    world.go_to_epoch(position.unlock_epoch)
    assert terminal.json("positions", user=provider)["pools"][0]["early_fee_bps"] == 0
    assert "over" in terminal.text("positions", user=provider)


def test_a_request_shows_its_dates(world: World, terminal: Terminal, provider: User) -> None:
    market = world.market
    market.deposit(provider, "20000")
    entry = world.epoch
    market.request(provider, entry)
    request = terminal.json("positions", user=provider)["pools"][0]["request"]
    assert (request["value"], request["fee_bps"], request["payable"]) == (20_000_000_000, 30, False)
    assert request["payable_at"] == world.schedule.start(entry + 96)
    assert request["forced_at"] == world.schedule.start(entry + 96 + 1344)
    assert "from 2020-03-11 02:45 UTC" in terminal.text("positions", user=provider)


def test_a_wiped_position_is_worth_nothing(world: World, terminal: Terminal, provider: User) -> None:
    market = world.market
    market.deposit(provider, "20000")
    pool = market.pool()
    world.edit(type(pool), market.m.pool, generation=pool.generation + 1)
    (each,) = terminal.json("positions", user=provider)["pools"]
    assert each["wiped"] is True and each["worth"] == 0
    assert "wiped out" in terminal.text("positions", user=provider)


def test_a_trader_sees_profit_and_danger(world: World, terminal: Terminal) -> None:
    market = world.market
    market.cover("100000")
    trader = market.trader("5000", name="seen trader")
    nonce = market.open(trader, True, "0.5", "400")
    world.advance(61)
    market.price("8400")
    (each,) = terminal.json("positions", user=trader)["perps"]
    position = market.perp_position(trader, nonce)
    assert each["profit"] == 500_000 * 8_400_000_000 // 10**6 - position.notional
    assert each["equity"] == position.margin + each["profit"] and each["can_be_liquidated"] is False
    assert each["side"] == "long" and each["leverage"] == position.leverage
    world.advance(61)
    market.price("7280")
    world.advance(61)
    market.price("7280")
    (each,) = terminal.json("positions", user=trader)["perps"]
    assert each["can_be_liquidated"] is True
    assert "below maintenance" in terminal.text("positions", user=trader)


def test_vesting_profit_equals_what_can_be_withdrawn(world: World, terminal: Terminal) -> None:
    market = world.market
    market.cover("100000")
    trader = market.trader("5000", name="winning trader")
    nonce = market.open(trader, True, "0.5", "800")
    world.advance(30)
    market.price("8800")
    market.close(trader, nonce)
    world.advance(epochs=31)
    (each,) = terminal.json("positions", user=trader)["profit"]
    assert each["claimable"] > 0 and each["unvested"] > 0
    paid = terminal.send("trade", "profit", market.id, user=trader)["events"][0]["withdrawn"]
    assert paid == each["claimable"]
    assert "Profit" in terminal.text("positions", user=trader)


def test_whose_positions_must_be_known(terminal: Terminal) -> None:
    assert "give --keypair FILE" in terminal.refused("positions")
    assert "is no public key" in terminal.refused("positions", "--owner", "me")
