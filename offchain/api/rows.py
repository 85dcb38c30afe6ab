"""Projected accounts as plain rows: the same field names as the account classes, keys in base58.

What only reads attributes, such as `pool_figures`, takes them like accounts.
"""

from collections import namedtuple
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, and_, bindparam, select

from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insolvency_handler.accounts import ClaimRegistry
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import (
    AllowedEngine,
    MarketConfig,
    MarketInputs,
    PriceFeed,
    RiskScore,
)
from offchain.database.tables.projections import TABLES

_SHAPES: dict[type[Any], type[Any]] = {
    kind: namedtuple(f"{kind.__name__}Row", [column.name for column in TABLES[kind].columns]) for kind in TABLES
}
_PARTS: tuple[type[Any], ...] = (
    MarketConfig,
    RiskScore,
    MarketInputs,
    PriceFeed,
    AllowedEngine,
    PerpMarket,
    PremiumAccount,
    InsurancePool,
    ClaimRegistry,
)
"""In the order of the fields of MarketRows."""


@dataclass(frozen=True, slots=True)
class MarketRows:
    """Everything projected about one registered market, apart from positions and claims."""

    config: Any
    score: Any
    inputs: Any
    feed: Any
    engine: Any
    perp: Any
    premium: Any
    pool: Any
    registry: Any

    @property
    def id(self) -> str:
        """The market_id."""
        return str(self.config.market_id)


def shaped(kind: type[Any], row: Sequence[Any]) -> Any:
    """A row of a whole table of an account type."""
    return _SHAPES[kind](*row)


def load(view: View, kind: type[Any], *where: ColumnElement[bool], limit: int | None = None) -> list[Any]:
    """The rows of an account type that fit, by address."""
    table = TABLES[kind]
    query = select(table).where(*where).order_by(table.c.address).limit(limit)
    shape = _SHAPES[kind]
    return [shape(*row) for row in view.session.execute(query)]


def load_one(view: View, kind: type[Any], *where: ColumnElement[bool]) -> Any | None:
    """The only row that fits, None where there is none."""
    found = load(view, kind, *where, limit=1)
    return found[0] if found else None


def load_markets(view: View, *where: ColumnElement[bool]) -> list[MarketRows]:
    """Registered markets whose accounts are complete, as the client's directory lists them."""
    return _WHOLE.load(view, where)


def load_listed(view: View, *where: ColumnElement[bool]) -> list[MarketRows]:
    """The same with nothing but what a list shows."""
    return _LISTED.load(view, where)


def among(markets: Collection[str] | None) -> list[ColumnElement[bool]]:
    """For `load_markets`: only these; None: all."""
    return [] if markets is None else [TABLES[MarketConfig].c.market_id.in_(sorted(markets))]


def load_market(view: View, market_id: str) -> MarketRows:
    """One market; Problem 404 where it is not registered."""
    found = _WHOLE.load_one(view, market_id)
    if found is None:
        raise not_found(f"no market {market_id} is registered here: /v1/markets lists them")
    return found


def _same_market(config: Table, kind: type[Any]) -> ColumnElement[bool]:
    table = TABLES[kind]
    if kind is PriceFeed:
        return table.c.address == config.c.oracle_feed
    if kind is AllowedEngine:
        return table.c.program == config.c.engine
    return and_(table.c.market_id == config.c.market_id)


_ID = "wanted_market"


class _Join:
    """One statement for everything of registered markets, or for some fields of it."""

    def __init__(self, wanted: Mapping[type[Any], Sequence[str]]) -> None:
        config = TABLES[MarketConfig]
        joined: Any = config
        columns: list[Any] = []
        self._shapes: list[tuple[Any, int, int]] = []
        for kind in _PARTS:
            names = wanted.get(kind, ())
            if kind is not MarketConfig:
                joined = joined.join(TABLES[kind], _same_market(config, kind))
            shape = namedtuple(f"{kind.__name__}Part", names)  # type: ignore[misc]
            self._shapes.append((shape, len(columns), len(columns) + len(names)))
            columns += [TABLES[kind].c[name] for name in names]
        self._query: Select[Any] = select(*columns).select_from(joined).where(config.c.status != 0)
        # Kept as it is: to build such a statement anew costs more than to run it.
        self._one = self._query.where(config.c.market_id == bindparam(_ID))

    def load(self, view: View, where: Sequence[ColumnElement[bool]]) -> list[MarketRows]:
        """The markets that fit."""
        return self._found(view, self._query.where(*where) if where else self._query, {})

    def load_one(self, view: View, market_id: str) -> MarketRows | None:
        """The market with this id."""
        return next(iter(self._found(view, self._one, {_ID: market_id})), None)

    def _found(self, view: View, query: Select[Any], values_of: dict[str, str]) -> list[MarketRows]:
        found = []
        for row in view.session.execute(query, values_of):
            values = tuple(row)
            found.append(MarketRows(*[shape(*values[start:end]) for shape, start, end in self._shapes]))
        return found


_WHOLE = _Join({kind: [column.name for column in TABLES[kind].columns] for kind in _PARTS})
_LISTED = _Join(
    {
        MarketConfig: ("market_id", "status", "grade"),
        RiskScore: ("has_score", "composite_score", "provisional", "epoch", "reasons"),
        MarketInputs: ("arrears", "exit"),
        AllowedEngine: ("active",),
        PerpMarket: ("price", "oi_long", "oi_short", "publish_time", "provisional", "oi_cap", "open_positions"),
        PremiumAccount: ("rate_bps",),
        InsurancePool: (
            *("available_balance", "total_shares", "unvested", "vest_end", "vest_epoch", "high_water_mark"),
            *("performance_fee_bps", "residual", "unsettled", "required_reserve", "score_epoch"),
        ),
        ClaimRegistry: ("claims", "no_claims"),
    }
)
"""What a line in the list of markets shows, and no more: of hundreds of markets that is most of the work."""
