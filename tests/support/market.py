"""One market of a test world, with what people do in it as short calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition, TraderAccount
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import MarketConfig, MarketInputs, RiskScore, RiskWindow
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.chain.recipes import MarketDesign
from offchain.chain.units import Number, atoms, size
from tests.support.keys import User
from tests.support.sent import Sent

if TYPE_CHECKING:
    from tests.support.world import World

NO_LIMIT = (1 << 64) - 1
"""A limit price that never binds for a buyer; 0 is the one for a seller."""


class Market:
    """A registered market; `id` is its market_id, `m` all addresses that belong to it."""

    def __init__(self, world: World, creator: User, index: int, design: MarketDesign) -> None:
        self.world = world
        self.creator = creator
        self.index = index
        self.design = design
        self.id = world.at.market_id(creator.key, index)
        self.m = world.at.market(self.id)
        self.entries: dict[Pubkey, int] = {}
        """Provider -> epoch of the last deposit through `deposit`."""
        self._nonces = 0

    # Keepers

    def sync(self) -> Sent:
        """Push price, grade and caps to the market."""
        return self.world.send(risk_engine.sync_market(self.world.keeper.key, self.id, self.world.feed))

    def crank(self, route: bool = True) -> None:
        """Statistics, reserve, score, synchronisation; then fees, premiums and arrears."""
        keeper = self.world.keeper
        self.world.send(*recipes.score_epoch(keeper.key, self.id, self.world.feed))
        if self.perp().fees_due:
            self.world.send(demo_market.settle_fees(keeper.key, self.id))
        if route:
            self.world.send(
                premium_manager.route_premiums(keeper.key, self.id, keeper.token),
                premium_manager.report_arrears(keeper.key, self.id),
            )

    def liquidate(self, owner: User, nonce: int, keeper: User | None = None) -> Sent:
        """Liquidate only: no report."""
        who = keeper or self.world.keeper
        return self.world.send(demo_market.execute_liquidation(who.key, self.id, owner.key, nonce, who.token))

    def report(self, keeper: User | None = None) -> Sent:
        """Report the deficit; opens the claim record when it does not exist."""
        who = keeper or self.world.keeper
        return self.world.send(*self._open_claim(who), demo_market.report(who.key, self.id, self.sequence))

    def release(self, caller: User | None = None) -> Sent:
        """Pay a reserved claim."""
        who = caller or self.world.keeper
        return self.world.send(insurance_pool.release_funds(who.key, self.id, self.sequence))

    def claim(self, owner: User, nonce: int, keeper: User | None = None) -> Sent:
        """The whole claim in one transaction: open, liquidate, report, release."""
        who = keeper or self.world.keeper
        exists = self.world.exists(self.m.claim(self.sequence))
        steps = recipes.claim(who.key, self.id, (owner.key, nonce), who.token, self.sequence, exists)
        return self.world.send(*steps)

    def _open_claim(self, who: User) -> list[Instruction]:
        if self.world.exists(self.m.claim(self.sequence)):
            return []
        return [insolvency_handler.open_claim(who.key, self.id, self.sequence)]

    # Providers

    def deposit(self, provider: User, usdc: Number, min_shares: int = 0) -> Sent:
        """A new position in the current epoch."""
        entry = self.entries[provider.key] = self.world.epoch
        return self.world.send(
            insurance_pool.deposit(provider.key, self.id, provider.token, atoms(usdc), min_shares, entry)
        )

    def cover(self, usdc: Number, name: str = "covering lp") -> User:
        """A new provider deposits, and the reserve is reported and synchronised: the market can take positions."""
        provider = self.world.user(usdc=usdc, name=name)
        self.deposit(provider, usdc)
        keeper = self.world.keeper.key
        self.world.send(
            insurance_pool.report_reserve(keeper, self.id), risk_engine.sync_market(keeper, self.id, self.world.feed)
        )
        return provider

    def request(self, provider: User, entry_epoch: int, shares: int | None = None) -> Sent:
        """Request the withdrawal of shares, all by default."""
        amount = self.position_of(provider, entry_epoch).shares if shares is None else shares
        return self.world.send(insurance_pool.request_withdrawal(provider.key, self.id, entry_epoch, amount))

    def withdraw(self, provider: User, entry_epoch: int, min_assets: int = 0, caller: User | None = None) -> Sent:
        """Execute the request, as the provider unless a caller is named."""
        who = (caller or provider).key
        return self.world.send(
            insurance_pool.execute_withdrawal(who, self.id, provider.key, entry_epoch, provider.token, min_assets)
        )

    # Traders

    def trader(self, usdc: Number, name: str | None = None) -> User:
        """A new trader with an account in this market."""
        user = self.world.user(usdc=usdc, name=name)
        self.world.send(demo_market.open_trader(user.key, self.id))
        return user

    def open(self, owner: User, is_long: bool, base: Number, margin: Number, limit: int | None = None) -> int:
        """Open a position and return its nonce."""
        self._nonces += 1
        self.send_open(owner, self._nonces, is_long, base, margin, limit)
        return self._nonces

    def send_open(
        self, owner: User, nonce: int, is_long: bool, base: Number, margin: Number, limit: int | None = None
    ) -> Sent:
        """Open a position under a given nonce."""
        bound = limit if limit is not None else NO_LIMIT if is_long else 0
        return self.world.send(
            demo_market.open_position(
                owner.key,
                self.id,
                nonce=nonce,
                source=owner.token,
                is_long=is_long,
                size=size(base),
                margin=atoms(margin),
                limit_price=bound,
            )
        )

    def close(self, owner: User, nonce: int, limit: int | None = None) -> Sent:
        """Close a position."""
        bound = limit if limit is not None else 0 if self.perp_position(owner, nonce).is_long else NO_LIMIT
        return self.world.send(demo_market.close_position(owner.key, self.id, nonce, owner.token, bound))

    def price(self, usd: Number, sync: bool = True) -> None:
        """A new price, synchronised at once."""
        self.world.push_price(usd)
        if sync:
            self.sync()

    def fund_house(self, usdc: Number) -> Sent:
        """The creator adds to the house."""
        who = self.creator
        return self.world.send(demo_market.fund_house(who.key, self.id, who.token, atoms(usdc)))

    def fund_insurance(self, usdc: Number) -> Sent:
        """The creator adds to the market's own insurance fund."""
        who = self.creator
        return self.world.send(demo_market.fund_insurance(who.key, self.id, who.token, atoms(usdc)))

    # State

    @property
    def sequence(self) -> int:
        """The next claim's number."""
        return self.registry().next_sequence

    def perp(self) -> PerpMarket:
        """demo_market's own account."""
        return self.world.read(PerpMarket, self.id)

    def perp_position(self, owner: User, nonce: int) -> PerpPosition:
        """A trader's position."""
        return self.world.read(PerpPosition, self.m.perp_position(owner.key, nonce))

    def trader_account(self, owner: User) -> TraderAccount:
        """A trader's account."""
        return self.world.read(TraderAccount, self.m.trader(owner.key))

    def pool(self) -> InsurancePool:
        """The insurance pool."""
        return self.world.read(InsurancePool, self.m.pool)

    def position_of(self, provider: User, entry_epoch: int) -> ProviderPosition:
        """A provider's position."""
        return self.world.read(ProviderPosition, self.m.provider_position(provider.key, entry_epoch))

    def premium(self) -> PremiumAccount:
        """The premium account."""
        return self.world.read(PremiumAccount, self.m.premium)

    def registry(self) -> ClaimRegistry:
        """The claim registry."""
        return self.world.read(ClaimRegistry, self.m.registry)

    def record(self, sequence: int) -> ClaimRecord:
        """A claim record."""
        return self.world.read(ClaimRecord, self.m.claim(sequence))

    def config(self) -> MarketConfig:
        """The risk engine's MarketConfig."""
        return self.world.read(MarketConfig, self.m.config)

    def score(self) -> RiskScore:
        """The risk score."""
        return self.world.read(RiskScore, self.m.score)

    def inputs(self) -> MarketInputs:
        """The risk engine's inputs."""
        return self.world.read(MarketInputs, self.m.inputs)

    def window(self) -> RiskWindow:
        """The volatility and funding window."""
        return self.world.read(RiskWindow, self.m.window)
