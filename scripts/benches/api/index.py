"""An index of so many events, made once and kept: the demo's transactions, multiplied, through the real indexer."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select, text
from sqlmodel import col

from offchain.database.database import open_database
from offchain.database.migrate import revisions
from offchain.database.tables.event import Event
from offchain.processor.processor import Processor
from offchain.settings.paths import ROOT
from scripts.benches.indexer.contenders import Figures, ours
from scripts.benches.indexer.demo_chain import demo_documents
from scripts.benches.indexer.workload import PARAMETERS, Workload

CACHE = ROOT / ".cache" / "bench"
SOL_PRICE = 150_000_000


def prepared(events: int, say: Callable[[str], None]) -> Path:
    """The SQLite file of an index with at least so many events."""
    CACHE.mkdir(parents=True, exist_ok=True)
    path = CACHE / f"api-{events}-{revisions()[-1]}.db"
    if path.exists():
        return path
    part = path.with_suffix(".part")
    for left in (part, Path(f"{part}-wal"), Path(f"{part}-shm")):
        left.unlink(missing_ok=True)
    with TemporaryDirectory(prefix="percosec-bench-") as scratch:
        say("playing the demo")
        workload = Workload(demo_documents(Path(scratch)))
        copies = 1
        while workload.size(copies).events < events:
            copies += 1
        say(f"indexing {workload.size(copies).events:,} events of {copies} copies, kept for the next time")
        ours(f"sqlite:///{part}", workload.lines(copies), Figures("index", "sqlite"), digest=False)
    with open_database(f"sqlite:///{part}") as database:
        Processor(database, PARAMETERS, SOL_PRICE).refresh()
        with database.engine.connect() as connection:
            connection.execution_options(percosec_begin="DEFERRED")
            connection.execute(text("ANALYZE"))
            connection.commit()
    with open_database(f"sqlite:///{part}") as database, database.engine.connect() as connection:
        connection.exec_driver_sql("ROLLBACK")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    part.rename(path)
    return path


def count(path: Path) -> int:
    """How many events an index holds."""
    with open_database(f"sqlite:///{path}") as database, database.reading() as session:
        return int(session.execute(select(func.count(col(Event.number)))).scalar_one())
