"""`scripts/bench api`: ten reading routes on a million events, beside what a user would write."""

import json
import platform
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from offchain.database.database import open_database
from scripts.benches.api.contest import Plan, contest, same_answers
from scripts.benches.api.figures import Figures
from scripts.benches.api.index import count, prepared
from scripts.benches.api.mix import ROUTES, newest_time, paths
from scripts.benches.api.profile import profiled
from scripts.benches.machine import machine

ASKED = 400
"""Different paths."""


@click.command(name="api")
@click.option("--events", type=click.IntRange(1), default=1_000_000, show_default=True, help="Events in the index.")
@click.option("--rate", type=click.IntRange(1), default=500, show_default=True, help="Requests a second.")
@click.option("--seconds", type=click.IntRange(1), default=20, show_default=True, help="Length of each part.")
@click.option("--connections", type=click.IntRange(1), default=32, show_default=True)
@click.option("--processes", type=click.IntRange(1), default=1, show_default=True, help="API processes side by side.")
@click.option("--pin", is_flag=True, help="Hold each API process on a processor core of its own.")
@click.option("--only", type=click.Choice(["ours", "plain"]), help="Measure one contender alone.")
@click.option("--profile", is_flag=True, help="Show where the API's time goes instead.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    events: int,
    rate: int,
    seconds: int,
    connections: int,
    processes: int,
    pin: bool,
    only: str | None,
    profile: bool,
    as_json: bool,
) -> None:
    """Latency at a fixed rate, and answers a second at full load, with no cache anywhere."""
    console = Console(stderr=as_json)
    file = prepared(events, lambda words: console.print(words, highlight=False))
    with open_database(f"sqlite:///{file}") as database:
        asked, now = paths(database, ASKED), newest_time(database)
    if profile:
        console.print(profiled(file, now, asked), highlight=False, markup=False)
        return
    found: list[Figures] = []
    plan = Plan(rate, seconds, connections, processes, pin)
    with TemporaryDirectory(prefix="percosec-bench-") as scratch:
        log = Path(scratch) / "log"
        if only is None:
            same_answers(file, now, asked[: 2 * len(ROUTES)], log)
        for name in ("ours", "plain"):
            if only in (None, name):
                console.print(f"{name}: running", highlight=False)
                found.append(contest(name, file, now, asked, plan, log))
    document = _document(count(file), plan, found)
    if as_json:
        click.echo(json.dumps(document, indent=2))
        return
    console.print(document["workload"], highlight=False, soft_wrap=True)
    console.print(f"{machine()}.", highlight=False)
    console.print(_table(found))


def _document(events: int, plan: Plan, found: list[Figures]) -> dict[str, Any]:
    document: dict[str, Any] = {
        "workload": f"{len(ROUTES)} routes in turn ({', '.join(ROUTES)}) over all markets, providers and claims of an "
        f"SQLite index of {events:,} events; {plan.connections} connections, no cache; "
        f"API processes: {plan.processes}{', each held on a core' if plan.pinned else ''}, and one for the load",
        "events": events,
        "machine": machine(),
        "python": platform.python_version(),
        "contenders": [one.document() for one in found],
    }
    if len(found) == 2:
        ours, plain = found
        document["ratios_milli"] = {
            "microseconds_p99": plain.p99 * 1_000 // max(1, ours.p99),
            "peak_per_second": ours.peak * 1_000 // max(1, plain.peak),
        }
    return document


_ROWS = (("p50, ms", "p50"), ("p99, ms", "p99"), ("longest, ms", "longest"), ("processor time, ms", "cpu"))


def _table(found: list[Figures]) -> Table:
    shown = Table(title="Answers of the API")
    shown.add_column("")
    for one in found:
        shown.add_column(one.name, justify="right")
    for label, name in _ROWS:
        shown.add_row(label, *(f"{getattr(one, name) / 1_000:.2f}" for one in found))
    shown.add_row("peak, answers a second", *(f"{one.peak:,}" for one in found))
    return shown
