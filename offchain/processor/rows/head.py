"""How far the index reaches, and which markets it knows."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.database.tables.projections import TABLES
from offchain.database.tables.transaction import Transaction


@dataclass(frozen=True)
class Head:
    """The newest stored transaction with a time."""

    slot: int
    time: int
    """Unix seconds of its block."""


def head(session: Session) -> Head | None:
    """None as long as nothing is stored."""
    newest = select(func.max(col(Transaction.slot))).where(col(Transaction.block_time).is_not(None))
    row = session.execute(
        select(col(Transaction.slot), func.max(col(Transaction.block_time)))
        .where(col(Transaction.slot) == newest.scalar_subquery())
        .group_by(col(Transaction.slot))
    ).first()
    return Head(row[0], row[1]) if row else None


def slot_at(session: Session, time: int, newest: int) -> int:
    """The first slot that may hold transactions later than a unix time, found by halving: block times never fall."""
    low, high = 0, newest + 1
    while low < high:
        middle = (low + high) // 2
        found = session.execute(
            select(col(Transaction.slot), col(Transaction.block_time))
            .where(col(Transaction.slot) >= middle, col(Transaction.block_time).is_not(None))
            .order_by(col(Transaction.slot))
            .limit(1)
        ).first()
        if found is None or found[1] > time:
            high = middle
        else:
            low = found[0] + 1
    return low


def markets(session: Session) -> list[str]:
    """Every market with a pool, base58, in a fixed order."""
    column = TABLES[InsurancePool].c.market_id
    return list(session.execute(select(column).order_by(column)).scalars())
