"""A whole small world on an embedded chain with a driven clock: the five programs, configured, and an insured market.

    world = World.fresh()
    lp = world.user(usdc="50000")
    world.market.deposit(lp, "20000")
    world.crank_epoch()
    with world.expect_error("E_MIN_DEPOSIT"):
        world.market.deposit(lp, "1")

Signers are found by themselves: every key made by `user` signs where an instruction asks for it. A fresh world is
restored from a copy that each process makes once, so that it costs about 0.1 s.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, TypeVar

from solders.account import Account
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import recipes, tokens, transactions
from offchain.chain.accounts import Decodable, decode_account
from offchain.chain.addresses import LOCALNET, PROGRAMS, TOKEN_PROGRAM
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.epochs import Schedule
from offchain.chain.errors import ProgramError
from offchain.chain.instructions import risk_engine
from offchain.chain.keys import development_admin
from offchain.chain.transactions import Options
from offchain.chain.units import USDC_DECIMALS, Number, atoms, price
from offchain.localnet.chain import LocalChain
from offchain.localnet.events import Changes
from offchain.localnet.records import TransactionRecord
from offchain.settings.parameters import Parameters
from offchain.settings.paths import ARTIFACTS
from offchain.settings.project import load_project
from tests.support.evidence import uncredited
from tests.support.failing import failing
from tests.support.keys import User, keypair
from tests.support.market import Market
from tests.support.sent import Sent

T = TypeVar("T", bound=Decodable)

GENESIS = 1_583_798_400
"""10 March 2020, 00:00 UTC: the start of epoch 0."""
FIRST_EPOCH = 10
"""The epoch in which a fresh world wakes up."""
FIRST_PRICE = "8000"
LAMPORTS = 100 * 10**9
RENT = 10**9
_MINT_LAYOUT_TAIL = bytes(4 + 32)
"""No freeze authority."""


class World:
    """The chain and everybody on it. `World.fresh()` gives one with a live market; `World()` an unconfigured chain."""

    def __init__(self, start: int = GENESIS + FIRST_EPOCH * 900, epoch_seconds: int = 900) -> None:
        self.at = LOCALNET
        self.parameters: Parameters = load_project().profile("development").parameters
        self.schedule = Schedule(GENESIS, epoch_seconds)
        programs = {LOCALNET.programs[name]: ARTIFACTS / "deploy" / f"{name}.so" for name in PROGRAMS}
        self.local = LocalChain(clock="driven", start=start, programs=programs)
        self.chain = EmbeddedChain(self.local)
        self.last_price = price(FIRST_PRICE)
        self.markets: list[Market] = []
        self._pairs: dict[Pubkey, Keypair] = {}
        self._users = 0
        self.mint = keypair("usdc mint").pubkey()
        self.feed_id = keypair("btc feed").pubkey()
        self.feed = self.at.feed(self.feed_id)

    @classmethod
    def fresh(cls) -> World:
        """A world with a live and scored market (grade C), house and insurance fund filled, and no deposit yet."""
        return _Copy.get().restore()

    @classmethod
    def bare(cls, epoch_seconds: int = 900, start: int = GENESIS + FIRST_EPOCH * 900) -> World:
        """Mint and people only: no program is configured."""
        world = cls(start, epoch_seconds)
        world.local.set_account(world.mint, _mint_account(keypair("usdc authority").pubkey()))
        world._name_people()
        return world

    def _name_people(self) -> None:
        self.admin = self._person("admin", development_admin())
        self.guardian = self._person("guardian")
        self.treasury = self._person("treasury")
        self.publisher = self._person("publisher")
        self.keeper = self._person("keeper")
        self.creator = self._person("creator", usdc="10000000")

    # People

    def user(self, usdc: Number = 0, name: str | None = None) -> User:
        """Somebody new with SOL and so many USDC; the same name gives the same key in every world."""
        self._users += 1
        return self._person(name or f"user {self._users}", usdc=usdc)

    def token_account(self, owner: Pubkey, mint: Pubkey | None = None, usdc: Number = 0) -> Pubkey:
        """Another token account of `owner`, of any mint."""
        self._users += 1
        address = keypair(f"token account {self._users}").pubkey()
        self.local.set_account(address, _token_account(mint or self.mint, owner, atoms(usdc)))
        return address

    def other_mint(self) -> Pubkey:
        """A mint that is not USDC."""
        self._users += 1
        address = keypair(f"mint {self._users}").pubkey()
        self.local.set_account(address, _mint_account(address))
        return address

    def _person(self, name: str, pair: Keypair | None = None, usdc: Number = 0) -> User:
        pair = pair or keypair(name)
        token = tokens.associated(pair.pubkey(), self.mint)
        self._pairs[pair.pubkey()] = pair
        self.local.set_account(pair.pubkey(), Account(LAMPORTS, b"", Pubkey.default()))
        self.local.set_account(token, _token_account(self.mint, pair.pubkey(), atoms(usdc)))
        return User(name, pair, pair.pubkey(), token)

    # Transactions

    def send(self, *instructions: Instruction, payer: User | None = None, options: Options | None = None) -> Sent:
        """Send one transaction, signed by whoever the instructions ask for; ProgramError when it fails."""
        signers = self.signers(instructions, payer)
        sent = transactions.send(self.chain, list(instructions), signers, options or transactions.PLAIN)
        return Sent(sent)

    def signers(self, instructions: tuple[Instruction, ...], payer: User | None = None) -> list[Keypair]:
        """The keys the instructions ask for, the fee payer first."""
        keys = [payer.key] if payer else []
        keys += [meta.pubkey for found in instructions for meta in found.accounts if meta.is_signer]
        return [self._pairs[key] for key in dict.fromkeys(keys)]

    @contextmanager
    def expect_error(self, code: str) -> Iterator[list[ProgramError]]:
        """The block must raise a ProgramError with this code, and its last transaction must change nothing.

        Only fee payers' lamports may change in a transaction that fails. The list yielded holds the error afterwards.
        """
        watcher = _Watcher()
        self.local.listen(watcher)
        try:
            with failing(code) as caught:
                yield caught
        finally:
            self.local.unlisten(watcher)
        watcher.check()

    def compute_units(self, signature: Any) -> int:
        """Compute units of a landed transaction."""
        record = self.local.transaction(signature)
        assert record is not None
        return record.units

    # Time

    @property
    def now(self) -> int:
        """Chain time in seconds."""
        return self.local.unix_timestamp

    @property
    def epoch(self) -> int:
        """The current epoch."""
        return self.schedule.epoch(self.now)

    def advance(self, seconds: int = 0, epochs: int = 0) -> None:
        """Go forward by seconds, or to the start of the epoch so many epochs later."""
        if epochs:
            self.local.warp_to(self.schedule.start(self.epoch + epochs))
        if seconds:
            self.local.advance(seconds)

    def go_to_epoch(self, epoch: int) -> None:
        """Go to the start of an epoch."""
        self.local.warp_to(self.schedule.start(epoch))

    # Prices and epochs

    def push_price(self, usd: Number | None = None, conf: Number = 0) -> Sent:
        """Publish a price of this second (the last one again by default)."""
        self.last_price = price(usd) if usd is not None else self.last_price
        push = risk_engine.push_price(self.publisher.key, self.feed, self.last_price, price(conf), self.now)
        return self.send(push)

    def crank_epoch(self, usd: Number | None = None, advance: bool = True) -> None:
        """Go to the next epoch and do all of a keeper's duties in it, for every market."""
        if advance:
            self.advance(epochs=1)
        self.push_price(usd)
        for market in self.markets:
            market.crank()

    def crank_epochs(self, count: int) -> None:
        """Several epochs at the same price."""
        for _ in range(count):
            self.crank_epoch()

    # Reading

    def read(self, kind: type[T], address: Pubkey) -> T:
        """A decoded account of the program that its class belongs to."""
        program = self.at.programs[kind.__module__.split(".")[3]]
        return decode_account(kind, self.chain.account(address), program, address)

    def exists(self, address: Pubkey) -> bool:
        """Whether there is an account."""
        return self.chain.account(address) is not None

    def balance(self, token: Pubkey | User) -> int:
        """Atoms in a token account, or in a user's."""
        address = token.token if isinstance(token, User) else token
        return tokens.token_balance(self.chain.account(address), address).amount

    def edit(self, kind: type[T], address: Pubkey, **fields: Any) -> None:
        """Overwrite fields of an account past every rule: for states that are tedious to reach honestly."""
        account = self.chain.account(address)
        before = self.read(kind, address)
        assert account is not None
        names = [field.name for field in kind.layout.subcons]
        assert set(fields) <= set(names), f"{kind.__name__} has no {set(fields) - set(names)}"
        body = kind.layout.build({name: fields.get(name, getattr(before, name)) for name in names})
        data = kind.discriminator + body + account.data[8 + len(body) :]
        self.local.set_account(address, Account(account.lamports, data, account.owner))

    def set_balance(self, token: Pubkey, amount: int) -> None:
        """Put so many atoms into a token account, past every rule."""
        held = tokens.token_balance(self.chain.account(token), token)
        self.local.set_account(token, _token_account(held.mint, held.owner, amount))

    # Setting up

    def configure(self) -> None:
        """Configure all programs, allow the demo engine, open the feed."""
        plan = recipes.Deployment(
            self.admin.key,
            self.guardian.key,
            self.treasury.key,
            self.mint,
            self.schedule.genesis,
            self.schedule.epoch_seconds,
        )
        for group in recipes.initialise(plan):
            self.send(*group)
        self.send(risk_engine.open_feed(self.admin.key, self.feed_id, 0, self.publisher.key))

    @property
    def market(self) -> Market:
        """The first market."""
        return self.markets[0]

    def open_market(self, index: int, creator: User | None = None, **changes: Any) -> Market:
        """A live market of the creator's with its first price; scored from the next epoch on.

        `changes` replace fields of MarketDesign. The feed must have a price.
        """
        design = replace(recipes.default_design(depth=atoms("20000000")), **changes)
        market = Market(self, creator or self.creator, index, design)
        for group in recipes.open_market(market.creator.key, index, self.mint, self.feed, design):
            self.send(*group)
        market.sync()
        self.markets.append(market)
        return market

    def adopt(self, creator: User, index: int, design: recipes.MarketDesign) -> Market:
        """Crank from now on a market that a test has opened by itself."""
        market = Market(self, creator, index, design)
        self.markets.append(market)
        return market


class _Watcher:
    """Sees which accounts the last transaction changed."""

    def __init__(self) -> None:
        self.failed: tuple[TransactionRecord, Changes] | None = None

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        self.failed = (record, list(changes)) if record.err is not None else None

    def slot_changed(self, slot: int, parent: int) -> None:
        pass

    def check(self) -> None:
        """A failed transaction changes the payer's lamports alone."""
        if self.failed is None:
            return
        record, changes = self.failed
        payer = record.keys[0]
        for address, before, after in changes:
            assert address == payer and before is not None and after is not None, f"{address} changed"
            assert (before.data, before.owner) == (after.data, after.owner)


class _Copy:
    """The accounts of a ready world, made once in each process."""

    _made: _Copy | None = None

    def __init__(self) -> None:
        world = World.bare()
        world.configure()
        world.push_price()
        market = world.open_market(index=0)
        market.fund_house("2000000")
        market.fund_insurance("5000")
        world.crank_epoch()
        known = {key for program in PROGRAMS for key in (world.at.programs[program],)}
        self.accounts = [(key, found) for key, found in _accounts(world) if key not in known]
        self.now, self.last_price = world.now, world.last_price

    @classmethod
    def get(cls) -> _Copy:
        if cls._made is None:
            with uncredited():
                cls._made = cls()
        return cls._made

    def restore(self) -> World:
        world = World(start=self.now)
        world._name_people()
        for address, account in self.accounts:
            world.local.set_account(address, account)
        world.last_price = self.last_price
        world.markets = [Market(world, world.creator, 0, recipes.default_design(depth=atoms("20000000")))]
        return world


def _accounts(world: World) -> Iterator[tuple[Pubkey, Account]]:
    """Everything of our programs, the tokens and the people."""
    for owner in (*world.at.programs.values(), TOKEN_PROGRAM):
        yield from world.local.accounts_owned_by(owner)
    for key in world._pairs:
        account = world.chain.account(key)
        assert account is not None
        yield key, account


def _token_account(mint: Pubkey, owner: Pubkey, amount: int) -> Account:
    initialised = 1
    data = bytes(mint) + bytes(owner) + amount.to_bytes(8, "little") + bytes(36) + bytes([initialised]) + bytes(56)
    return Account(RENT, data, TOKEN_PROGRAM)


def _mint_account(authority: Pubkey, supply: int = 1 << 60) -> Account:
    option, initialised = (1).to_bytes(4, "little"), 1
    data = option + bytes(authority) + supply.to_bytes(8, "little") + bytes([USDC_DECIMALS, initialised])
    return Account(RENT, data + _MINT_LAYOUT_TAIL, TOKEN_PROGRAM)
