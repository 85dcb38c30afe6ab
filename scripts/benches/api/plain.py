"""What a user would write: the ORM's objects, pydantic models, Litestar as it comes; the same answers.

Every account, event and history row is an object of SQLAlchemy's ORM (of SQLModel where the table is one), every body a
pydantic model. The figures are counted by the same functions, so that only the way to and from them differs.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from types import ModuleType
from typing import Any, get_args, get_origin, get_type_hints

import msgspec
from litestar import Litestar, get
from litestar.di import NamedDependency, Provide
from pydantic import BaseModel, create_model
from sqlalchemy import Select, select
from sqlalchemy.orm import DeclarativeBase

from offchain.api import pages
from offchain.api.bodies import claims, figures, history, lines, markets, perps, pools, positions, receipts, risk, terms
from offchain.api.context import ApiContext
from offchain.api.figures import grades
from offchain.api.keys import sorted_page
from offchain.api.reading import View
from offchain.api.rows import MarketRows
from offchain.api.schemas.history import Events, Transactions
from offchain.api.schemas.markets import Markets
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
from offchain.database.prepared import Prepared
from offchain.database.tables.event import Event
from offchain.database.tables.projections import TABLES
from offchain.database.tables.score_history import ScoreHistory
from offchain.database.tables.share_price import SharePrice
from offchain.database.tables.transaction import Transaction

BODIES: tuple[ModuleType, ...] = (
    *(claims, figures, grades, history, lines, markets, perps, pools, positions, receipts, risk, terms),
)
MODELS: dict[type[Any], type[BaseModel]] = {}
Context = NamedDependency[ApiContext]


class Accounts(DeclarativeBase):
    """Mapped account types."""


MAPPED = {kind: type(kind.__name__, (Accounts,), {"__table__": table}) for kind, table in TABLES.items()}
ENTITIES: dict[Any, Any] = {
    **{table: MAPPED[kind] for kind, table in TABLES.items()},
    **{getattr(model, "__table__"): model for model in (Event, Transaction, SharePrice, ScoreHistory)},  # noqa: B009
}


def plain_app(context: ApiContext) -> Litestar:
    """The ten routes."""
    _use_models()
    _use_objects()
    return Litestar(
        [_markets, _market, _risk, _pool, _changes, _provider, _perps, _claim, _events, _failed],
        dependencies={"context": Provide(lambda: context, sync_to_thread=False)},
        logging_config=None,
    )


class _PlainView(View):
    """Asks SQLAlchemy's session each time."""

    def rows(self, query: Prepared, **values: Any) -> list[Any]:
        """See View."""
        return list(self.session.execute(query.query, values))

    def first(self, query: Prepared, **values: Any) -> Any | None:
        """See View."""
        return next(iter(self.rows(query, **values)), None)


@contextmanager
def _reading(context: ApiContext) -> Iterator[View]:
    with context.database.snapshot() as snapshot:
        yield _PlainView(snapshot, context, context.now())


@get("/v1/markets", sync_to_thread=True)
def _markets(context: Context) -> Any:
    with _reading(context) as view:
        items, following = sorted_page(
            markets.every_market(view),
            lambda one: (int(one.open_interest), one.market_id),
            True,
            20,
            None,
            "markets None None None open_interest",
        )
        return MODELS[Markets](as_of_slot=view.slot, items=items, next=following)


@get("/v1/markets/{market:str}", sync_to_thread=True)
def _market(context: Context, market: str) -> Any:
    with _reading(context) as view:
        return markets.detail(view, market)


@get("/v1/markets/{market:str}/risk", sync_to_thread=True)
def _risk(context: Context, market: str) -> Any:
    with _reading(context) as view:
        return risk.detail(view, market)


@get("/v1/pools/{market:str}", sync_to_thread=True)
def _pool(context: Context, market: str) -> Any:
    with _reading(context) as view:
        return pools.detail(view, market)


@get("/v1/pools/{market:str}/changes", sync_to_thread=True)
def _changes(context: Context, market: str) -> Any:
    with _reading(context) as view:
        return pools.changes(view, market, 20, None)


@get("/v1/providers/{provider:str}", sync_to_thread=True)
def _provider(context: Context, provider: str) -> Any:
    with _reading(context) as view:
        return positions.portfolio(view, provider)


@get("/v1/markets/{market:str}/positions", sync_to_thread=True)
def _perps(context: Context, market: str) -> Any:
    with _reading(context) as view:
        return perps.of_market(view, market, perps.MOVES, "distance", False, 20, None)


@get("/v1/claims/{claim:str}", sync_to_thread=True)
def _claim(context: Context, claim: str) -> Any:
    with _reading(context) as view:
        return receipts.receipt(view, claim)


@get("/v1/events", sync_to_thread=True)
def _events(context: Context, market: str) -> Any:
    with _reading(context) as view:
        return history.events(view, history.EventFilter(market), 20, None)


@get("/v1/transactions", sync_to_thread=True)
def _failed(context: Context) -> Any:
    with _reading(context) as view:
        return history.transactions(view, True, None, None, 20, None)


def _use_models() -> None:
    """The bodies become pydantic models."""
    for module in BODIES:
        for name, found in list(vars(module).items()):
            if isinstance(found, type) and issubclass(found, msgspec.Struct) and "schemas" in found.__module__:
                setattr(module, name, _model(found))
    for kind in (Markets, Events, Transactions):
        _model(kind)


def _model(kind: type[msgspec.Struct]) -> type[BaseModel]:
    if kind not in MODELS:
        hints = get_type_hints(kind)
        given: dict[str, Any] = {
            field.name: (_of_models(hints[field.name]), ... if field.required else field.default)
            for field in msgspec.structs.fields(kind)
        }
        MODELS[kind] = create_model(kind.__name__, **given)
    return MODELS[kind]


def _of_models(hint: Any) -> Any:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _model(hint)
    if get_origin(hint) is list:
        return list[_of_models(get_args(hint)[0])]  # type: ignore[misc]
    parts = get_args(hint)
    if parts and type(None) in parts:
        return _of_models(parts[0]) | None
    return hint


def _use_objects() -> None:
    """Rows become objects."""
    for module in BODIES:
        for replacement in (_load, _load_one, _load_market, _load_perp, _load_listed, _require_market, _page_after):
            name = replacement.__name__.removeprefix("_")
            if hasattr(module, name):
                setattr(module, name, replacement)


@dataclass
class _Rows(MarketRows):
    config: Any
    score: Any
    inputs: Any
    feed: Any
    engine: Any
    perp: Any
    premium: Any
    pool: Any
    registry: Any


def _load(view: View, kind: type[Any], limit: int | None = None, **equals: Any) -> list[Any]:
    columns = TABLES[kind].c
    where = [
        columns[name].in_(value) if isinstance(value, list) else columns[name] == value
        for name, value in equals.items()
    ]
    query: Any = select(MAPPED[kind]).where(*where).order_by(columns.address).limit(limit)
    return list(view.session.scalars(query))


def _load_one(view: View, kind: type[Any], **equals: Any) -> Any | None:
    return next(iter(_load(view, kind, limit=1, **equals)), None)


def _load_market(view: View, market_id: str) -> MarketRows:
    return _load_listed(view, [market_id])[0]


def _load_perp(view: View, market_id: str) -> Any:
    return _load_market(view, market_id).perp


def _require_market(view: View, market_id: str) -> None:
    _load_market(view, market_id)


def _load_listed(view: View, markets: list[str] | None = None) -> list[MarketRows]:
    found: list[MarketRows] = []
    of = {} if markets is None else {"market_id": markets}
    for config in _load(view, MarketConfig, None, **of):
        of_market = {
            kind: _load_one(view, kind, market_id=config.market_id)
            for kind in (
                *(RiskScore, MarketInputs, PerpMarket, PremiumAccount),
                *(InsurancePool, ClaimRegistry),
            )
        }
        found.append(
            _Rows(
                config=config,
                score=of_market[RiskScore],
                inputs=of_market[MarketInputs],
                feed=_load_one(view, PriceFeed, address=config.oracle_feed),
                engine=_load_one(view, AllowedEngine, program=config.engine),
                perp=of_market[PerpMarket],
                premium=of_market[PremiumAccount],
                pool=of_market[InsurancePool],
                registry=of_market[ClaimRegistry],
            )
        )
    return found


def _page_after(
    view: View,
    query: Select[Any],
    equals: dict[str, Any],
    limit: int,
    cursor: str | None,
    name: str,
    oldest_first: bool = False,
) -> pages.Found:
    columns = query.selected_columns
    entity = ENTITIES[columns["slot"].table]
    names: Sequence[str] = pages.PLACE if "number" in columns else pages.PLACE[:2]
    where = [columns[each] == value for each, value in equals.items() if value is not None]
    chosen = select(entity).where(*query._where_criteria, *where).order_by(*(columns[each].desc() for each in names))
    found = view.session.scalars(chosen.limit(limit + 1)).all()
    name = f"{name} newest"
    return pages.Found(found[:limit], pages._next(found, limit, names, name))
