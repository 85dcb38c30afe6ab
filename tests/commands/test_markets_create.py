"""`percosec markets create`: a market from nothing on a chain behind a port."""

from dataclasses import asdict
from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.chain.instructions import risk_engine
from offchain.chain.oracles.feed_ids import publisher_feed, pyth_feed
from offchain.chain.units import atoms
from offchain.settings.project import load_project
from tests.commands.terminal import Terminal
from tests.support.keys import User, keypair
from tests.support.world import World

TOKEN_STATE, FROZEN = 108, 2
"""Place of a token account's state, and the state in which nothing leaves it."""


@pytest.fixture
def creator(world: World) -> User:
    return world.user(usdc="20000", name="cli creator")


def feed_and_depth(world: World) -> tuple[object, ...]:
    return ("markets", "create", "--feed", world.feed, "--depth", "5000000")


def test_a_market_from_nothing_takes_a_trade(world: World, terminal: Terminal, creator: User) -> None:
    before = world.chain.account(creator.key)
    terms = ("--max-leverage", "20", "--insolvency-threshold", "500", "--lock-epochs", "7d")
    money = ("--stake", "4000", "--house", "10000", "--fund", "100")
    document = terminal.send(*feed_and_depth(world), *terms, *money, user=creator)

    market_id = world.at.market_id(creator.key, 0)
    assert (document["market_id"], document["index"], document["creator"]) == (str(market_id), 0, str(creator.key))
    design = recipes.MarketDesign(5_000_000_000_000, 200_000, 500_000_000, 672, 96, 500)
    assert document["terms"] == asdict(design)
    after = world.chain.account(creator.key)
    assert before is not None and after is not None
    assert before.lamports - after.lamports == document["cost"]["lamports"]
    assert len(document["cost"]["accounts"]) == 12 and len(document["sent"]) == 7

    market = world.adopt(creator, 0, design)
    config = market.config()
    assert (config.status, config.max_leverage, config.insolvency_threshold) == (2, 200_000, 500_000_000)
    assert (config.lock_epochs, config.oracle_feed, config.creator) == (672, world.feed, creator.key)
    assert (market.pool().first_loss, market.perp().house, market.perp().fund) == (
        atoms("4000"),
        atoms("10000"),
        atoms("100"),
    )
    assert world.balance(creator) == atoms("5900")
    done = {item["item"]: item["done"] for item in document["checklist"]}
    assert done == {
        "registered": True,
        "terms pushed": True,
        "feed price fresh": True,
        "synchronised": False,
        "first score": False,
        "cover": False,
        "house": True,
    }

    # What the checklist names is all that is missing.
    market.sync()
    world.crank_epoch()
    market.cover("50000")
    again = terminal.send(*feed_and_depth(world), "--index", "0", user=creator)
    assert again["sent"] == [] and all(item["done"] for item in again["checklist"])
    trader = market.trader("2000")
    market.open(trader, is_long=True, base="0.5", margin="1000")
    assert market.perp().open_positions == 1


def test_people_read_terms_bounds_meaning_and_cost(world: World, terminal: Terminal, creator: User) -> None:
    shown = terminal.text(*feed_and_depth(world), "--stake", "100", "--dry-run", user=creator)
    for words in ("5.00 % to 10.00 %", "announced, a week ahead", "never", "0.0391502 SOL", "100.000000 USDC"):
        assert words in shown, words
    assert "pays only once deficits" in shown and "nothing was sent" in shown
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None


def test_a_dry_run_and_a_missing_yes_send_nothing(world: World, terminal: Terminal, creator: User) -> None:
    document = terminal.json(*feed_and_depth(world), "--dry-run", user=creator)
    assert document["sent"] == [] and len(document["transactions"]) == 6
    assert "add --yes" in terminal.run(*feed_and_depth(world), user=creator).complaint
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None


def test_a_second_market_is_made_only_by_its_number(world: World, terminal: Terminal, creator: User) -> None:
    first = terminal.send(*feed_and_depth(world), "--stake", "100", user=creator)
    again = terminal.send(*feed_and_depth(world), "--stake", "100", user=creator)
    assert (again["market_id"], again["sent"]) == (first["market_id"], [])
    second = terminal.send(*feed_and_depth(world), "--stake", "100", "--index", "1", user=creator)
    assert (second["index"], len(second["sent"])) == (1, 7)
    newest = terminal.send(*feed_and_depth(world), "--stake", "150", user=creator)
    assert (newest["index"], newest["transactions"], newest["money"]) == (
        1,
        ["put up the money"],
        {"stake": 50_000_000},
    )
    assert world.balance(creator) == atoms("19750")


def test_a_finished_market_with_other_terms_is_refused(world: World, terminal: Terminal, creator: User) -> None:
    terminal.send(*feed_and_depth(world), user=creator)
    for option, begun in (("--depth", "5,000,000 USDC"), ("--lock-epochs", "1344 epochs (14 d)")):
        complaint = terminal.refused(
            *("markets", "create", "--feed", world.feed, "--index", "0", option, "20d" if "lock" in option else "7"),
            user=creator,
        )
        assert f"this market was begun with {option} {begun}" in complaint


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        (["--depth", "0"], "--depth 0 USDC is out of bounds"),
        (["--depth", "1000000001"], "choose from above 0 to 1,000,000,000 USDC"),
        (["--depth", "lots"], "--depth: 'lots' is no amount in USDC"),
        (["--max-leverage", "101"], "--max-leverage 101x is out of bounds: choose from 1x to 100x"),
        (["--insolvency-threshold", "0.5"], "--insolvency-threshold 0.5 USDC is out of bounds"),
        (["--lock-epochs", "31d"], "--lock-epochs 2976 epochs (31 d) is out of bounds: choose from 1 epoch (15 min)"),
        (["--notice-epochs", "8d"], "choose from 4 epochs (1 h) to 672 epochs (7 d)"),
        (
            ["--performance-fee-bps", "4"],
            "--performance-fee-bps 4.00 % is out of bounds: choose from 5.00 % to 10.00 %",
        ),
        (["--trading-fee-bps", "2"], "choose from 0.01 % to 1.00 %"),
        (["--maintenance-bps", "0.1"], "choose from 0.50 % to 10.00 %"),
        (["--liquidation-fee-bps", "3"], "choose from 0.00 % to 2.00 %"),
        (["--stake", "-1"], "can't be negative"),
        (["--stake", "20001"], "holds 20,000.000000 USDC, less than 20,001.000000 USDC"),
        (["--stake", "15000", "--house", "5001"], "less than 20,001.000000 USDC"),
        (["--index", "-1"], "-1 is not in the range"),
        (["--feed", "DOGE/USD"], "there is no feed 'DOGE/USD' on this chain"),
        (["--feed", "nonsense"], "there is no feed 'nonsense' on this chain"),
        (["--engine", "nonsense"], "is no public key"),
    ],
)
def test_every_bad_term_is_refused_before_anything_is_sent(
    world: World, terminal: Terminal, creator: User, options: list[str], complaint: str
) -> None:
    given = {"--feed": str(world.feed), "--depth": "5000000", **dict(zip(options[::2], options[1::2], strict=True))}
    arguments = [part for pair in given.items() for part in pair]
    assert complaint in terminal.refused("markets", "create", *arguments, "--yes", user=creator)
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None


def test_without_a_terminal_what_is_missing_is_named(world: World, terminal: Terminal, creator: User) -> None:
    assert "--feed is missing: choose one of" in terminal.refused("markets", "create", "--depth", "1", user=creator)
    assert "--depth is missing" in terminal.refused("markets", "create", "--feed", world.feed, user=creator)
    assert "no key to sign with" in terminal.refused(*feed_and_depth(world))


def test_a_feed_is_found_by_its_pair(world: World, terminal: Terminal, creator: User) -> None:
    pyth = load_project().sections["prices"].table("pairs").table("BTC/USD").text("pyth")
    adapter = Pubkey.from_string(load_project().adapter_id("pyth"))
    wanted = ("markets", "create", "--depth", "1", "--dry-run", "--feed")
    world.send(risk_engine.open_feed(world.admin.key, publisher_feed("BTC/USD"), 0, world.publisher.key))
    by_pair = terminal.json(*wanted, "BTC/USD", user=creator)
    assert by_pair["feed"] == str(world.at.feed(publisher_feed("BTC/USD")))
    world.send(risk_engine.open_feed(world.admin.key, pyth_feed(pyth), 1, adapter))
    complaint = terminal.refused(*wanted, "BTC/USD", user=creator)
    assert "BTC/USD has several feeds, give the address of one" in complaint and "(pyth, no price yet)" in complaint
    assert terminal.json(*wanted, f"0x{pyth}", user=creator)["feed"] == str(world.at.feed(pyth_feed(pyth)))


def test_feeds_are_found_by_id_as_well(world: World, terminal: Terminal, creator: User) -> None:
    by_id = terminal.json("markets", "create", "--feed", world.feed_id, "--depth", "1", "--dry-run", user=creator)
    assert by_id["feed"] == str(world.feed)


def test_a_poor_wallet_is_told_what_it_takes(world: World, terminal: Terminal) -> None:
    poor = world.user(name="a poor creator")
    world.local.set_account(poor.key, Account(39_145_200, b"", Pubkey.default()))
    complaint = terminal.refused(*feed_and_depth(world), "--yes", user=poor)
    assert "holds 0.0391452 SOL, the market takes 0.04003608 SOL" in complaint
    assert "rent 0.0391152 SOL, fees 0.00003 SOL" in complaint and "fund it" in complaint
    # Exactly what is asked for is enough.
    world.local.set_account(poor.key, Account(40_036_080, b"", Pubkey.default()))
    assert len(terminal.send(*feed_and_depth(world), user=poor)["sent"]) == 6
    left = world.chain.account(poor.key)
    assert left is not None and left.lamports == 40_036_080 - 39_145_200


def test_a_stop_of_registrations_is_said_with_its_end(world: World, terminal: Terminal, creator: User) -> None:
    world.send(risk_engine.stop_registrations(world.guardian.key))
    complaint = terminal.refused(*feed_and_depth(world), "--yes", user=creator)
    assert "the guardian has stopped registrations: the stop ends by itself 2020-03-13" in complaint
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None


def test_an_engine_is_refused_for_each_reason(world: World, terminal: Terminal, creator: User) -> None:
    def refused(*more: object) -> str:
        return terminal.refused(*feed_and_depth(world), *more, "--yes", user=creator)

    foreign, nowhere = world.at.insurance_pool, keypair("nowhere").pubkey()
    assert f"{foreign} is not on the list of engines" in refused("--engine", foreign)
    assert f"there is no program at {nowhere} on this chain" in refused("--engine", nowhere)
    assert "is not the address that" in refused("--market", nowhere)
    world.send(risk_engine.allow_engine(world.admin.key, foreign))
    assert "creates them by instructions of its own" in refused("--engine", foreign)
    # A market of the demo program is no address of the other one.
    assert "so no other can register" in refused("--engine", foreign, "--market", world.market.id)
    world.send(risk_engine.remove_engine(world.admin.key, world.at.demo_market))
    assert f"{world.at.demo_market} was removed from the list of engines" in refused()
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None


def test_a_closed_program_is_no_engine(world: World, terminal: Terminal, creator: User) -> None:
    """Its program account stays executable, its code is gone."""
    closed, data = keypair("closed").pubkey(), bytes(keypair("closed data").pubkey())
    account = Account(10**9, (2).to_bytes(4, "little") + data, UPGRADEABLE_LOADER, True)
    world.local.set_account(closed, account)
    complaint = terminal.refused(*feed_and_depth(world), "--engine", closed, user=creator)
    assert f"the program {closed} has been closed" in complaint


def test_a_failure_at_the_end_is_found_before_the_beginning(world: World, terminal: Terminal, creator: User) -> None:
    """The last transaction would pay the stake out of an account that USDC's issuer has frozen."""
    account = world.chain.account(creator.token)
    assert account is not None
    frozen = bytearray(account.data)
    frozen[TOKEN_STATE] = FROZEN
    world.local.set_account(creator.token, Account(account.lamports, bytes(frozen), account.owner))
    complaint = terminal.refused(*feed_and_depth(world), "--stake", "100", "--yes", user=creator)
    assert "nothing was sent, as one transaction would fail: put up the money: TOKEN_FROZEN" in complaint
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None
    assert len(terminal.send(*feed_and_depth(world), user=creator)["sent"]) == 6


def test_a_rehearsal_runs_what_was_deployed_long_after_genesis(world: World, terminal: Terminal, creator: User) -> None:
    """In a slot that a fresh chain is far from."""
    for program in world.at.programs.values():
        address = Pubkey.find_program_address([bytes(program)], UPGRADEABLE_LOADER)[0]
        account = world.chain.account(address)
        assert account is not None
        late = account.data[:4] + (300_000_000).to_bytes(8, "little") + account.data[12:]
        world.local.set_account(address, Account(account.lamports, late, account.owner))
    assert len(terminal.send(*feed_and_depth(world), user=creator)["sent"]) == 6


def test_a_program_that_refuses_midway_says_how_to_go_on(world: World, terminal: Terminal, creator: User) -> None:
    """Between the checks and the registration the admin takes the engine off the list."""
    removal = _RemoveAfter(world, transactions=3)
    world.local.listen(removal)
    complaint = terminal.refused(*feed_and_depth(world), "--yes", user=creator)
    world.local.unlisten(removal)
    assert "could not register the terms (3 of 6 transactions are done and stay)" in complaint
    assert "E_STATE: this market program is not on the list" in complaint and "run the same command again" in complaint
    world.send(risk_engine.restore_engine(world.admin.key, world.at.demo_market))
    rest = terminal.send(*feed_and_depth(world), user=creator)
    assert rest["transactions"][0] == "register the terms" and len(rest["sent"]) == 3


class _RemoveAfter:
    """Takes the engine off the list after so many transactions."""

    def __init__(self, world: World, transactions: int) -> None:
        self._world, self._left = world, transactions

    def transaction_landed(self, record: Any, changes: Any) -> None:
        self._left -= 1
        if self._left == 0:
            self._world.send(risk_engine.remove_engine(self._world.admin.key, self._world.at.demo_market))

    def slot_changed(self, slot: int, parent: int) -> None:
        pass
