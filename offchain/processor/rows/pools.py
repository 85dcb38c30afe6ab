"""Share prices and utilisation of one pool."""

from typing import Any

from sqlalchemy import Select, select, tuple_
from sqlmodel import Session, col

from offchain.database.tables.share_price import SharePrice
from offchain.processor.figures.utilisation import Step
from offchain.processor.figures.yields import SharePoint

_ORDER = (col(SharePrice.slot), col(SharePrice.position), col(SharePrice.number))
_LATEST = tuple(column.desc() for column in _ORDER)
_LEAVING = ("WithdrawalExecuted", "WithdrawalCancelled")


def share_point(session: Session, market: str, until: int) -> SharePoint | None:
    """The share price that held at a unix time; None before the pool's first row."""
    row = session.execute(
        _of(market, SharePrice.block_time, SharePrice.generation, SharePrice.total_shares)
        .add_columns(col(SharePrice.price_assets), col(SharePrice.price_shares))
        .where(col(SharePrice.block_time) <= until)
        .order_by(*_LATEST)
        .limit(1)
    ).first()
    return SharePoint(*row) if row else None


def first_time(session: Session, market: str) -> int | None:
    """Unix time of the pool's first row."""
    return session.execute(_of(market, SharePrice.block_time).order_by(*_ORDER).limit(1)).scalar()


def held_since(session: Session, market: str) -> int | None:
    """Since when somebody holds shares, or held them until a claim took everything; None when nobody does.

    A pool that everybody left begins anew with the next deposit: nobody has earned what it gained over the gap.
    """
    held = _of(market, SharePrice.block_time).where(col(SharePrice.total_shares) > 0).order_by(*_ORDER).limit(1)
    left = session.execute(_left(market)).first()
    if left is not None:
        held = held.where(tuple_(*_ORDER) > tuple_(*left))
    return session.execute(held).scalar()


def utilisation_steps(session: Session, market: str, since: int) -> list[Step]:
    """Time and utilisation of every row after `since`, and of the one that held then."""
    columns = _of(market, SharePrice.block_time, SharePrice.utilisation_bps)
    before = session.execute(columns.where(col(SharePrice.block_time) <= since).order_by(*_LATEST).limit(1)).first()
    rows = session.execute(columns.where(col(SharePrice.block_time) > since).order_by(*_ORDER))
    return [(time, bps) for time, bps in [*([before] if before else []), *rows]]


def _left(market: str) -> Select[Any]:
    """Place of the last row at which somebody took the last shares; a claim that ends a generation is no such row."""
    moved = col(SharePrice.withdrawn) + col(SharePrice.revested) + col(SharePrice.swept)
    return (
        _of(market, *_ORDER)
        .where(col(SharePrice.event).in_(_LEAVING), col(SharePrice.total_shares) == 0, moved > 0)
        .order_by(*_LATEST)
        .limit(1)
    )


def _of(market: str, *columns: Any) -> Select[Any]:
    return select(*columns).where(col(SharePrice.market_id) == market)
