"""`percosec markets list` and `show`: figures equal the accounts."""

import pytest
from solders.account import Account

from offchain.settings.project import load_project
from tests.commands.terminal import Terminal
from tests.support.world import World


def test_a_market_is_listed_with_its_risk(world: World, terminal: Terminal) -> None:
    market = world.market
    document = terminal.json("markets", "list")
    assert document["cluster"] == "localnet"
    assert (document["now"], document["epoch"]) == (world.now, world.epoch)
    (each,) = document["markets"]
    score, perp = market.score(), market.perp()
    assert each["market_id"] == str(market.id)
    assert each["score"]["composite"] == score.composite_score == 400_000
    assert each["grade"] == "C" and each["status"] == "live" and each["restricted"] is False
    assert each["price"] == perp.price == 8_000_000_000
    assert each["feed"]["source"] == "publisher" and each["feed"]["address"] == str(world.feed)
    assert each["terms"]["depth"] == perp.depth


def test_show_says_the_same_for_people(world: World, terminal: Terminal) -> None:
    shown = terminal.text("markets", "show", world.market.id)
    assert str(world.market.id) in shown
    assert "Risk: grade C" in shown and "8,000.00 USD" in shown
    assert "lock of deposits" in shown and "14 days" in shown
    assert terminal.json("markets", "show", world.market.id) == terminal.json("markets", "list")["markets"][0]


def test_open_interest_is_at_the_last_price(world: World, terminal: Terminal) -> None:
    market = world.market
    market.cover("100000")
    trader = market.trader("50000")
    market.open(trader, True, "2", "1600")
    market.open(trader, False, "0.5", "400")
    each = terminal.json("markets", "show", market.id)
    assert (each["open_interest_long"], each["open_interest_short"]) == (16_000_000_000, 4_000_000_000)
    assert each["open_positions"] == 2


def test_a_stale_score_restricts(world: World, terminal: Terminal) -> None:
    world.advance(epochs=3)
    each = terminal.json("markets", "show", world.market.id)
    assert each["restricted"] is True and each["reasons"] == ["stale score"]
    assert "stale score" in terminal.text("markets", "list")


def test_a_market_goes_by_its_name(world: World, terminal: Terminal) -> None:
    cluster = load_project().cluster("localnet")
    settings = cluster.markets[0]
    name = settings.name
    assert cluster.admin == str(world.admin.key)
    market = world.open_market(index=settings.index, creator=world.admin)
    world.crank_epoch()
    each = terminal.json("markets", "show", name.lower())
    assert (each["name"], each["pair"], each["market_id"]) == (name, settings.pair, str(market.id))
    assert name in terminal.text("markets", "list")


def test_a_chain_without_markets(world: World, terminal: Terminal) -> None:
    for program in world.at.programs.values():
        for key, account in world.local.accounts_owned_by(program):
            if key not in (world.at.risk_config,):
                world.local.set_account(key, Account(0, b"", account.owner))
    assert "no markets yet: percosec markets create" in terminal.text("markets", "list")
    assert "no pools yet: percosec markets create" in terminal.text("pools", "list")
    assert terminal.json("markets", "list")["markets"] == []


def test_a_chain_without_deployment(world: World, terminal: Terminal) -> None:
    world.local.set_account(world.at.risk_config, Account(0, b"", world.at.risk_engine))
    for call in (("markets", "list"), ("pools", "list"), ("positions", "--owner", world.keeper.key)):
        assert "run percosec deploy" in terminal.refused(*call)


@pytest.mark.parametrize("call", [("markets", "show"), ("pools", "show")])
def test_unknown_markets_are_one_line(world: World, terminal: Terminal, call: tuple[str, str]) -> None:
    assert "there is no market 'MOON'" in terminal.refused(*call, "MOON")
    assert "is not on this chain" in terminal.refused(*call, world.keeper.key)
    assert "Missing argument 'MARKET'" in terminal.refused(*call)
    assert "can't be reached" in terminal.refused(*call, world.market.id, "--rpc", "http://127.0.0.1:9")
    assert "clusters.devnet.programs" in terminal.refused(
        *call, world.market.id, "--cluster", "devnet", "--rpc", "https://api.devnet.solana.com"
    )
