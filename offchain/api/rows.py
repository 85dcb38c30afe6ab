"""Projected accounts as plain rows: the same field names as the account classes, keys in base58.

What only reads attributes, such as `pool_figures`, takes them like accounts.
"""

from collections import namedtuple
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, Table, bindparam, select

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
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.projections import TABLES

_PARTS: dict[str, type[Any]] = {
    "config": MarketConfig,
    "score": RiskScore,
    "inputs": MarketInputs,
    "feed": PriceFeed,
    "engine": AllowedEngine,
    "perp": PerpMarket,
    "premium": PremiumAccount,
    "pool": InsurancePool,
    "registry": ClaimRegistry,
}
_Cut = tuple[Callable[[Sequence[Any]], Any], int, int]
"""What makes a part of the columns from one to another."""


class MarketRows:
    """Everything projected about one registered market, apart from positions and claims.

    A row for each of _PARTS, made when it is first asked for: a list of markets shows few of many.
    """

    def __init__(self, values: Sequence[Any], cuts: Mapping[str, _Cut]) -> None:
        """The columns of all parts in a row."""
        self._values, self._cuts = values, cuts

    def __getattr__(self, part: str) -> Any:
        """A part that was not made yet."""
        try:
            make, start, end = self.__dict__["_cuts"][part]
        except KeyError:
            raise AttributeError(part) from None
        found = self.__dict__[part] = make(self._values[start:end])
        return found

    @property
    def id(self) -> str:
        """The market_id."""
        return str(self.config.market_id)


def load(
    view: View,
    kind: type[Any],
    *where: ColumnElement[bool],
    limit: int | None = None,
    after: str | None = None,
    **equals: Any,
) -> list[Any]:
    """The rows of an account type with these values (of a list any), by address; `after`: those behind this address.

    `where`: further conditions, which stand in a module, since the statement with them is kept.
    """
    place = {name: value for name, value in ((_LIMIT, limit), (_AFTER, after)) if value is not None}
    shape = tuple((name, isinstance(value, list)) for name, value in equals.items())
    return view.rows(_loading(TABLES[kind], where, shape, tuple(place)), **equals, **place)


def load_one(view: View, kind: type[Any], **equals: Any) -> Any | None:
    """The only row with these values, None where there is none."""
    return next(iter(load(view, kind, limit=1, **equals)), None)


def load_markets(view: View, markets: Collection[str] | None = None) -> list[MarketRows]:
    """Registered markets whose accounts are complete, as the client's directory lists them; all, or only these."""
    return _WHOLE.load(view, markets)


def load_listed(view: View, markets: Collection[str] | None = None) -> list[MarketRows]:
    """The same with nothing but what a list shows."""
    return _LISTED.load(view, markets)


def load_market(view: View, market_id: str) -> MarketRows:
    """One market; Problem 404 where it is not registered."""
    return _only(_WHOLE.load(view, [market_id]), market_id)


def load_perp(view: View, market_id: str) -> Any:
    """The perp market of one; Problem 404 where it is not registered."""
    return _only(_TRADED.load(view, [market_id]), market_id).perp


def registered(view: View, markets: Collection[str] | None = None) -> list[str]:
    """The ids of all, or of those among these."""
    return [rows.id for rows in _KNOWN.load(view, markets)]


def require_market(view: View, market_id: str) -> None:
    """Problem 404 where it is not registered."""
    _only(_KNOWN.load(view, [market_id]), market_id)


def _only(found: list[MarketRows], market_id: str) -> MarketRows:
    if not found:
        raise not_found(f"no market {market_id} is registered here: /v1/markets lists them")
    return found[0]


_LIMIT, _AFTER, _IDS = "most_rows", "after_address", "wanted_markets"


@lru_cache(maxsize=256)
def _loading(
    table: Table,
    where: tuple[ColumnElement[bool], ...],
    equals: tuple[tuple[str, bool], ...],
    place: tuple[str, ...],
) -> Prepared:
    columns = table.c
    query = select(table).where(*where, *(equal(columns[name], name, several) for name, several in equals))
    if _AFTER in place:
        query = query.where(columns.address > bindparam(_AFTER))
    query = query.order_by(columns.address)
    return Prepared(query.limit(bindparam(_LIMIT)) if _LIMIT in place else query)


def _same_market(config: Table, kind: type[Any]) -> ColumnElement[bool]:
    table = TABLES[kind]
    if kind is PriceFeed:
        return table.c.address == config.c.oracle_feed
    if kind is AllowedEngine:
        return table.c.program == config.c.engine
    return table.c.market_id == config.c.market_id


class _Join:
    """One statement for everything of registered markets, or for some fields of it."""

    def __init__(self, wanted: Mapping[type[Any], Sequence[str]]) -> None:
        config = TABLES[MarketConfig]
        joined: Any = config
        columns: list[Any] = []
        self._cuts: dict[str, _Cut] = {}
        for part, kind in _PARTS.items():
            names = wanted.get(kind, ())
            if kind is not MarketConfig:
                joined = joined.join(TABLES[kind], _same_market(config, kind))
            shape: Any = namedtuple(f"{kind.__name__}Part", names)  # type: ignore[misc]
            self._cuts[part] = shape._make, len(columns), len(columns) + len(names)
            columns += [TABLES[kind].c[name] for name in names]
        query: Select[Any] = select(*columns).select_from(joined).where(config.c.status != 0)
        self._all = Prepared(query)
        self._some = Prepared(query.where(equal(config.c.market_id, _IDS, True)))

    def load(self, view: View, markets: Collection[str] | None) -> list[MarketRows]:
        """All, or those among these."""
        if markets is None:
            found = view.snapshot.tuples(self._all)
        else:
            found = view.snapshot.tuples(self._some, **{_IDS: sorted(markets)})
        return [MarketRows(values, self._cuts) for values in found]


_WHOLE = _Join({kind: TABLES[kind].columns.keys() for kind in _PARTS.values()})
_TRADED = _Join({PerpMarket: TABLES[PerpMarket].columns.keys()})
_KNOWN = _Join({MarketConfig: ("market_id",)})
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
