"""The ten routes that are asked in turn, each for things of its own each time."""

from itertools import cycle, islice

from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.database.database import Database
from offchain.database.tables.projections import TABLES
from offchain.database.tables.transaction import Transaction

ROUTES = {
    "markets": "/v1/markets?sort=open_interest&order=desc&limit=20",
    "market": "/v1/markets/{market}",
    "risk": "/v1/markets/{market}/risk",
    "pool": "/v1/pools/{market}",
    "pool changes": "/v1/pools/{market}/changes?limit=20",
    "provider": "/v1/providers/{provider}",
    "perp positions": "/v1/markets/{market}/positions?limit=20",
    "claim": "/v1/claims/{claim}",
    "events": "/v1/events?market={market}&limit=20",
    "failed": "/v1/transactions?failed=true&limit=20",
}
"""What a page of the web UI asks for -> its path."""
_TABLES = {table.name: table for table in TABLES.values()}


def paths(database: Database, count: int) -> list[str]:
    """So many paths, the routes in turn, over all markets, providers and claims in turn."""
    with database.reading() as session:
        markets = _column(session, "markets", "market_id")
        providers = _column(session, "provider_positions", "provider")
        claims = _column(session, "claims", "address")
    things = zip(cycle(markets), cycle(providers), cycle(claims), strict=False)
    rounds = islice(things, -(-count // len(ROUTES)))
    found = [
        path.format(market=market, provider=provider, claim=claim)
        for market, provider, claim in rounds
        for path in ROUTES.values()
    ]
    return found[:count]


def newest_time(database: Database) -> int:
    """Unix time of the newest transaction: where the chain's clock stands."""
    with database.reading() as session:
        return int(session.execute(select(func.max(col(Transaction.block_time)))).scalar_one())


def _column(session: Session, table: str, column: str) -> list[str]:
    key = _TABLES[table].c[column]
    return [row[0] for row in session.execute(select(key).distinct().order_by(key))]
