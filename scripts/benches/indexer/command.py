"""`scripts/bench indexer`: from a node's JSON to committed rows, beside what one would write without this indexer."""

import json
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import psycopg
from rich.console import Console
from rich.table import Table

from scripts.benches.indexer.contenders import Figures, check_same, ours, plain
from scripts.benches.indexer.demo_chain import demo_documents
from scripts.benches.indexer.memory import Watch
from scripts.benches.indexer.profile import profiled
from scripts.benches.indexer.workload import Workload
from scripts.benches.machine import machine
from tests.support.postgres import server

PLAIN_WIDTH = 140
"""Columns where nobody can say how wide it is."""
BACKENDS = ("sqlite", "postgresql")
OURS, PLAIN = "percosec indexer", "solana-py, anchorpy, ORM"


@click.command(name="indexer")
@click.option("--copies", type=click.IntRange(1), default=8, show_default=True, help="How often the demo is taken.")
@click.option("--database", type=click.Choice([*BACKENDS, "both"]), default="both", show_default=True)
@click.option("--only", type=click.Choice(["ours", "plain"]), help="Measure one contender alone.")
@click.option("--profile", is_flag=True, help="Show where the indexer's time goes, on SQLite.")
@click.option(
    "--memory", type=click.IntRange(1), metavar="N", help="Index N transactions and watch the memory instead."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(copies: int, database: str, only: str | None, profile: bool, memory: int | None, as_json: bool) -> None:
    """Events a second from the JSON of getTransaction to committed rows, projections, histories and watermarks."""
    console = Console(stderr=as_json, width=None if sys.stdout.isatty() else PLAIN_WIDTH)
    with TemporaryDirectory(prefix="percosec-bench-") as scratch:
        folder = Path(scratch)
        console.print("playing the demo", highlight=False)
        workload = Workload(demo_documents(folder))
        if memory:
            _memory(console, workload, memory, folder, as_json)
            return
        if profile:
            console.print(profiled(workload, folder), highlight=False, markup=False)
            return
        found: list[Figures] = []
        for backend in BACKENDS:
            if database in (backend, "both"):
                with _urls(backend, folder) as urls:
                    found += _contest(console, workload, copies, backend, urls, only)
    if as_json:
        click.echo(json.dumps(_document(workload, copies, found), indent=2))
    else:
        console.print(_sentence(workload, copies, found), highlight=False, soft_wrap=True)
        console.print(f"{machine()}.", highlight=False)
        console.print(_table(found))


def _contest(
    console: Console, workload: Workload, copies: int, backend: str, urls: Iterator[str], only: str | None
) -> list[Figures]:
    """Both on one copy, whose databases must be the same; then the indexer on all of them."""
    one = list(workload.lines(1))
    found = []
    if only != "ours":
        console.print(f"{backend}: {PLAIN}", highlight=False)
        found.append(plain(next(urls), one, Figures(PLAIN, backend)))
    if only != "plain":
        console.print(f"{backend}: {OURS}", highlight=False)
        first = ours(next(urls), one, Figures(OURS, backend), digest=True)
        if found:
            check_same(found[0], first)
        found.append(ours(next(urls), list(workload.lines(copies)), Figures(OURS, backend), digest=False))
    return found


def _memory(console: Console, workload: Workload, transactions: int, folder: Path, as_json: bool) -> None:
    watch = Watch(transactions)
    figures = Figures(OURS, "sqlite")
    ours(f"sqlite:///{folder / 'memory.db'}", workload.endless(transactions), figures, digest=False, memory=watch.note)
    if as_json:
        click.echo(json.dumps({**figures.document(), "machine": machine(), "resident_bytes": watch.points}, indent=2))
    else:
        console.print(f"{figures.transactions:,} transactions, {figures.events:,} events", highlight=False)
        for done, size in watch.points:
            console.print(f"{done:>12,}  {size >> 20:>6,} MiB", highlight=False)


@contextmanager
def _urls(backend: str, folder: Path) -> Iterator[Iterator[str]]:
    """Addresses of empty databases, as many as are asked for."""
    if backend == "sqlite":
        yield (f"sqlite:///{folder / f'{number}.db'}" for number in range(100))
        return
    with server() as template:
        yield (_created(template, f"bench_{number}") for number in range(100))


def _created(template: str, name: str) -> str:
    with psycopg.connect(template.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return template.format(name=name)


def _sentence(workload: Workload, copies: int, found: list[Figures]) -> str:
    size = workload.size(copies)
    both = " Of one copy both left the same rows in every table." if _ratios(found) else ""
    return (
        f"The demo's own transactions as RPC JSON, {copies} times, each copy with signatures, wallets and markets of "
        f"its own: {size.transactions:,} transactions, {size.failed:,} of them failed, {size.events:,} events.{both}"
    )


def _document(workload: Workload, copies: int, found: list[Figures]) -> dict[str, Any]:
    return {
        "workload": _sentence(workload, copies, found),
        "machine": machine(),
        "python": platform.python_version(),
        "contenders": [one.document() for one in found],
        "ratios_milli": _ratios(found),
    }


def _ratios(found: list[Figures]) -> dict[str, int]:
    """How many times as many events a second, in thousandths, for each database that both were measured on."""
    by_place = {(one.name, one.backend): one for one in found}
    return {
        backend: by_place[OURS, backend].rate * 1_000 // max(1, by_place[PLAIN, backend].rate)
        for backend in BACKENDS
        if (OURS, backend) in by_place and (PLAIN, backend) in by_place
    }


def _table(found: list[Figures]) -> Table:
    shown = Table(title="From JSON to committed rows")
    for name in ("", "database", "transactions", "events", "seconds", "CPU s", "events/s", "events/CPU s", "ratio"):
        shown.add_column(name, justify="left" if name in ("", "database") else "right")
    ratios = _ratios(found)
    for one in found:
        ratio = ratios.get(one.backend)
        shown.add_row(
            one.name,
            one.backend,
            f"{one.transactions:,}",
            f"{one.events:,}",
            f"{one.seconds:.1f}",
            f"{one.cpu_seconds:.1f}",
            f"{one.rate:,}",
            f"{one.cpu_rate:,}",
            f"{ratio / 1_000:.1f}x" if ratio and one.name == OURS else "",
        )
    return shown
