"""Both ways from the node's JSON to committed rows, each on a database of its own."""

import resource
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.indexer.db_hash import tables_digest
from offchain.indexer.decode import decode_all
from offchain.indexer.ingest.round import CHUNK
from offchain.indexer.projections.tables import TableProjections
from offchain.indexer.raw import read_text
from offchain.indexer.store.marks import Mark, Marks
from offchain.indexer.store.store import Store
from scripts.benches.errors import BenchError
from scripts.benches.indexer.plain import PlainIndexer
from scripts.benches.indexer.workload import PARAMETERS

_STATUS = Path("/proc/self/status")


@dataclass(slots=True)
class Figures:
    """One contender on one database."""

    name: str
    backend: str
    transactions: int = 0
    events: int = 0
    seconds: float = 0.0
    cpu_seconds: float = 0.0
    """Of this process and its children; a PostgreSQL server is not among them."""
    tables: dict[str, str] = field(default_factory=dict)
    """Digest of each table."""

    @property
    def rate(self) -> int:
        """Events a second."""
        return int(self.events / self.seconds)

    @property
    def cpu_rate(self) -> int:
        """Events in a second of this machine's processor: the same whatever else runs on it, or nearly."""
        return int(self.events / self.cpu_seconds)

    def document(self) -> dict[str, object]:
        """For --json."""
        return {
            "name": self.name,
            "database": self.backend,
            "transactions": self.transactions,
            "events": self.events,
            "milliseconds": int(self.seconds * 1_000),
            "cpu_milliseconds": int(self.cpu_seconds * 1_000),
            "events_per_second": self.rate,
            "events_per_cpu_second": self.cpu_rate,
        }


Memory = Callable[[int], None]
"""Told after each batch how many transactions are stored."""


def ours(url: str, lines: Iterable[bytes], figures: Figures, digest: bool, memory: Memory | None = None) -> Figures:
    """The indexer's own steps from the JSON on, in its own batches."""
    with open_database(url) as database:
        store = Store(database, TableProjections(LOCALNET, PARAMETERS), LOCALNET)
        with _clock(figures):
            for part in _batches(lines):
                entries = decode_all(map(read_text, part))
                last = entries[-1][0]
                marks: Marks = dict.fromkeys(LOCALNET.deployed, Mark(last.signature, last.slot))
                figures.events += len(store.append(entries, last.slot, {**store.marks, **marks}))
                figures.transactions += len(part)
                if memory:
                    memory(figures.transactions)
        if digest:
            figures.tables = tables_digest(database)[1]
    return figures


def plain(url: str, lines: Iterable[bytes], figures: Figures) -> Figures:
    """What one would write without it."""
    with open_database(url) as database:
        indexer = PlainIndexer(database, PARAMETERS)
        with _clock(figures):
            figures.events = indexer.run(_counted(lines, figures))
        figures.tables = tables_digest(database)[1]
    return figures


def check_same(first: Figures, second: Figures) -> None:
    """BenchError where two databases of one workload differ."""
    differing = sorted(name for name, digest in first.tables.items() if second.tables.get(name) != digest)
    if differing or first.tables.keys() != second.tables.keys():
        raise BenchError(
            f"{first.name} on {first.backend} and {second.name} on {second.backend} differ in {', '.join(differing)}"
        )


def resident() -> int:
    """Bytes of this process in memory now; its peak where the system does not tell."""
    if _STATUS.exists():
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


@contextmanager
def _clock(into: Figures) -> Iterator[None]:
    """Adds what its block takes."""
    wall, used = time.perf_counter(), _cpu()
    yield
    into.seconds += time.perf_counter() - wall
    into.cpu_seconds += _cpu() - used


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)


def _batches(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(lines)
    while part := list(islice(rest, CHUNK)):
        yield part


def _counted(lines: Iterable[bytes], figures: Figures) -> Iterator[bytes]:
    for line in lines:
        figures.transactions += 1
        yield line
