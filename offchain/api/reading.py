"""`View`: the index at one moment, as all bodies of one answer see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.api.context import ApiContext
from offchain.api.names import Named, named_markets
from offchain.api.problems import unavailable
from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.database.prepared import Prepared
from offchain.database.snapshot import Snapshot
from offchain.database.tables.projections import TABLES
from offchain.database.tables.transaction import Transaction

_RISK = TABLES[RiskConfig]
_NEWEST = Prepared(select(func.max(col(Transaction.slot))))
_SCHEDULE = Prepared(select(_RISK.c.genesis, _RISK.c.epoch_seconds).limit(1))


@dataclass
class View:
    """A snapshot of the database, and the chain's time when it was taken."""

    snapshot: Snapshot
    context: ApiContext
    now: int
    """The chain's unix time, seconds."""

    @property
    def session(self) -> Session:
        """Of the same moment, for what is not asked often."""
        return self.snapshot.session

    def rows(self, query: Prepared, **values: Any) -> list[Any]:
        """All rows of a query, as named tuples."""
        return self.snapshot.rows(query, **values)

    def first(self, query: Prepared, **values: Any) -> Any | None:
        """Its first row; None where there is none."""
        return next(iter(self.snapshot.rows(query, **values)), None)

    @cached_property
    def names(self) -> dict[str, Named]:
        """market_id -> the market's names."""
        return named_markets(self.context)

    @cached_property
    def slot(self) -> int:
        """Slot of the newest indexed transaction: what `as_of_slot` says; 0 while there is none."""
        return int(self.rows(_NEWEST)[0][0] or 0)

    @cached_property
    def schedule(self) -> Schedule:
        """The deployment's epochs; Problem 503 while the index knows of no deployment."""
        row = self.first(_SCHEDULE)
        if row is None:
            raise unavailable("the index knows no deployment yet: deploy, or wait until the indexer has caught up")
        return Schedule(row.genesis, row.epoch_seconds)

    @cached_property
    def epoch(self) -> int:
        """The epoch of `now`."""
        return self.schedule.epoch(max(self.now, self.schedule.genesis))


@contextmanager
def reading(context: ApiContext) -> Iterator[View]:
    """A view; everything read through it is of one moment, on PostgreSQL as on SQLite."""
    with context.database.snapshot() as snapshot:
        yield View(snapshot, context, context.now())
