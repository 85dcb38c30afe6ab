"""`percosec claims`: the receipt equals the record on chain, and the executor collects the fee."""

import pytest

from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


@pytest.fixture
def claim(world: World) -> ClaimRecord:
    """A trader's long breaks in a fall of 40 %, and the pool pays what is missing."""
    market = world.market
    market.cover("100000")
    trader = market.trader("50000", name="broken trader")
    world.market.fund_insurance("1")
    nonce = market.open(trader, True, "20", "16000")
    world.advance(60)
    market.price("7000")
    for usd in ("6000", "5200", "4800"):
        world.advance(61)
        market.price(usd)
    market.claim(trader, nonce)
    return world.read(ClaimRecord, market.m.claim(1))


def test_a_receipt_equals_the_record(world: World, terminal: Terminal, claim: ClaimRecord) -> None:
    document = terminal.json("claims", "show", world.market.id, "1")
    assert document["state"] == "paid"
    assert document["deficit"] == claim.deficit_amount > document["threshold"] == claim.threshold
    assert document["payout"] == claim.payout_amount == sum(document["tiers"].values()) > 0
    assert document["net_paid"] == claim.net_paid == claim.payout_amount - claim.fee - claim.arrears_offset
    assert document["uncovered"] == claim.deficit_amount - claim.payout_amount
    assert document["executor"] == str(world.keeper.key)
    assert document["verify"].startswith("percosec verify --rpc http://127.0.0.1:")


def test_people_read_who_paid(world: World, terminal: Terminal, claim: ClaimRecord) -> None:
    shown = terminal.text("claims", "show", world.market.id, "1")
    assert "Claim 1 of" in shown and "first loss" in shown and "capital" in shown
    assert "verify it: percosec verify" in shown
    listed = terminal.text("claims", "list")
    assert str(world.market.id) in listed and "recomputes them" in listed


def test_the_list_holds_every_claim(world: World, terminal: Terminal, claim: ClaimRecord) -> None:
    every = terminal.json("claims", "list")["claims"]
    assert [(each["sequence"], each["payout"]) for each in every] == [(1, claim.payout_amount)]
    assert terminal.json("claims", "list", "--market", world.market.id)["claims"] == every


def test_the_executor_collects_the_fee_once(world: World, terminal: Terminal, claim: ClaimRecord) -> None:
    call = ("claims", "collect", world.market.id, "1")
    stranger = world.user(name="not the executor")
    assert "E_AUTHORITY" in terminal.refused(*call, "--yes", user=stranger)
    before = world.balance(world.keeper)
    document = terminal.send(*call, user=world.keeper)
    assert world.balance(world.keeper) - before == document["events"][0]["amount"] == claim.executor_fee
    assert "E_STATE" in terminal.refused(*call, "--yes", user=world.keeper)
    assert terminal.json("claims", "show", world.market.id, "1")["fee_collected"] is True


def test_no_claims(world: World, terminal: Terminal) -> None:
    assert "no claims yet" in terminal.text("claims", "list")
    assert terminal.json("claims", "list")["claims"] == []
    assert "there is no claim 1" in terminal.refused("claims", "show", world.market.id, "1")
    assert "not in the range x>=1" in terminal.refused("claims", "show", world.market.id, "0")
    assert "not a valid integer" in terminal.refused("claims", "show", world.market.id, "first")
    assert "no market 'MOON'" in terminal.refused("claims", "list", "--market", "MOON")


def test_nobody_collects_without_a_claim(world: World, terminal: Terminal) -> None:
    user: User = world.keeper
    assert "ACCOUNT_MISSING" in terminal.refused("claims", "collect", world.market.id, "1", "--yes", user=user)
