"""The processor: keeps the table of figures up to date."""

import asyncio
import time

from sqlalchemy import select
from sqlmodel import Session

from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.database.database import Database
from offchain.database.tables.projections import TABLES
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.every import every
from offchain.processor.make import failure_figures, keeper_figures, market_figures
from offchain.processor.rows.head import Head, head, markets
from offchain.processor.store import FailureFigures, KeeperFigures, MarketFigures, write_figures
from offchain.settings.parameters import Parameters

REFRESH_SECONDS = 30.0
"""Between two refreshes."""
REST = 10
"""A refresh is followed by a rest of so many times its length: a large index costs a tenth of one processor."""


class Processor:
    """Makes all figures anew when the index has moved on; they are a function of the index alone."""

    def __init__(self, database: Database, parameters: Parameters, sol_price: int) -> None:
        """`sol_price`: 1e-6 USD for one SOL, for keepers' costs. The database stays open."""
        self._database = database
        self._parameters = parameters
        self._sol_price = sol_price
        self._last: Head | None = None
        self._made = 0
        self._took_ms = 0
        self._rest_until = 0.0

    def duty(self, seconds: float = REFRESH_SECONDS) -> Duty:
        """For the watcher."""
        return every("figures", seconds, self.step)

    async def step(self) -> dict[str, object]:
        """Refresh off the event loop, unless the last one was long and not long ago; what happened."""
        if time.monotonic() >= self._rest_until:
            await asyncio.to_thread(self.refresh)
        return self.status()

    def refresh(self) -> bool:
        """Make and store every figure in one database transaction; False when nothing is new."""
        began = time.monotonic()
        with self._database.reading() as session:
            as_of = head(session)
            schedule = read_schedule(session)
            if as_of is None or schedule is None or as_of == self._last:
                return False
            pools = {
                market: market_figures(session, market, as_of, schedule, self._parameters)
                for market in markets(session)
            }
            keepers = keeper_figures(session, as_of, self._sol_price)
            failed = failure_figures(session, as_of)
        now_ms = time.time_ns() // 1_000_000
        with self._database.session() as session:
            write_figures(session, MarketFigures, pools, as_of, now_ms)
            write_figures(session, KeeperFigures, keepers, as_of, now_ms)
            write_figures(session, FailureFigures, {"": failed}, as_of, now_ms)
            session.commit()
        self._last = as_of
        self._made += 1
        took = time.monotonic() - began
        self._took_ms = int(took * 1_000)
        self._rest_until = time.monotonic() + REST * took
        return True

    def status(self) -> dict[str, object]:
        """Which slot the figures count, -1 for none, how often they were made and how long it took."""
        return {
            "as_of_slot": self._last.slot if self._last else -1,
            "made": self._made,
            "making_took_ms": self._took_ms,
        }


def read_schedule(session: Session) -> Schedule | None:
    """When epochs begin, from the index; None before the programs are configured."""
    table = TABLES[RiskConfig].c
    row = session.execute(select(table.genesis, table.epoch_seconds).limit(1)).first()
    return Schedule(row[0], row[1]) if row and row[1] else None
