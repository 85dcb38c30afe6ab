"""The real demo_market alone on a LiteSVM: the tests play its three authorities (risk engine, pool, handler).

Those authorities are addresses without keys, so this chain does not verify signatures; every check that the program
makes itself is real. What the market hands to the other programs is tested on the whole protocol instead.
"""

import struct
from typing import Any

from solders.account import Account
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.events import Event
from offchain.chain.generated.demo_market import instructions
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition, TraderAccount
from tests.programs.bench.machine import EPOCH, GENESIS, USDC, Machine

PRICE = 20_000 * USDC
BTC = 1_000_000
"""One base asset in size units."""
DEPTH = 1_000_000 * USDC
ANY_BUY = 2**64 - 1
ANY_SELL = 0
SYNC = {
    "price": PRICE,
    "lag_price": 0,
    "provisional": False,
    "grade": 2,
    "reasons": 0,
    "leverage_cap": 200_000,
    "oi_cap": 2_000_000 * USDC,
}

TERMS = {"index": 1, "depth": DEPTH, "trading_fee_bps": 10, "maintenance_bps": 250, "liquidation_fee_bps": 50}


class Lab(Machine):
    """A market with vaults, a funded house and a first sync at PRICE, in epoch START_EPOCH."""

    def __init__(
        self, *, house: int = 500_000 * USDC, configured: bool = True, synced: bool = True, **terms: int
    ) -> None:
        """`terms` replace those of TERMS; without `configured` there is only a mint, without `synced` no house."""
        super().__init__(["demo_market"])
        self._touched: set[Pubkey] = set()
        self._pushed: dict[str, Any] = dict(SYNC)
        self.creator = self.wallet()
        self.market_id = LOCALNET.market_id(self.creator, 1)
        self.at = LOCALNET.market(self.market_id)
        if configured:
            self._set_up(TERMS | terms)
        if configured and synced:
            self.sync()
            self.fund_house(house)

    def _set_up(self, terms: dict[str, int]) -> None:
        self.init_config()
        self.call("create_market", terms, creator=self.creator)
        self.call("open_vault", payer=self.creator)
        self.call("open_fee_vault", payer=self.creator)

    def wait(self, seconds: int) -> None:
        """Let time pass."""
        self.to_time(self.now + seconds)

    # Calls

    def call(self, name: str, args: dict[str, Any] | None = None, **accounts: Pubkey) -> list[Event]:
        """Call an instruction; accounts not named are the lab's own."""
        return self.send(self.build(name, args, **accounts))

    def build(self, name: str, args: dict[str, Any] | None = None, **accounts: Pubkey) -> Instruction:
        """An instruction of the demo market."""
        module = getattr(instructions, name)
        kind = getattr(instructions, _camel(name) + "Accounts")
        given = {key: accounts.get(key) or self._usual(key) for key in kind.__annotations__}
        built: Instruction = module(args, given) if args is not None else module(given)
        self._touched |= {meta.pubkey for meta in built.accounts if meta.is_writable}
        return built

    def _usual(self, name: str) -> Pubkey:
        usual = {
            "market": self.market_id,
            "mint": self.mint,
            "config": LOCALNET.demo_config,
            "vault": self.at.vault,
            "fee_vault": self.at.fee_vault,
            "risk": self.at.config,
            "handler": self.at.registry,
            "pool_authority": self.at.resolver,
        }
        return usual[name]

    def rejects(self, code: str, name: str, args: dict[str, Any] | None = None, **accounts: Pubkey) -> None:
        """The call fails with this code and changes no account that this lab has touched."""
        instruction = self.build(name, args, **accounts)
        with self.refused(code, *self._touched):
            self.send(instruction)

    # Accounts

    def donate(self, token: Pubkey, amount: int) -> None:
        """Tokens that arrive without an instruction of the market."""
        account = self.store.get(token)
        assert account is not None
        data = account.data[:64] + struct.pack("<Q", self.balance(token) + amount) + account.data[72:]
        self.store.put(token, Account(account.lamports, data, account.owner))

    def token_owner(self, token: Pubkey) -> Pubkey:
        """Authority of a token account."""
        data = self.data(token)
        assert data is not None
        return Pubkey.from_bytes(data[32:64])

    def check_ledger(self) -> None:
        """The vault holds at least what the market owes, rounding dust aside nothing more."""
        market = self.market
        unvested = market.unvested_units * market.profit_index // 10**9
        owed = market.margins + market.house + market.fund + market.claimable + unvested
        assert 0 <= self.balance(self.at.vault) - owed <= 100
        assert self.balance(self.at.fee_vault) >= market.fees_due

    @property
    def market(self) -> PerpMarket:
        """The market's account as it is now."""
        return self.read_market(self.market_id)

    def position(self, owner: Pubkey, nonce: int = 1) -> PerpPosition:
        """A position as it is now."""
        return self.read(PerpPosition, LOCALNET.demo_market, self.at.perp_position(owner, nonce))

    def trader(self, owner: Pubkey) -> TraderAccount:
        """A trader account as it is now."""
        return self.read(TraderAccount, LOCALNET.demo_market, self.at.trader(owner))

    def read_market(self, market: Pubkey) -> PerpMarket:
        """Any market's account."""
        return self.read(PerpMarket, LOCALNET.demo_market, market)

    # Playing

    def init_config(self, payer: Pubkey | None = None) -> list[Event]:
        """Wire the market's engine to the protocol."""
        peers = ("risk_engine", "premium_manager", "insurance_pool", "insolvency_handler")
        names = ("risk_program", "premium_program", "pool_program", "handler_program")
        args = {name: LOCALNET.programs[peer] for name, peer in zip(names, peers, strict=True)}
        return self.call("init_config", args, payer=payer or self.admin)

    def another_market(self) -> Pubkey:
        """A second market of the same creator."""
        market = LOCALNET.market_id(self.creator, 9)
        if self.store.get(market) is None:
            self.call("create_market", TERMS | {"index": 9}, creator=self.creator, market=market)
        return market

    def fund_house(self, amount: int) -> None:
        """Capital of the market's creator."""
        if amount:
            self.call("fund_house", {"amount": amount}, payer=self.creator, source=self.tokens(self.creator, amount))

    def sync(self, price: int | None = None, **changes: Any) -> list[Event]:
        """What the risk engine pushes; values not given stay as they were last pushed."""
        published = changes.pop("publish_time", self.now)
        self._pushed |= changes | ({"price": price} if price else {})
        time = {"publish_time": published, "now": self.now, "epoch": (self.now - GENESIS) // EPOCH}
        return self.call("apply_sync", self._pushed | time | {"genesis": GENESIS, "epoch_seconds": EPOCH})

    def player(self, amount: int = 1_000_000 * USDC) -> "Player":
        """A trader with a trader account and USDC."""
        return Player(self, amount)


class Player:
    """A trader of the lab's market."""

    def __init__(self, lab: Lab, amount: int) -> None:
        self.lab = lab
        self.key = lab.wallet()
        self.token = lab.tokens(self.key, amount)
        self.trader = lab.at.trader(self.key)
        lab.call("open_trader", owner=self.key, trader=self.trader)

    def order(self, **changes: int) -> dict[str, int]:
        """Arguments of an order: 1 BTC long with 2 000 USDC at any price, unless changed."""
        order = {"nonce": 1, "is_long": True, "size": BTC, "margin": 2_000 * USDC}
        order |= changes
        order.setdefault("limit_price", ANY_BUY if order["is_long"] else ANY_SELL)
        return order

    def open(self, **changes: int) -> list[Event]:
        """Open a position."""
        return self.lab.call("open_position", self.order(**changes), **self.opening(changes.get("nonce", 1)))

    def opening(self, nonce: int = 1) -> dict[str, Pubkey]:
        """Accounts of open_position."""
        position = self.lab.at.perp_position(self.key, nonce)
        return {"owner": self.key, "trader": self.trader, "position": position, "source": self.token}

    def close(self, nonce: int = 1, limit_price: int | None = None) -> list[Event]:
        """Close a position, at any price unless a limit is given."""
        limit = limit_price
        if limit is None:
            limit = ANY_SELL if self.lab.position(self.key, nonce).is_long else ANY_BUY
        return self.lab.call("close_position", {"limit_price": limit}, **self.closing(nonce))

    def closing(self, nonce: int = 1) -> dict[str, Pubkey]:
        """Accounts of close_position."""
        position = self.lab.at.perp_position(self.key, nonce)
        return {"owner": self.key, "trader": self.trader, "position": position, "destination": self.token}

    def liquidate(self, keeper: Pubkey, keeper_token: Pubkey, nonce: int = 1) -> list[Event]:
        """A keeper liquidates this trader's position."""
        position = self.lab.at.perp_position(self.key, nonce)
        accounts = {"position": position, "trader": self.trader, "keeper_token": keeper_token}
        return self.lab.call("execute_liquidation", keeper=keeper, **accounts)


def _camel(name: str) -> str:
    return "".join(part.title() for part in name.split("_"))
