"""The same world on a chain behind RPC, in real time: for stories on Solana's own test validator.

Epochs are short, so minimum waits are too; `advance(seconds)` waits what those seconds become. A second chain can't be
had for each story: they share one, each with a market and people of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep

import httpx
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.system_program import CreateAccountParams, create_account
from spl.token.instructions import InitializeMintParams, initialize_mint

from offchain.chain import tokens, transactions
from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.epochs import Schedule
from offchain.chain.errors import ProgramError
from offchain.chain.units import USDC_DECIMALS, Number, atoms, price
from offchain.settings.project import load_project
from tests.support.failing import failing
from tests.support.keys import User, keypair
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import FIRST_PRICE, RENT, World

EPOCHS_BEFORE = 10
"""Epochs between the genesis of the deployment and the start of the test."""
MARGIN = 2
"""Seconds that must be left of an epoch for a transaction that names it."""
SOL = 20 * 10**9
POLL = 0.05


class RemoteWorld(World):
    """A configured world behind RPC, without a market."""

    def __init__(self, url: str, epoch_seconds: int) -> None:
        """Wait for nothing else to use the chain: the programs are configured here, once."""
        self.at = LOCALNET
        self.parameters = load_project().profile("development").parameters
        self.url = url
        self.chain = RpcChain.connect(url)  # type: ignore[assignment]
        self.schedule = Schedule(self.chain.now() - EPOCHS_BEFORE * epoch_seconds, epoch_seconds)
        self.last_price = price(FIRST_PRICE)
        self.markets: list[Market] = []
        self._pairs: dict[Pubkey, Keypair] = {}
        self._users = 0
        self._published = 0
        self._issuer = keypair("usdc authority")
        self._airdrop(self._issuer.pubkey())
        self.mint = self._make_mint()
        self.feed_id = keypair("btc feed").pubkey()
        self.feed = self.at.feed(self.feed_id)
        self._name_people()
        self.configure()

    @property
    def genesis(self) -> int:
        """Epoch 0 of this deployment."""
        return self.schedule.genesis

    @property
    def now(self) -> int:
        """Chain time in seconds."""
        return self.chain.now()

    @property
    def epoch(self) -> int:
        """The current epoch, of which some seconds are left."""
        now = self.now
        epoch = self.schedule.epoch(now)
        if now + MARGIN >= self.schedule.start(epoch + 1):
            self.go_to_epoch(epoch + 1)
            epoch += 1
        return epoch

    def advance(self, seconds: int = 0, epochs: int = 0) -> None:
        """Wait: for the start of a later epoch, or for what so many seconds of a full epoch are in a short one."""
        if epochs:
            self.go_to_epoch(self.schedule.epoch(self.now) + epochs)
        if seconds:
            self._wait_until(self.now + self.schedule.wait(seconds) + 1)

    def go_to_epoch(self, epoch: int) -> None:
        """Wait for the start of an epoch."""
        self._wait_until(self.schedule.start(epoch))

    def push_price(self, usd: Number | None = None, conf: Number = 0) -> Sent:
        """As in any world, in a later second than the last one."""
        self._wait_until(self._published + 1)
        self._published = self.now
        return super().push_price(usd, conf)

    @contextmanager
    def expect_error(self, code: str) -> Iterator[list[ProgramError]]:
        """The block must raise a ProgramError with this code; the node's preflight lets nothing land."""
        with failing(code) as caught:
            yield caught

    def close(self) -> None:
        """Close the connection."""
        self.chain.close()  # type: ignore[attr-defined]

    def _person(self, name: str, pair: Keypair | None = None, usdc: Number = 0) -> User:
        pair = pair or keypair(name)
        token = tokens.associated(pair.pubkey(), self.mint)
        if pair.pubkey() not in self._pairs:
            self._airdrop(pair.pubkey())
        self._pairs[pair.pubkey()] = pair
        steps = [tokens.create_associated(self._issuer.pubkey(), pair.pubkey(), self.mint)]
        if usdc:
            steps.append(tokens.mint_to(self.mint, token, self._issuer.pubkey(), atoms(usdc)))
        transactions.send(self.chain, steps, [self._issuer])
        return User(name, pair, pair.pubkey(), token)

    def _make_mint(self) -> Pubkey:
        pair, issuer = keypair("usdc mint"), self._issuer.pubkey()
        space = CreateAccountParams(
            from_pubkey=issuer, to_pubkey=pair.pubkey(), lamports=RENT, space=tokens.MINT_SIZE, owner=TOKEN_PROGRAM
        )
        rules = InitializeMintParams(USDC_DECIMALS, TOKEN_PROGRAM, pair.pubkey(), issuer)
        transactions.send(self.chain, [create_account(space), initialize_mint(rules)], [self._issuer, pair])
        return pair.pubkey()

    def _airdrop(self, to: Pubkey) -> None:
        request = {"jsonrpc": "2.0", "id": 1, "method": "requestAirdrop", "params": [str(to), SOL]}
        httpx.post(self.url, json=request, timeout=10).raise_for_status()
        _until(lambda: self.chain.account(to) is not None)

    def _wait_until(self, unix_time: int) -> None:
        _until(lambda: self.now >= unix_time)


def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        sleep(POLL)
