"""The markets that a deployment registers: `[[clusters.NAME.markets]]` of `seahorse.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from offchain.settings.parameters import Parameters
from offchain.settings.table import SettingsError, Table

SOURCES = ("publisher", "pyth", "switchboard")
"""Who writes a price feed, in the order in which the risk engine numbers them."""

_TRADING_FEE_BPS = 10
_MAINTENANCE_BPS = 250
_LIQUIDATION_FEE_BPS = 50
_LARGEST = (1 << 63) - 1


@dataclass(frozen=True)
class MarketSettings:
    """One market on the demo market's program, created by the cluster's admin."""

    name: str
    """What people call it; the chain knows only its address."""
    pair: str
    """What its price is of, such as `BTC/USD`."""
    source: str
    """Who writes its price feed, one of `SOURCES`."""
    index: int
    """Number of the market among its creator's: with the creator it makes the address."""
    depth: int
    """Notional within 2 % of the price, atoms."""
    max_leverage: int
    """1x = 10 000."""
    insolvency_threshold: int
    """Atoms; a claim pays only above it."""
    lock_epochs: int
    notice_epochs: int
    performance_fee_bps: int
    trading_fee_bps: int
    maintenance_bps: int
    liquidation_fee_bps: int

    @property
    def source_number(self) -> int:
        """The source as the risk engine's `open_feed` takes it."""
        return SOURCES.index(self.source)


def read_markets(cluster: Table, defaults: Mapping[str, int]) -> tuple[MarketSettings, ...]:
    """The markets of a cluster; `defaults` holds the terms a market may leave out, by field. Empty without the key.

    SettingsError for an unknown key or source, a wrong type, and two markets of one name or index.
    """
    if "markets" not in cluster.values:
        return ()
    values = cluster.get("markets")
    if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
        raise SettingsError(f"write {cluster.key('markets')} as [[{cluster.key('markets')}]] in seahorse.toml")
    markets = tuple(
        _market(Table(value, f"{cluster.key('markets')}[{number}]"), defaults) for number, value in enumerate(values)
    )
    for what in ("name", "index"):
        seen = [getattr(market, what) for market in markets]
        if len(set(seen)) != len(seen):
            raise SettingsError(f"two markets of {cluster.path} have the same {what} in seahorse.toml: change one")
    return markets


def market_defaults(parameters: Parameters) -> dict[str, int]:
    """What a market that names no terms gets: the defaults of `[parameters]`, and the demo market's own."""
    return {
        "max_leverage": parameters.max_leverage_cap,
        "insolvency_threshold": parameters.threshold_default,
        "lock_epochs": parameters.lock_default,
        "notice_epochs": parameters.notice_default,
        "performance_fee_bps": parameters.perf_fee_default_bps,
        "trading_fee_bps": _TRADING_FEE_BPS,
        "maintenance_bps": _MAINTENANCE_BPS,
        "liquidation_fee_bps": _LIQUIDATION_FEE_BPS,
    }


def _market(table: Table, defaults: Mapping[str, int]) -> MarketSettings:
    table.refuse_others([*("name", "pair", "source", "index", "depth"), *defaults])
    source = table.text("source")
    if source not in SOURCES:
        raise SettingsError(f"{table.key('source')} is {source!r}: choose one of {', '.join(SOURCES)}")
    terms: dict[str, Any] = {
        name: _integer(table, name) if name in table.values else default for name, default in defaults.items()
    }
    return MarketSettings(
        name=table.text("name"),
        pair=table.text("pair"),
        source=source,
        index=_integer(table, "index"),
        depth=_integer(table, "depth"),
        **terms,
    )


def _integer(table: Table, name: str) -> int:
    value = table.get(name)
    if type(value) is not int or not 0 <= value <= _LARGEST:
        raise SettingsError(f"{table.key(name)} must be an integer from 0 to 2^63 - 1 in seahorse.toml, not {value!r}")
    return value
