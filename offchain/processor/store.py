"""The table of figures: typed documents in, typed documents out."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import msgspec
from sqlalchemy import delete, insert, select
from sqlmodel import Session, col

from offchain.database.tables.figure import Figure
from offchain.processor.figures.failures import FailureRate
from offchain.processor.figures.keepers import KeeperProfit
from offchain.processor.figures.losses import Losses
from offchain.processor.figures.premiums import PremiumAdequacy
from offchain.processor.figures.utilisation import Utilisation
from offchain.processor.figures.yields import Yield
from offchain.processor.rows.head import Head


class MarketFigures(msgspec.Struct, frozen=True):
    """One market and its pool; each list has one entry for each period, the shortest first."""

    yields: list[Yield]
    losses: list[Losses]
    """The last one is since the market exists."""
    premiums: list[PremiumAdequacy]
    """The last one is since the first score; empty before it."""
    utilisation: list[Utilisation]
    """Empty before the pool's first row."""


class KeeperFigures(msgspec.Struct, frozen=True):
    """One wallet; one entry for each period, the shortest first."""

    profits: list[KeeperProfit]


class FailureFigures(msgspec.Struct, frozen=True):
    """Everything that failed in the last hour or the day before it, the most failures first."""

    rates: list[FailureRate]


KINDS: dict[str, str] = {
    "MarketFigures": "market",
    "KeeperFigures": "keeper",
    "FailureFigures": "failures",
    "ChainFacts": "chain",
}
"""Type of a document -> its name in the table."""
F = TypeVar("F", bound=msgspec.Struct)


@dataclass(frozen=True)
class Made(Generic[F]):
    """Figures with what they count."""

    figures: F
    as_of: Head
    made_ms: int
    """This machine's unix milliseconds."""


def write_figures(session: Session, kind: type[F], found: Mapping[str, F], as_of: Head, made_ms: int) -> None:
    """Replace all figures of a kind; subjects that are not in `found` disappear. The caller commits."""
    session.execute(delete(Figure).where(col(Figure.kind) == KINDS[kind.__name__]))
    rows = [
        {
            "kind": KINDS[kind.__name__],
            "subject": subject,
            "data": msgspec.to_builtins(figures),
            "as_of_slot": as_of.slot,
            "as_of_time": as_of.time,
            "made_ms": made_ms,
        }
        for subject, figures in found.items()
    ]
    if rows:
        session.execute(insert(Figure), rows)


def read_figures(session: Session, kind: type[F], subject: str = "") -> Made[F] | None:
    """The newest figures of a subject; None as long as none were made."""
    return _read(session, kind, subject).get(subject)


def read_all_figures(session: Session, kind: type[F]) -> dict[str, Made[F]]:
    """Those of every subject, in the order of their names."""
    return _read(session, kind, None)


def _read(session: Session, kind: type[F], subject: str | None) -> dict[str, Made[F]]:
    query = select(
        *(col(Figure.subject), col(Figure.data), col(Figure.as_of_slot), col(Figure.as_of_time), col(Figure.made_ms))
    ).where(col(Figure.kind) == KINDS[kind.__name__])
    if subject is not None:
        query = query.where(col(Figure.subject) == subject)
    rows = session.execute(query.order_by(col(Figure.subject)))
    return {row[0]: Made(msgspec.convert(row[1], kind), Head(row[2], row[3]), row[4]) for row in rows}
