"""The projected rows: the client's own account classes, so that a row has the account's fields and no others."""

from functools import cache
from typing import Any, TypeVar

from offchain.chain.accounts import Decodable, layout_of, types_of
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
    kind: type[Any] = type(row)
    twin: T = object.__new__(kind)
    held = dict(vars(row))
    for name in _arrays(kind):  # type: ignore[arg-type]  # mypy takes a class of classes for unhashable
        held[name] = list(held[name])
    vars(twin).update(held)
    return twin


@cache
def _arrays(kind: type[Any]) -> tuple[str, ...]:
    return tuple(name for name, of in zip(fields_of(kind), types_of(kind), strict=True) if isinstance(of, tuple))
