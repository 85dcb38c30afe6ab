"""Every field that a deployment fixes, as it must read on the chain, and what differs."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain import seeds
from offchain.chain.accounts import AccountError, decode_account
from offchain.chain.generated.demo_market.accounts import DemoConfig, PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import HandlerConfig
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.premium_manager.accounts import PremiumConfig
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, MarketConfig, PriceFeed, RiskConfig
from offchain.deploy.feeds import feed_of, feeds_of
from offchain.deploy.markets import HANDLER, POOL, PREMIUM
from offchain.deploy.target import Target
from offchain.settings.markets import MarketSettings


@dataclass(frozen=True)
class Expectation:
    """One account and the values that it must, and should, hold."""

    name: str
    program: str
    address: Pubkey
    kind: type[Any]
    fixed: dict[str, object]
    """Fields that nobody can change: another value is another deployment."""
    movable: dict[str, object]
    """Fields as a deployment sets them, which the admin, the guardian or time may change."""
    waits_for: frozenset[Pubkey] = frozenset()
    """Accounts whose own steps have to be done before this one reads as expected."""

    def read(self, account: Account | None, target: Target) -> Any:
        """The decoded account; AccountError when it is missing or of another type."""
        return decode_account(self.kind, account, target.at.programs[self.program], self.address)


@dataclass(frozen=True)
class Difference:
    """A field that reads otherwise than expected."""

    name: str
    field: str
    expected: object
    found: object
    fixed: bool

    def __str__(self) -> str:
        return f"{self.name}.{self.field} is {self.found} on the chain, not {self.expected}"


def expectations(target: Target, dev: bool) -> list[Expectation]:
    """Every account of a deployment; `dev` as the artifacts were built."""
    return [
        *_configs(target, dev),
        *(
            Expectation(
                f"feed {feed.pair}",
                "risk_engine",
                feed.address,
                PriceFeed,
                {"feed_id": feed.feed_id, "source": feed.number, "writer": feed.writer},
                {},
            )
            for feed in feeds_of(target)
        ),
        *(found for market in target.cluster.markets for found in _market(market, target)),
    ]


def differences(expected: Expectation, account: Account | None, target: Target) -> Iterator[Difference]:
    """Where an account differs; an account that can't be read differs as a whole."""
    try:
        found = expected.read(account, target)
    except AccountError as error:
        yield Difference(expected.name, "account", "readable", str(error), True)
        return
    for fields, fixed in ((expected.fixed, True), (expected.movable, False)):
        for field, value in fields.items():
            if getattr(found, field) != value:
                yield Difference(expected.name, field, value, getattr(found, field), fixed)


def _configs(target: Target, dev: bool) -> list[Expectation]:
    at, mint = target.at, target.mint
    people: dict[str, object] = {
        "admin": target.admin,
        "pending_admin": Pubkey.default(),
        "guardian": Pubkey.from_string(target.cluster.guardian),
    }
    treasury = Pubkey.from_string(target.cluster.treasury)
    fp = at.fingerprint
    scoring = Pubkey.find_program_address(
        [b"peer", bytes(at.premium_manager), bytes(at.insurance_pool)], at.risk_engine
    )
    risk: dict[str, object] = {
        "mint": mint,
        "premium_program": at.premium_manager,
        "premium_fp": fp("risk_engine", at.premium_manager),
        "premium_authority": at.premium_config,
        "pool_program": at.insurance_pool,
        "pool_fp": fp("risk_engine", at.insurance_pool),
        "pool_authority": at.pool_config,
        "handler_program": at.insolvency_handler,
        "handler_fp": fp("risk_engine", at.insolvency_handler),
        "handler_authority": at.handler_config,
        "scoring_fp": scoring[0],
        "dev": dev,
        **({"epoch_seconds": target.epoch_seconds} if target.epoch_seconds is not None else {}),
        **({"genesis": target.genesis} if target.genesis is not None else {}),
    }
    premium: dict[str, object] = {
        "mint": mint,
        "risk_program": at.risk_engine,
        "risk_authority": at.risk_config,
        "risk_fp": fp("premium_manager", at.risk_engine),
        "pool_program": at.insurance_pool,
        "pool_authority": at.pool_config,
        "pool_fp": fp("premium_manager", at.insurance_pool),
        "dev": dev,
    }
    pool: dict[str, object] = {
        "mint": mint,
        "treasury": treasury,
        "risk_program": at.risk_engine,
        "risk_authority": at.risk_config,
        "risk_fp": fp("insurance_pool", at.risk_engine),
        "premium_program": at.premium_manager,
        "premium_authority": at.premium_config,
        "premium_fp": fp("insurance_pool", at.premium_manager),
        "handler_authority": at.handler_config,
        "handler_fp": fp("insurance_pool", at.insolvency_handler),
        "dev": dev,
    }
    handler: dict[str, object] = {
        "risk_authority": at.risk_config,
        "pool_program": at.insurance_pool,
        "pool_authority": at.pool_config,
        "pool_fp": fp("insolvency_handler", at.insurance_pool),
        "dev": dev,
    }
    demo: dict[str, object] = {
        "admin": target.admin,
        "mint": mint,
        "risk_program": at.risk_engine,
        "risk_fp": fp("demo_market", at.risk_engine),
        "premium_fp": fp("demo_market", at.premium_manager),
        "handler_program": at.insolvency_handler,
        "handler_fp": fp("demo_market", at.insolvency_handler),
        "pool_program": at.insurance_pool,
    }
    engine = at.engine(at.demo_market)
    allowed: dict[str, object] = {"program": at.demo_market, "fingerprint": fp("risk_engine", at.demo_market)}
    return [
        Expectation("RiskConfig", "risk_engine", at.risk_config, RiskConfig, risk, people),
        Expectation("PremiumConfig", "premium_manager", at.premium_config, PremiumConfig, premium, people),
        Expectation("PoolConfig", "insurance_pool", at.pool_config, PoolConfig, pool, people),
        Expectation("HandlerConfig", "insolvency_handler", at.handler_config, HandlerConfig, handler, people),
        Expectation("DemoConfig", "demo_market", at.demo_config, DemoConfig, demo, {}),
        Expectation("AllowedEngine", "risk_engine", engine, AllowedEngine, allowed, {"active": True}),
    ]


def _market(market: MarketSettings, target: Target) -> list[Expectation]:
    at = target.at
    market_id = at.market_id(target.admin, market.index)
    m = at.market(market_id)
    config: dict[str, object] = {
        "market_id": market_id,
        "oracle_feed": feed_of(market, target).address,
        "engine": at.demo_market,
        "creator": target.admin,
        "market_vault": m.vault,
        "premium": m.premium,
        "pool": m.pool,
        "index": market.index,
        "insolvency_threshold": market.insolvency_threshold,
        "performance_fee_bps": market.performance_fee_bps,
        "status": 2,
    }
    terms: dict[str, object] = {
        "max_leverage": market.max_leverage,
        "lock_epochs": market.lock_epochs,
        "notice_epochs": market.notice_epochs,
        "terms_pushed": PREMIUM | POOL | HANDLER,
    }
    perp: dict[str, object] = {
        "creator": target.admin,
        "mint": target.mint,
        "vault": m.vault,
        "fee_vault": m.fee_vault,
        "risk_authority": m.config,
        "handler_authority": m.registry,
        "pool_authority": seeds.derive(at.insurance_pool, seeds.RESOLVER, market_id),
        "depth": market.depth,
        "trading_fee_bps": market.trading_fee_bps,
        "maintenance_bps": market.maintenance_bps,
        "liquidation_fee_bps": market.liquidation_fee_bps,
        "registered": True,
    }
    parts = frozenset({m.vault, m.fee_vault, m.config})
    return [
        Expectation(market.name, "risk_engine", m.config, MarketConfig, config, terms),
        Expectation(f"{market.name} on the demo market", "demo_market", market_id, PerpMarket, perp, {}, parts),
    ]
