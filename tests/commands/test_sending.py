"""Writing to the chain: the question, several nodes, and a `percosec` of its own process."""

import os
import pty
import select
import signal
import subprocess
import sys
from socket import socket

import click

from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.patience import PATIENCE
from tests.support.world import World

DEAD = "http://127.0.0.1:9"


def _hears_interrupts() -> None:
    """What runs in the background of a shell ignores them, and so would its children."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def _read(master: int, interrupted: "subprocess.Popen[bytes] | None") -> bytes:
    """What is printed next. Python loses a signal that comes right before it waits for a line: people press again."""
    while interrupted is not None and not select.select([master], [], [], 1)[0]:
        interrupted.send_signal(signal.SIGINT)
    return os.read(master, 4096)


def _asked(terminal: Terminal, world: World, user: User, answer: str | None) -> tuple[int, str]:
    """A deposit at a terminal, answered so, or interrupted with None: exit code, and everything that was printed."""
    command = [sys.executable, "-m", "offchain.cli", "deposit", str(world.market.id), "100"]
    master, slave = pty.openpty()
    command += ["--keypair", str(terminal.key_file(user))]
    process = subprocess.Popen(command, stdin=slave, stdout=slave, stderr=slave, preexec_fn=_hears_interrupts)
    os.close(slave)
    shown = b""
    while b"[y/N]" not in shown:
        shown += os.read(master, 4096)
    if answer is not None:
        os.write(master, answer.encode())
    try:
        while chunk := _read(master, process if answer is None else None):
            shown += chunk
    except OSError:
        pass  # Linux says so when the other end is closed.
    os.close(master)
    return process.wait(PATIENCE), click.unstyle(shown.decode())


def test_a_terminal_is_asked_and_yes_sends(world: World, terminal: Terminal, provider: User) -> None:
    code, shown = _asked(terminal, world, provider, "y\n")
    assert code == 0
    assert "Deposit 100.000000 USDC? [y/N]" in shown and "locked until" in shown.partition("[y/N]")[0]
    assert "confirmed" in shown.partition("[y/N]")[2]
    assert world.market.pool().available_balance == 100_000_000


def test_no_sends_nothing(world: World, terminal: Terminal, provider: User) -> None:
    code, shown = _asked(terminal, world, provider, "\n")
    assert code == 2 and "nothing was sent: you said no" in shown
    assert world.market.pool().available_balance == 0


def test_an_interrupt_sends_nothing(world: World, terminal: Terminal, provider: User) -> None:
    code, shown = _asked(terminal, world, provider, None)
    assert code == 130 and "percosec: interrupted" in shown and "Traceback" not in shown
    assert world.market.pool().available_balance == 0


def test_an_interrupt_while_a_node_thinks_is_one_line() -> None:
    with socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        command = [sys.executable, "-m", "offchain.cli", "markets", "list"]
        node = ("--rpc", f"http://127.0.0.1:{silent.getsockname()[1]}")
        process = subprocess.Popen(
            [*command, *node],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=_hears_interrupts,
        )
        connection, _ = silent.accept()
        connection.recv(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=PATIENCE)
        connection.close()
    assert (process.returncode, out, click.unstyle(err).strip()) == (130, "", "percosec: interrupted")


def test_the_first_node_that_answers_is_used(world: World, terminal: Terminal, provider: User, url: str) -> None:
    nodes = ("--rpc", DEAD, "--rpc", f"{url}/nowhere", "--rpc", url)
    document = terminal.json("deposit", world.market.id, "100", "--yes", *nodes, user=provider)
    assert document["sent"] is True
    assert "can't be reached" in terminal.refused("pools", "list", "--rpc", DEAD, "--rpc", DEAD)


def test_a_priority_fee_is_paid(world: World, terminal: Terminal, provider: User) -> None:
    call = ("deposit", world.market.id, "100", "--dry-run")
    plain = terminal.json(*call, user=provider)["cost_lamports"]
    tipped = terminal.json(*call, "--priority", "1000000", user=provider)["cost_lamports"]
    assert tipped > plain
    assert "not in the range" in terminal.refused(*call, "--priority", "-1", user=provider)


def test_output_without_a_terminal_has_no_colours(world: World, terminal: Terminal) -> None:
    command = [sys.executable, "-m", "offchain.cli", "markets", "list"]
    printed = subprocess.run(command, capture_output=True, text=True, timeout=2 * PATIENCE, check=True)
    assert "\x1b" not in printed.stdout
    assert str(world.market.id) in printed.stdout and printed.stderr == ""
