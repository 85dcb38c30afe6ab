"""Other people and other markets for a copy of the demo: every key of one run with its counterpart in the copy.

Programs, their configurations and what those name stay; wallets and feeds get keys of their own, and what is derived
from them is derived anew, so that a copy is as consistent as the original.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, NATIVE_PROGRAMS, Addresses
from offchain.chain.generated.demo_market.accounts import DemoConfig, PerpMarket, PerpPosition, TraderAccount
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord, HandlerConfig
from offchain.chain.generated.insurance_pool.accounts import PoolConfig, ProviderPosition
from offchain.chain.generated.premium_manager.accounts import PremiumConfig
from offchain.chain.generated.risk_engine.accounts import AllowedEngine, PriceFeed, RiskConfig
from offchain.localnet.addresses import RESERVED

GLOBAL = (RiskConfig, AllowedEngine, PremiumConfig, PoolConfig, HandlerConfig, DemoConfig)
"""Accounts that exist once on a chain."""
_OF_RISK = ("config", "score", "inputs", "window")
OF_MARKET = (*_OF_RISK, "premium", "escrow", "pool", "pool_vault", "resolver", "registry", "vault", "fee_vault")
Keys = dict[Pubkey, Pubkey]


def keys_in(value: Any) -> Iterable[Pubkey]:
    """Every key in an event or a row."""
    if isinstance(value, Pubkey):
        yield value
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from keys_in(getattr(value, field.name))


def fixed_keys(rows: Mapping[Pubkey, Any], at: Addresses = LOCALNET) -> set[Pubkey]:
    """What all copies share."""
    shared = {*at.deployed.values(), *NATIVE_PROGRAMS, *RESERVED}
    for address, row in rows.items():
        if isinstance(row, GLOBAL):
            shared |= {address, *keys_in(row)}
    return shared


def copy_keys(number: int, keys: Iterable[Pubkey], rows: Mapping[Pubkey, Any], at: Addresses = LOCALNET) -> Keys:
    """Key -> its counterpart in copy `number`, for all keys but the fixed ones."""
    found = {key: Pubkey(sha256(number.to_bytes(8, "little") + bytes(key)).digest()) for key in keys}
    markets = {row.market_id: row for row in rows.values() if isinstance(row, PerpMarket)}
    for old, row in markets.items():
        found[old] = at.market_id(found.get(row.creator, row.creator), row.index)
    for old in markets:
        for name in OF_MARKET:
            found[getattr(at.market(old), name)] = getattr(at.market(found[old]), name)
    for address, row in rows.items():
        new = _derived(row, found, at)
        if new is not None:
            found[address] = new
    return found


def _derived(row: Any, found: Keys, at: Addresses) -> Pubkey | None:
    if isinstance(row, PriceFeed):
        return at.feed(found[row.feed_id])
    if isinstance(row, ProviderPosition):
        return at.market(found[row.market_id]).provider_position(found[row.provider], row.entry_epoch)
    if isinstance(row, ClaimRecord):
        return at.market(found[row.market_id]).claim(row.sequence)
    if isinstance(row, TraderAccount):
        return at.market(found[row.market]).trader(found[row.owner])
    if isinstance(row, PerpPosition):
        return at.market(found[row.market]).perp_position(found[row.owner], row.nonce)
    return None
