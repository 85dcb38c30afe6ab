"""What was paid for cover, and what the scores asked for, of one market."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.database.tables.premium_flow import PremiumFlow
from offchain.database.tables.score_history import ScoreHistory
from offchain.processor.figures.premiums import Paid, Rating

_ORDER = (col(ScoreHistory.slot), col(ScoreHistory.position), col(ScoreHistory.number))


@dataclass(frozen=True)
class Flows:
    """Sums over a period, atoms."""

    paid: Paid
    routed: int
    """Reached the pool."""


def flows(session: Session, market: str, after: int, until: int) -> Flows:
    """Everything later than the unix time `after`, up to `until`."""
    sums = (
        func.coalesce(func.sum(column), 0)
        for column in (PremiumFlow.gross, PremiumFlow.premium, PremiumFlow.offset, PremiumFlow.routed)
    )
    row = session.execute(
        select(*sums).where(
            col(PremiumFlow.market_id) == market,
            col(PremiumFlow.block_time) > after,
            col(PremiumFlow.block_time) <= until,
        )
    ).one()
    gross, premium, offset, routed = (int(value) for value in row)
    return Flows(Paid(gross, premium, offset), routed)


def ratings(session: Session, market: str, from_epoch: int) -> list[Rating]:
    """What the scores asked for from an epoch on, that of the score in force at its beginning first."""
    rows = select(
        col(ScoreHistory.epoch), col(ScoreHistory.grade), col(ScoreHistory.open_interest), col(ScoreHistory.reserve_bps)
    ).where(col(ScoreHistory.market_id) == market)
    latest = (column.desc() for column in _ORDER)
    before = session.execute(rows.where(col(ScoreHistory.epoch) <= from_epoch).order_by(*latest).limit(1)).first()
    later = session.execute(rows.where(col(ScoreHistory.epoch) > from_epoch).order_by(*_ORDER))
    return [Rating(*row) for row in [*([before] if before else []), *later]]


def first_score(session: Session, market: str) -> tuple[int, int] | None:
    """Unix time and epoch of the market's first score."""
    row = session.execute(
        select(col(ScoreHistory.block_time), col(ScoreHistory.epoch))
        .where(col(ScoreHistory.market_id) == market)
        .order_by(*_ORDER)
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None
