"""Everything the chain holds about one market, decoded."""

from dataclasses import dataclass, field

from solders.pubkey import Pubkey

from offchain.chain.generated.demo_market.accounts import PerpMarket, PerpPosition
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import (
    AllowedEngine,
    MarketConfig,
    MarketInputs,
    PriceFeed,
    RiskScore,
)

OPEN = 1
"""State of an open PerpPosition."""


@dataclass(frozen=True, slots=True)
class MarketView:
    """One registered market; a snapshot that never changes."""

    id: Pubkey
    config: MarketConfig
    score: RiskScore
    inputs: MarketInputs
    feed: PriceFeed
    engine: AllowedEngine
    perp: PerpMarket
    premium: PremiumAccount
    pool: InsurancePool
    registry: ClaimRegistry
    positions: dict[Pubkey, PerpPosition] = field(default_factory=dict)
    """Open positions by address."""
    providers: dict[Pubkey, ProviderPosition] = field(default_factory=dict)
    """Positions of liquidity providers by address."""
    claims: dict[int, ClaimRecord] = field(default_factory=dict)
    """Claim records by sequence."""


@dataclass(slots=True)
class Listing:
    """The accounts of one market seen so far."""

    id: Pubkey
    config: MarketConfig | None = None
    score: RiskScore | None = None
    inputs: MarketInputs | None = None
    perp: PerpMarket | None = None
    premium: PremiumAccount | None = None
    pool: InsurancePool | None = None
    registry: ClaimRegistry | None = None
    positions: dict[Pubkey, PerpPosition] = field(default_factory=dict)
    providers: dict[Pubkey, ProviderPosition] = field(default_factory=dict)
    claims: dict[int, ClaimRecord] = field(default_factory=dict)

    def view(self, feeds: dict[Pubkey, PriceFeed], engines: dict[Pubkey, AllowedEngine]) -> MarketView | None:
        """The whole market; None while an account is missing or the market is not registered."""
        config = self.config
        if config is None or config.status == 0:
            return None
        feed, engine = feeds.get(config.oracle_feed), engines.get(config.engine)
        parts = (self.score, self.inputs, feed, engine, self.perp, self.premium, self.pool, self.registry)
        score, inputs, feed, engine, perp, premium, pool, registry = parts
        if (
            score is None
            or inputs is None
            or feed is None
            or engine is None
            or perp is None
            or premium is None
            or pool is None
            or registry is None
        ):
            return None
        return MarketView(
            self.id,
            config,
            score,
            inputs,
            feed,
            engine,
            perp,
            premium,
            pool,
            registry,
            dict(self.positions),
            dict(self.providers),
            dict(self.claims),
        )
