"""All markets and their accounts, from the chain alone: found by the first eight bytes of each account type.

    directory = load_directory(chain, at)
    for market in directory.markets():
        print(market.id, market.pool.available_balance)

`put` keeps it up to date from notifications of changed accounts; `reload` reads everything again.
"""

from collections.abc import Callable, Iterable
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.accounts import AccountError, decode
from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.backends.base import AsyncChain, Chain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import (
    AllowedEngine,
    MarketConfig,
    MarketInputs,
    PriceFeed,
    RiskConfig,
    RiskScore,
)
from offchain.chain.market_view import OPEN, Listing, MarketView

KINDS: dict[str, tuple[type[Any], ...]] = {
    "risk_engine": (RiskConfig, AllowedEngine, PriceFeed, MarketConfig, RiskScore, MarketInputs),
    "premium_manager": (PremiumAccount,),
    "insurance_pool": (InsurancePool, ProviderPosition),
    "insolvency_handler": (ClaimRegistry, ClaimRecord),
    "demo_market": (PerpMarket, PerpPosition),
}
"""Program -> the account types that are read."""
_PLAIN = {
    MarketConfig: "config",
    RiskScore: "score",
    MarketInputs: "inputs",
    PremiumAccount: "premium",
    InsurancePool: "pool",
    ClaimRegistry: "registry",
    PerpMarket: "perp",
}
"""Account type of which a market has one -> its place in a Listing."""

Batch = list[tuple[Pubkey, Account]]


class Directory:
    """Decoded accounts by market."""

    def __init__(self, at: Addresses = LOCALNET) -> None:
        self.at = at
        self.risk: RiskConfig | None = None
        self.feeds: dict[Pubkey, PriceFeed] = {}
        """Price feeds by address."""
        self.engines: dict[Pubkey, AllowedEngine] = {}
        """Allowed engines by program."""
        self._listings: dict[Pubkey, Listing] = {}
        self._by_feed: dict[Pubkey, set[Pubkey]] = {}
        self._views: dict[Pubkey, MarketView | None] = {}
        self._slots: dict[Pubkey, int] = {}
        self._data: dict[Pubkey, bytes] = {}
        self._kinds = {
            (at.programs[program], bytes(kind.discriminator)): kind
            for program, kinds in KINDS.items()
            for kind in kinds
        }

    @property
    def schedule(self) -> Schedule:
        """The deployment's epochs; AccountError before the risk engine is configured."""
        if self.risk is None:
            raise AccountError("the risk engine is not configured on this chain: deploy first, or check the cluster")
        return Schedule(self.risk.genesis, self.risk.epoch_seconds)

    @property
    def ids(self) -> list[Pubkey]:
        """Every market of which any account was seen."""
        return list(self._listings)

    def markets(self) -> list[MarketView]:
        """Every registered market whose accounts are complete."""
        return [view for key in self._listings if (view := self.market(key)) is not None]

    def market(self, market_id: Pubkey) -> MarketView | None:
        """One market; None when it is unknown or not registered yet."""
        if market_id not in self._views:
            listing = self._listings.get(market_id)
            self._views[market_id] = listing.view(self.feeds, self.engines) if listing else None
        return self._views[market_id]

    def on_feed(self, feed: Pubkey) -> frozenset[Pubkey]:
        """The markets that use a feed, by its address."""
        return frozenset(self._by_feed.get(feed, ()))

    def put(self, address: Pubkey, account: Account, slot: int = 0) -> Iterable[Pubkey]:
        """Take an account as it was in `slot`; returns the markets it concerns.

        Accounts of other programs and types, older ones than known, unchanged ones, and such that can't be decoded are
        passed over.
        """
        data = account.data
        kind = self._kinds.get((account.owner, data[:8]))
        if kind is None or slot < self._slots.get(address, 0):
            return ()
        self._slots[address] = slot
        if self._data.get(address) == data:
            return ()
        try:
            found = decode(kind, data)
        except AccountError:
            return ()
        self._data[address] = data
        touched = self._place(kind, address, found)
        for market_id in touched:
            self._views.pop(market_id, None)
        return touched

    def _place(self, kind: type[Any], address: Pubkey, found: Any) -> Iterable[Pubkey]:
        place = _PLAIN.get(kind)
        if place is not None:
            if isinstance(found, MarketConfig) and found.status:
                self._by_feed.setdefault(found.oracle_feed, set()).add(found.market_id)
            setattr(self._listing(found.market_id), place, found)
            return (found.market_id,)
        return _SPECIAL[kind](self, address, found)

    def _listing(self, market_id: Pubkey) -> Listing:
        if market_id not in self._listings:
            self._listings[market_id] = Listing(market_id)
        return self._listings[market_id]

    def _put_feed(self, address: Pubkey, feed: PriceFeed) -> Iterable[Pubkey]:
        self.feeds[address] = feed
        return self.on_feed(address)

    def _put_engine(self, _address: Pubkey, engine: AllowedEngine) -> Iterable[Pubkey]:
        self.engines[engine.program] = engine
        return self.ids

    def _put_config(self, _address: Pubkey, config: RiskConfig) -> Iterable[Pubkey]:
        self.risk = config
        return self.ids

    def _put_position(self, address: Pubkey, position: PerpPosition) -> Iterable[Pubkey]:
        held = self._listing(position.market).positions
        if position.state == OPEN:
            held[address] = position
        else:
            held.pop(address, None)
        return (position.market,)

    def _put_provider(self, address: Pubkey, provider: ProviderPosition) -> Iterable[Pubkey]:
        self._listing(provider.market_id).providers[address] = provider
        return (provider.market_id,)

    def _put_claim(self, _address: Pubkey, claim: ClaimRecord) -> Iterable[Pubkey]:
        self._listing(claim.market_id).claims[claim.sequence] = claim
        return (claim.market_id,)


_SPECIAL: dict[type[Any], Callable[[Directory, Pubkey, Any], Iterable[Pubkey]]] = {
    RiskConfig: Directory._put_config,
    AllowedEngine: Directory._put_engine,
    PriceFeed: Directory._put_feed,
    PerpPosition: Directory._put_position,
    ProviderPosition: Directory._put_provider,
    ClaimRecord: Directory._put_claim,
}


def load_directory(chain: Chain, at: Addresses = LOCALNET) -> Directory:
    """A directory of everything on the chain now."""
    directory = Directory(at)
    for program, start in queries(at):
        _take(directory, chain.owned_by(program, start), 0)
    return directory


async def reload(directory: Directory, chain: AsyncChain, slot: int = 0) -> set[Pubkey]:
    """Read everything again; `slot` is one that the node had reached before. Returns the markets seen."""
    touched: set[Pubkey] = set()
    for program, start in queries(directory.at):
        touched |= _take(directory, await chain.owned_by(program, start), slot)
    return touched


def queries(at: Addresses) -> list[tuple[Pubkey, bytes]]:
    """What to ask a node for: (program, first bytes of the data), one for each account type."""
    return [(at.programs[program], bytes(kind.discriminator)) for program, kinds in KINDS.items() for kind in kinds]


def _take(directory: Directory, batch: Batch, slot: int) -> set[Pubkey]:
    touched: set[Pubkey] = set()
    for address, account in batch:
        touched.update(directory.put(address, account, slot))
    return touched
