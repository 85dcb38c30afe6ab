"""Epochs as documents."""

from collections import defaultdict
from typing import Any

from sqlalchemy import func, select

from offchain import words
from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.names import name_of
from offchain.api.reading import View
from offchain.api.schemas.epochs import EpochClock, EpochRow, Epochs, MarketEpoch
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from offchain.database.tables.premium_flow import PremiumFlow
from offchain.database.tables.projections import TABLES
from offchain.database.tables.score_history import ScoreHistory

_MARKETS = TABLES[MarketConfig].c
_SCORES: Any = ScoreHistory.__table__  # type: ignore[attr-defined]
_FLOWS: Any = PremiumFlow.__table__  # type: ignore[attr-defined]
_IDS = select(_MARKETS.market_id).where(_MARKETS.status != 0).order_by(_MARKETS.market_id)
Key = tuple[str, int]
"""market_id and epoch."""


def clock(view: View) -> EpochClock:
    """The epoch of now."""
    schedule, epoch = view.schedule, view.epoch
    return EpochClock(
        as_of_slot=view.slot,
        epoch=epoch,
        start=schedule.start(epoch),
        end=schedule.start(epoch + 1),
        now=view.now,
        epoch_seconds=schedule.epoch_seconds,
        genesis=schedule.genesis,
    )


def page(view: View, limit: int, cursor: str | None) -> Epochs:
    """Epochs, the newest first, down to epoch 0."""
    top = view.epoch if cursor is None else read_cursor(cursor, tuple[int], "epochs")[0] - 1
    bottom = max(0, top - limit + 1)
    markets = list(view.session.execute(_IDS).scalars())
    scores, flows = _scores(view, bottom, top), _flows(view, bottom, top)
    rates = _rates(view, bottom, top)
    items = [
        EpochRow(
            epoch=epoch,
            start=view.schedule.start(epoch),
            end=view.schedule.start(epoch + 1),
            complete=epoch < view.epoch,
            markets=[_market(view, (market, epoch), scores, flows, rates) for market in markets],
        )
        for epoch in range(top, bottom - 1, -1)
    ]
    return Epochs(
        as_of_slot=view.slot,
        items=items,
        next=write_cursor((bottom,), "epochs") if bottom else None,
        current=view.epoch,
        ends_at=view.schedule.start(view.epoch + 1),
        epoch_seconds=view.schedule.epoch_seconds,
        genesis=view.schedule.genesis,
        now=view.now,
    )


def _market(
    view: View, key: Key, scores: dict[Key, Any], flows: dict[Key, tuple[int, int]], rates: dict[Key, int]
) -> MarketEpoch:
    score = scores.get(key)
    premium, routed = flows.get(key, (0, 0))
    return MarketEpoch(
        market_id=key[0],
        name=name_of(view.context, key[0]),
        score=None if score is None else score.composite,
        grade=None if score is None else words.grade(score.grade),
        keeper=None if score is None else score.actor,
        premium=str(premium),
        routed=str(routed),
        rate_bps=rates.get(key),
    )


def _span(table: Any, bottom: int, top: int) -> Any:
    return (table.c.epoch >= bottom) & (table.c.epoch <= top)


def _scores(view: View, bottom: int, top: int) -> dict[Key, Any]:
    columns = (_SCORES.c.market_id, _SCORES.c.epoch, _SCORES.c.composite, _SCORES.c.grade, _SCORES.c.actor)
    rows = view.session.execute(select(*columns).where(_span(_SCORES, bottom, top)))
    return {(row.market_id, row.epoch): row for row in rows}


def _flows(view: View, bottom: int, top: int) -> dict[Key, tuple[int, int]]:
    columns = (_FLOWS.c.market_id, _FLOWS.c.epoch)
    sums = (func.sum(_FLOWS.c.premium), func.sum(_FLOWS.c.routed))
    query = select(*columns, *sums).where(_span(_FLOWS, bottom, top)).group_by(*columns)
    return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in view.session.execute(query)}


def _rates(view: View, bottom: int, top: int) -> dict[Key, int]:
    columns = (_FLOWS.c.market_id, _FLOWS.c.epoch, _FLOWS.c.rate_bps)
    query = select(*columns).where(_span(_FLOWS, bottom, top), _FLOWS.c.kind == "rate")
    found: dict[Key, int] = defaultdict(int)
    for market, epoch, rate in view.session.execute(query.order_by(_FLOWS.c.slot, _FLOWS.c.position, _FLOWS.c.number)):
        found[(market, epoch)] = rate
    return dict(found)
