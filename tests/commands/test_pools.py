"""`percosec pools`: worth, vesting, utilisation and what can leave, against what the program does next."""

import pytest

from offchain.chain.events.generated.insurance_pool import Deposited
from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def busy(world: World, provider: User) -> World:
    """A pool with deposits, premiums that vest and open interest, some epochs later."""
    market = world.market
    market.deposit(provider, "20000")
    market.cover("5000", name="second lp")
    trader = market.trader("50000")
    market.open(trader, True, "10", "8000")
    world.crank_epochs(3)
    world.advance(epochs=40)
    return world


def test_the_price_is_what_the_next_deposit_pays(busy: World, terminal: Terminal) -> None:
    document = terminal.json("pools", "show", busy.market.id)
    assert document["unvested"] < busy.market.pool().unvested
    newcomer = busy.user(usdc="1000", name="newcomer")
    sent = busy.market.deposit(newcomer, "1000")
    event = sent.event(Deposited)
    virtual = busy.parameters.virtual
    assert event.minted == 1_000_000_000 * (document["total_shares"] + virtual) // (document["nav"] + virtual)
    assert event.pool_after.available_balance == document["nav"] + 1_000_000_000
    assert event.pool_after.unvested == document["unvested"]
    assert document["share_price_e9"] > 10**9


def test_withdrawable_is_what_the_cap_leaves(busy: World, terminal: Terminal) -> None:
    busy.crank_epoch()
    document = terminal.json("pools", "show", busy.market.id)
    required = document["required_reserve"]
    assert required == busy.market.pool().required_reserve > 0
    assert document["withdrawable"] == document["nav"] - -(-required * 10_000 // 8_500)
    assert document["utilisation_bps"] == -(-required * 10_000 // document["nav"])
    assert document["withdrawals_fresh"] is True and document["providers"] == 2


def test_a_stale_score_stops_withdrawals(busy: World, terminal: Terminal) -> None:
    document = terminal.json("pools", "show", busy.market.id)
    assert (document["withdrawals_fresh"], document["withdrawable"]) == (False, 0)
    assert "the score is stale" in terminal.text("pools", "show", busy.market.id)


def test_list_and_show_agree(busy: World, terminal: Terminal) -> None:
    listed = terminal.json("pools", "list")["pools"]
    assert listed == [terminal.json("pools", "show", busy.market.id)]
    shown = terminal.text("pools", "list")
    assert str(busy.market.id) in shown and "share price" in shown


def test_an_empty_pool_says_so(world: World, terminal: Terminal) -> None:
    document = terminal.json("pools", "show", world.market.id)
    assert (document["nav"], document["share_price_e9"], document["providers"]) == (0, 10**9, 0)
    assert "no capital" in terminal.text("pools", "list")
