"""A local chain on ports, people with keys, and commands typed by them."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from signal import SIGINT
from time import sleep

import click
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain import cli
from offchain.chain import transactions
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.instructions import risk_engine
from offchain.chain.keys import dev_key, development_admin, read_keypair
from offchain.chain.oracles.feed_ids import publisher_feed
from offchain.chain.units import price
from offchain.commands import context
from offchain.localnet.chain import LocalChain
from offchain.localnet.server import serving
from offchain.settings.project import load_project

START = 1_583_971_200
"""12 March 2020, 00:00 UTC."""
PEOPLE = ("alice", "bob", "carol", "dave")
WIDTH = 140
"""Columns of the page's tables."""
HTTP, WS = "http://127.0.0.1:8899", "ws://127.0.0.1:8900"
"""Where the page says the chain is."""

Shown = Iterator[tuple[str, str]]
"""(command without `percosec`, what it printed), to be put on the page."""
Play = Callable[["Stage"], Shown]


@dataclass
class Stage:
    """What the commands are typed on."""

    chain: LocalChain
    http: str
    ws: str

    def run(self, line: str, yes: bool = True, code: int = 0) -> tuple[str, str]:
        """Type a command; RuntimeError when its exit code is another. --yes is typed, but not shown."""
        printed = io.StringIO()
        with redirect_stdout(printed), redirect_stderr(printed):
            found = cli.run([*line.split(), *(["--yes"] if yes else [])])
        output = click.unstyle(printed.getvalue())
        if found != code:
            raise RuntimeError(f"percosec {line} left with {found}:\n{output}")
        return line.replace(self.http, HTTP), _anywhere(output)

    def process(self, line: str, seconds: float) -> tuple[str, str]:
        """Let a command run in a process of its own for a while, then interrupt it."""
        command = [sys.executable, "-m", "offchain.cli", *line.split()]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
            sleep(seconds)
            process.send_signal(SIGINT)
            output, _ = process.communicate(timeout=60)
        return line, _anywhere(click.unstyle(output))

    def key(self, name: str) -> Keypair:
        """Somebody's key."""
        return read_keypair(Path(f"{name}.json"))

    def market(self, name: str) -> Pubkey:
        """The market_id of a market of seahorse.toml."""
        found = next(each for each in load_project().cluster("localnet").markets if each.name == name)
        return LOCALNET.market_id(development_admin().pubkey(), found.index)

    @property
    def mint(self) -> Pubkey:
        """Test USDC."""
        return dev_key("usdc_mint").pubkey()

    def send(self, steps: list[Instruction], signer: Keypair) -> None:
        """A transaction off the page."""
        transactions.send(EmbeddedChain(self.chain), steps, [signer])

    def usd(self, pair: str, value: str) -> None:
        """The publisher writes a price of the next second."""
        self.chain.advance(1)
        publisher = dev_key("publisher")
        feed = LOCALNET.feed(publisher_feed(pair))
        step = risk_engine.push_price(publisher.pubkey(), feed, price(value), 0, self.chain.unix_timestamp)
        self.send([step], publisher)

    def pass_epochs(self, count: int, pair: str, value: str) -> None:
        """Go on by whole epochs, and crank every market in the last one."""
        self.chain.advance(900 * count)
        self.usd(pair, value)
        for market in ("BTC-PERP", "BTC-20X"):
            self.run(f"crank {market} --keypair dave.json", yes=False)


def _anywhere(output: str) -> str:
    """The output with the usual ports instead of those that happened to be free."""
    output = re.sub(r"http://127\.0\.0\.1:\d+", HTTP, output)
    return re.sub(r"ws://127\.0\.0\.1:\d+", WS, output)


@contextmanager
def playing(folder: Path) -> Iterator[Stage]:
    """An empty chain in March 2020, and everybody's key file in the working folder."""
    for name in PEOPLE:
        key = Keypair.from_seed(sha256(f"percosec page {name}".encode()).digest())
        (folder / f"{name}.json").write_text(json.dumps(list(bytes(key))), encoding="utf-8")
    for name in ("publisher", "guardian"):
        (folder / f"{name}.json").write_text(json.dumps(list(bytes(dev_key(name)))), encoding="utf-8")
    chain = LocalChain(clock="driven", start=START, programs={}, authority=development_admin().pubkey())
    for name in ("publisher", "guardian"):
        chain.airdrop(dev_key(name).pubkey(), 10**9)
    home, environment, width = Path.cwd(), dict(os.environ), context.PLAIN_WIDTH
    with serving(chain) as endpoints:
        os.environ |= {
            "PERCOSEC_RPC": endpoints.http,
            "PERCOSEC_WS": endpoints.ws,
            "PERCOSEC_DATABASE": "sqlite:///percosec.db",
            "PYTHONPATH": str(home),
        }
        context.PLAIN_WIDTH = WIDTH
        os.chdir(folder)
        try:
            yield Stage(chain, endpoints.http, endpoints.ws)
        finally:
            os.chdir(home)
            context.PLAIN_WIDTH = width
            os.environ.clear()
            os.environ.update(environment)
