"""Creating a market is killed after each of its transactions, and goes on; and a person answers on a terminal."""

import os
import pty
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from offchain.chain import recipes
from offchain.chain.units import atoms
from offchain.settings.paths import ROOT
from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

WAIT = 60


@pytest.fixture
def creator(world: World) -> User:
    return world.user(usdc="20000", name="cli creator")


def command(world: World, url: str, key: Path) -> list[str]:
    begin = [sys.executable, "-m", "offchain.cli", "markets", "create", "--rpc", url, "--keypair", str(key)]
    return [*begin, "--feed", str(world.feed), "--depth", "5000000", "--stake", "4000"]


class KillAfter:
    """Kills a process without warning as soon as its n-th transaction has landed."""

    def __init__(self, count: int) -> None:
        self.left = count
        self.process: subprocess.Popen[bytes] | None = None

    def transaction_landed(self, record: Any, changes: Any) -> None:
        self.left -= 1
        if self.left == 0 and self.process is not None:
            os.kill(self.process.pid, signal.SIGKILL)

    def slot_changed(self, slot: int, parent: int) -> None:
        pass


@pytest.mark.parametrize("landed", range(1, 8))
def test_killed_after_any_transaction_it_goes_on(
    world: World, url: str, terminal: Terminal, creator: User, landed: int
) -> None:
    arguments = command(world, url, terminal.key_file(creator))
    before = world.chain.account(creator.key)
    killer = KillAfter(landed)
    world.local.listen(killer)
    killer.process = subprocess.Popen([*arguments, "--yes", "--json"], cwd=ROOT, stdout=subprocess.PIPE)
    killer.process.communicate(timeout=WAIT)
    world.local.unlisten(killer)
    assert killer.process.returncode == -signal.SIGKILL

    rest = terminal.send(*arguments[3:], user=creator)
    assert len(rest["sent"]) == 7 - landed
    market = Market(world, creator, 0, recipes.default_design(atoms("5000000")))
    assert market.config().active and market.pool().first_loss == atoms("4000")
    assert world.balance(creator) == atoms("16000"), "the stake is paid once"
    after = world.chain.account(creator.key)
    assert before is not None and after is not None
    assert before.lamports - after.lamports == 39_115_200 + 7 * 5_000
    assert terminal.send(*arguments[3:], user=creator)["sent"] == []


def test_a_begun_market_keeps_its_terms(world: World, terminal: Terminal, creator: User) -> None:
    design = recipes.MarketDesign(atoms("7000000"), 200_000, 10**9, 1344, 96, 500, trading_fee_bps=20)
    groups = recipes.open_market(creator.key, 0, world.mint, world.feed, design)
    world.send(*groups[0])
    # Depth and fees are on the chain, so they need not be said again; the others are not known yet.
    document = terminal.json("markets", "create", "--feed", world.feed, "--dry-run", user=creator)
    assert (document["terms"]["depth"], document["terms"]["trading_fee_bps"]) == (atoms("7000000"), 20)
    assert document["terms"]["max_leverage"] == 1_000_000
    complaint = terminal.refused("markets", "create", "--feed", world.feed, "--depth", "5", user=creator)
    assert "this market was begun with --depth 7,000,000 USDC" in complaint
    for group in groups[1:4]:
        world.send(*group)
    # Registered, it needs nothing but a key.
    document = terminal.send("markets", "create", user=creator)
    assert document["terms"]["max_leverage"] == 200_000 and len(document["sent"]) == 2
    other = terminal.refused("markets", "create", "--index", "0", "--feed", "BTC/USD", user=creator)
    assert "there is no feed 'BTC/USD'" in other


def test_a_person_is_asked_on_a_terminal(world: World, url: str, terminal: Terminal, creator: User) -> None:
    """Wrong answers are asked again; Enter takes the default."""
    answers = [
        *("DOGE/USD", str(world.feed)),
        *("0", "5000000"),
        *("101", "20"),
        *("", "7d", "", "", "", "", ""),
        *("4000", "", ""),
        "y",
    ]
    key = terminal.key_file(creator)
    begin = [sys.executable, "-m", "offchain.cli", "markets", "create", "--rpc", url, "--keypair", str(key)]
    code, said = on_a_terminal(begin, answers)
    assert code == 0, said
    assert "there is no feed 'DOGE/USD'" in said and "--depth 0 USDC is out of bounds" in said
    assert "max leverage (1x to 100x) [100x]" in said
    market = Market(world, creator, 0, recipes.default_design(atoms("5000000")))
    config = market.config()
    assert config.active and (config.max_leverage, config.lock_epochs, config.notice_epochs) == (200_000, 672, 96)
    assert market.pool().first_loss == atoms("4000")


def test_a_no_on_the_terminal_sends_nothing(world: World, url: str, terminal: Terminal, creator: User) -> None:
    arguments = command(world, url, terminal.key_file(creator))
    code, said = on_a_terminal(arguments, ["", "", "", "", "", "", "", "", "", "", "n"])
    assert code == 2 and "you said no" in said
    assert world.chain.account(world.at.market_id(creator.key, 0)) is None


def on_a_terminal(arguments: list[str], answers: list[str]) -> tuple[int, str]:
    """Run a command on a pseudo-terminal and type the answers; returns exit code and everything shown."""
    ours, theirs = pty.openpty()
    environment = {**os.environ, "COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb"}
    process = subprocess.Popen(arguments, cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    os.write(ours, "".join(f"{answer}\n" for answer in answers).encode())
    shown = b""
    while True:
        try:
            part = os.read(ours, 65_536)
        except OSError:
            break
        if not part:
            break
        shown += part
    os.close(ours)
    return process.wait(timeout=WAIT), shown.decode(errors="replace")
