"""The same figures on PostgreSQL."""

from pathlib import Path

from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from offchain.processor.processor import Processor
from offchain.processor.series import PoolStep, pool_series
from offchain.processor.store import FailureFigures, KeeperFigures, MarketFigures, read_all_figures
from tests.indexer.conftest import caught_up
from tests.processor.conftest import PARAMETERS, Recorded
from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]


def figures_of(database: Database, now: int) -> tuple[list[object], list[PoolStep]]:
    assert Processor(database, PARAMETERS, 150_000_000).refresh()
    with database.reading() as session:
        kinds = (MarketFigures, KeeperFigures, FailureFigures)
        found = [read_all_figures(session, kind) for kind in kinds]
        (market,) = found[0]
        steps = pool_series(session, market, now - 100 * 86_400, now, 21_600)
    return [{subject: (made.figures, made.as_of) for subject, made in each.items()} for each in found], steps


def test_both_databases_give_the_same_figures(story: Recorded, postgres_url: str, tmp_path: Path) -> None:
    with story.copy(tmp_path) as database:
        wanted = figures_of(database, story.now)
    with serving(story.chain) as endpoints, open_database(postgres_url) as database:
        caught_up(endpoints.http, database, TableProjections(LOCALNET, PARAMETERS))
        found = figures_of(database, story.now)
    assert found == wanted
    assert len(found[1]) > 50 and any(step.claimed for step in found[1])
