"""`percosec keeper`: the process itself, its report, its halt."""

import json
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from offchain.database.database import open_database
from offchain.keeper.ledger import Ledger
from offchain.localnet.server import serving
from tests.commands.terminal import Terminal
from tests.support.keeper_process import Process
from tests.support.keys import User
from tests.support.market import Market
from tests.support.patience import wait_until
from tests.support.world import World


@pytest.fixture
def stranger(world: World) -> User:
    """Somebody with SOL alone."""
    user = world.user(name="process stranger")
    world.local.set_account(user.token, None)
    return user


@pytest.fixture
def environment(world: World, tmp_path: Path) -> Iterator[dict[str, str]]:
    """The chain on ports, and a database."""
    with serving(world.local) as endpoints:
        yield {
            "PERCOSEC_CLUSTER": "localnet",
            "PERCOSEC_RPC": endpoints.http,
            "PERCOSEC_WS": endpoints.ws,
            "PERCOSEC_DATABASE": f"sqlite:///{tmp_path / 'keeper.db'}",
            "PERCOSEC_KEEPER_CYCLE_MS": "100",
        }


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_lets_it_finish_what_is_under_way(
    world: World, market: Market, terminal: Terminal, stranger: User, environment: dict[str, str], number: int
) -> None:
    running = Process(terminal.folder, stranger, environment)
    running.wait_for("started")
    world.advance(epochs=1)
    world.push_price()
    running.wait_for("simulated")
    assert running.end(number) == 0
    steps = [line["step"] for line in running.lines()]
    assert steps.index("draining") < steps.index("stopped") == len(steps) - 1
    by_step = {step: {line["key"] for line in running.lines() if line["step"] == step} for step in ("sent", "recorded")}
    assert by_step["sent"] == by_step["recorded"]
    with open_database(environment["PERCOSEC_DATABASE"]) as database:
        ledger = Ledger(database, stranger.key)
        assert ledger.unknown(2**62) == []


def test_killed_in_the_middle_it_goes_on_where_the_chain_is(
    world: World, market: Market, terminal: Terminal, stranger: User, environment: dict[str, str]
) -> None:
    running = Process(terminal.folder, stranger, environment)
    running.wait_for("started")
    world.advance(epochs=1)
    world.push_price()
    running.wait_for("sent")
    assert running.end(signal.SIGKILL) == -signal.SIGKILL
    again = Process(terminal.folder, stranger, environment)
    again.wait_for("started")
    wait_until(lambda: market.score().epoch == world.epoch, "the score")
    assert again.end(signal.SIGTERM) == 0
    scores = [record for record in world.local.transactions_of(market.m.score) if record.err is None]
    assert len([record for record in scores if record.block_time == world.now]) == 1


def test_with_json_its_end_is_one_document(
    world: World, terminal: Terminal, stranger: User, environment: dict[str, str]
) -> None:
    running = Process(terminal.folder, stranger, environment, "--json", "--duty", "score")
    running.wait_for("started")
    assert running.end(signal.SIGTERM) == 0
    document = json.loads(running.out.read_text())
    assert document["wallet"] == str(stranger.key)
    assert document["halted"] == "" and document["markets"] == 1


def test_what_keeps_it_from_starting_is_one_line(world: World, terminal: Terminal, stranger: User) -> None:
    assert "no key to sign with" in terminal.refused("keeper", "run")
    world.local.set_account(stranger.key, None)
    assert f"the wallet {stranger.key} is empty" in terminal.refused("keeper", "run", user=stranger)
    said = terminal.refused("keeper", "run", "--log", "/nowhere/keeper.log", user=stranger)
    assert "the log /nowhere/keeper.log can't be written" in said


def test_a_misspelt_setting_is_refused(terminal: Terminal, stranger: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERCOSEC_KEEPER_CYCLES", "1")
    assert "PERCOSEC_KEEPER_CYCLES is no setting" in terminal.refused("keeper", "run", user=stranger)


def test_the_report_shows_costs_and_income(world: World, market: Market, terminal: Terminal, stranger: User) -> None:
    assert "has done nothing yet" in terminal.text("keeper", "report", user=stranger)
    market.cover("150000")
    market.open(market.trader("60000"), is_long=True, base="20", margin="10000")
    world.advance(epochs=1)
    world.push_price()
    terminal.json("crank", market.id, user=stranger)
    document = terminal.json("keeper", "report", user=stranger)
    assert set(document["duties"]) == {"account", "score", "premiums"}
    assert document["duties"]["premiums"] == {
        "transactions": 1,
        "failed": 0,
        "lamports": 5_000,
        "usdc": 100_000,
        "net": 99_250,
    }
    assert document["total"]["usdc"] == world.balance(stranger)
    shown = terminal.text("keeper", "report", "--wallet", stranger.key)
    assert "0.000005000" in shown and "0.100000" in shown and "1 SOL = 150.000000 USDC" in shown
    assert "is no address" in terminal.refused("keeper", "report", "--wallet", "me")


def test_a_halt_is_shown_and_lifted(terminal: Terminal, stranger: User) -> None:
    assert "is not halted" in terminal.text("keeper", "resume", user=stranger)
    with open_database(f"sqlite:///{terminal.folder / 'data' / 'percosec' / 'localnet.db'}") as database:
        Ledger(database, stranger.key).halt("9 lamports in an hour exceed max_lamports_hour = 1")
    assert terminal.json("keeper", "report", user=stranger)["halted"].startswith("9 lamports")
    assert "add --yes" in terminal.refused("keeper", "resume", user=stranger)
    document = terminal.json("keeper", "resume", "--yes", user=stranger)
    assert document["resumed"] and document["reason"].startswith("9 lamports")
    assert terminal.json("keeper", "report", user=stranger)["halted"] == ""
