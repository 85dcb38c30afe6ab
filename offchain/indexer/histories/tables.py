"""The history tables in the indexer's own database transactions."""

from collections import defaultdict

from sqlalchemy import delete, func, select
from sqlmodel import Session, col

from offchain.database.tables.no_claim import NoClaimRow
from offchain.indexer.histories.make import NO_CLAIMS, TABLES, Made
from offchain.indexer.histories.told import Row
from offchain.indexer.store.bulk import insert_many


def store(session: Session, made: Made) -> None:
    """Append rows, in the order of their events."""
    by_table: dict[str, list[Row]] = defaultdict(list)
    for table, row in made:
        by_table[table.name].append(row)
    _sum_up(session, by_table[NO_CLAIMS.name])
    for table in TABLES:
        if rows := by_table[table.name]:
            names = [column.name for column in table.columns]
            insert_many(session, table.name, names, [tuple(map(row.get, names)) for row in rows])


def take_back(session: Session, slot: int) -> None:
    """Remove the rows of this slot and all later ones. It scans the tables: rare enough for no index of its own."""
    for table in TABLES:
        session.execute(delete(table).where(table.c.slot >= slot))


def empty(session: Session) -> None:
    """Remove all rows: all events come again."""
    for table in TABLES:
        session.execute(delete(table))


def _sum_up(session: Session, rows: list[Row]) -> None:
    """Put in `total_deficit`, the only column that no account holds."""
    totals: dict[str, int] = {}
    for row in rows:
        market = row["market_id"]
        if market not in totals:
            query = select(func.coalesce(func.max(NoClaimRow.total_deficit), 0))
            totals[market] = int(session.execute(query.where(col(NoClaimRow.market_id) == market)).scalar_one())
        totals[market] += row["deficit"]
        row["total_deficit"] = totals[market]
