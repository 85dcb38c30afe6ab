"""The projected rows: the client's own account classes, so that a row has the account's fields and no others."""

from copy import copy
from typing import Any, TypeVar

from offchain.chain.accounts import Decodable, layout_of
from offchain.chain.generated.demo_market.accounts import DemoConfig, PerpMarket, PerpPosition, TraderAccount
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, ClaimRegistry, HandlerConfig
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumAccount, PremiumConfig
from offchain.chain.generated.risk_engine.accounts import (
    AllowedEngine,
    MarketConfig,
    MarketInputs,
    PriceFeed,
    RiskConfig,
    RiskScore,
    RiskWindow,
)

KINDS: dict[str, tuple[type[Any], ...]] = {
    "risk_engine": (RiskConfig, AllowedEngine, MarketConfig, RiskScore, MarketInputs, RiskWindow, PriceFeed),
    "premium_manager": (PremiumConfig, PremiumAccount),
    "insurance_pool": (PoolConfig, InsurancePool, ProviderPosition),
    "insolvency_handler": (HandlerConfig, ClaimRegistry, ClaimRecord),
    "demo_market": (DemoConfig, PerpMarket, TraderAccount, PerpPosition),
}
"""Program -> its account types, all of them."""

T = TypeVar("T")
D = TypeVar("D", bound=Decodable)


def fields_of(kind: type[Any]) -> list[str]:
    """The names of an account type's fields, in their order on the chain."""
    return [field.name for field in kind.layout.subcons]


def blank(kind: type[D]) -> D:
    """A row as a program finds it right after the account's creation: zeros."""
    layout = layout_of(kind)
    return kind(*layout.read(bytes(layout.size)))


def copied(row: T) -> T:
    """The same row as an object of its own, arrays too."""
    twin = copy(row)
    for name, value in vars(row).items():
        if isinstance(value, list):
            setattr(twin, name, list(value))
    return twin
