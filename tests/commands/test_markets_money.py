"""`percosec markets stake` and `house`: a creator's money goes in, and leaves by the market's rules."""

import pytest

from offchain.chain.units import atoms
from tests.commands.terminal import Terminal
from tests.support.world import World


def test_a_stake_goes_in_and_leaves_by_request_and_notice(world: World, terminal: Terminal) -> None:
    market, creator = world.market, world.creator
    held = world.balance(creator)
    document = terminal.send("markets", "stake", "fund", market.id, "4000", user=creator)
    assert document["events"][0]["first_loss_after"] == market.pool().first_loss == atoms("4000")
    shown = terminal.text("markets", "stake", "request", market.id, "3000", "--yes", user=creator)
    assert "payable" in shown and "from 2020-03-11 02:45 UTC" in shown and "open interest is 0" in shown
    assert market.pool().stake_request == atoms("3000")
    assert "E_NOTICE" in terminal.refused("markets", "stake", "execute", market.id, "--yes", user=creator)
    assert "E_REQUEST" in terminal.refused("markets", "stake", "request", market.id, "1", "--yes", user=creator)
    terminal.send("markets", "stake", "cancel", market.id, user=creator)
    assert market.pool().stake_request == 0
    terminal.send("markets", "stake", "request", market.id, "3000", user=creator)
    world.go_to_epoch(world.epoch + market.design.notice_epochs - 2)
    world.crank_epochs(2)
    paid = terminal.send("markets", "stake", "execute", market.id, user=creator)
    assert paid["events"][0]["amount"] == atoms("3000")
    assert (market.pool().first_loss, held - world.balance(creator)) == (atoms("1000"), atoms("1000"))


def test_the_house_is_filled_and_emptied(world: World, terminal: Terminal) -> None:
    market, creator = world.market, world.creator
    house, fund = market.perp().house, market.perp().fund
    terminal.send("markets", "house", "fund", market.id, "10", user=creator)
    assert market.perp().house == house + atoms("10")
    terminal.send("markets", "house", "withdraw", market.id, "7", user=creator)
    assert market.perp().house == house + atoms("3")
    shown = terminal.text("markets", "house", "insure", market.id, "5", "--yes", user=creator)
    assert "no way back" in shown and market.perp().fund == fund + atoms("5")


def test_a_dry_run_moves_nothing(world: World, terminal: Terminal) -> None:
    document = terminal.json("markets", "stake", "fund", world.market.id, "1", "--dry-run", user=world.creator)
    assert document["sent"] is False and world.market.pool().first_loss == 0


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["stake", "fund", "{market}", "0"], "0 is nothing: give more than zero"),
        (["stake", "fund", "{market}", "10000001"], "E_BALANCE"),
        (["stake", "fund", "{market}"], "Missing argument 'AMOUNT'"),
        (["stake", "request", "{market}", "1"], "E_AMOUNT"),
        (["stake", "execute", "{market}"], "E_REQUEST"),
        (["stake", "cancel", "{market}"], "E_REQUEST"),
        (["house", "withdraw", "{market}", "2000001"], "E_AMOUNT"),
        (["house", "fund", "DOGE-PERP", "1"], "there is no market 'DOGE-PERP'"),
        (["stake", "sell", "{market}"], "No such command 'sell'"),
    ],
)
def test_what_is_refused(world: World, terminal: Terminal, arguments: list[str], complaint: str) -> None:
    given = [argument.format(market=world.market.id) for argument in arguments]
    assert complaint in terminal.refused("markets", *given, "--yes", user=world.creator)


@pytest.mark.parametrize("group", [("stake", "fund"), ("house", "withdraw")])
def test_only_the_creator_moves_it(world: World, terminal: Terminal, group: tuple[str, str]) -> None:
    stranger = world.user(usdc="100", name="a stranger")
    assert "E_AUTHORITY" in terminal.refused("markets", *group, world.market.id, "1", "--yes", user=stranger)


def test_the_house_stays_while_a_position_is_open(world: World, terminal: Terminal) -> None:
    world.market.cover("50000")
    world.market.open(world.market.trader("2000"), is_long=True, base="0.5", margin="1000")
    arguments = ("markets", "house", "withdraw", world.market.id, "1", "--yes")
    assert "E_OPEN_INTEREST" in terminal.refused(*arguments, user=world.creator)
