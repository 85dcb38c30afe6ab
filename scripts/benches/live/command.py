"""`scripts/bench live`: from a landed transaction to WebSocket clients."""

import json
import platform
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from offchain.chain.addresses import LOCALNET
from scripts.benches.keeper.command import START, hot_spots
from scripts.benches.keeper.population import prepared
from scripts.benches.keeper.workload import Workload
from scripts.benches.live.contenders import PROFILE, Contender, ours, plain
from scripts.benches.live.contest import contest, even, uneven
from scripts.benches.live.figures import Figures
from scripts.benches.live.limits import raise_limit
from scripts.benches.machine import machine
from scripts.benches.side_by_side import side_by_side

WORKLOAD = Workload(markets=10, breaching=5)
PARTS = ("one", "many")


@click.command(name="live")
@click.option("--clients", type=click.IntRange(1), default=5_000, show_default=True, help="WebSocket clients.")
@click.option("--updates", type=click.IntRange(1), default=30, show_default=True, help="One a second, to all clients.")
@click.option("--transactions", type=click.IntRange(1), default=200, show_default=True, help="For a single client.")
@click.option("--only", type=click.Choice(PARTS), help="Measure a single client alone, or many alone.")
@click.option("--no-plain", is_flag=True, help="Leave out what the server is compared with.")
@click.option("--profile", is_flag=True, help="Run the server under cProfile and show where its time goes.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    clients: int, updates: int, transactions: int, only: str | None, no_plain: bool, profile: bool, as_json: bool
) -> None:
    """Milliseconds from a transaction landed to a WebSocket client, for one client and for thousands."""
    raise_limit(clients)
    console = Console(stderr=as_json)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("preparing the chain (kept for the next time)", total=WORKLOAD.markets)
        state = prepared(WORKLOAD, START, lambda done: progress.update(task, completed=done))
    market = WORKLOAD.market_id(0)
    found: dict[str, list[Figures]] = {}
    with TemporaryDirectory(prefix="percosec-bench-") as scratch:
        for part, size, gaps in (("one", 1, uneven(transactions)), ("many", clients, even(updates))):
            if only not in (None, part):
                continue
            for number in range(1 if no_plain else 2):
                folder = Path(scratch) / f"{part}-{number}"
                folder.mkdir()
                contender: Contender = plain(LOCALNET.market(market).pool) if number else ours(folder, market, profile)
                console.print(f"{contender.name}, {size} clients: running", highlight=False)
                figures = contest(state, START, WORKLOAD, contender, folder, size, gaps)
                found.setdefault(part, []).append(figures)
                if profile and not number:
                    console.print(hot_spots(folder / PROFILE), highlight=False, markup=False)
    if as_json:
        click.echo(json.dumps(document(found), indent=2))
        return
    console.print(f"{machine()}.", highlight=False)
    for part, several in found.items():
        console.print(table(TITLES[part], several))


TITLES = {
    "one": "One client, a transaction every 0.1 to 0.5 s: landed to arrived",
    "many": "Many clients, one update a second to all: landed to arrived, every message",
}


def document(found: dict[str, list[Figures]]) -> dict[str, Any]:
    """The figures and what they were measured on."""
    return {
        "machine": machine(),
        "python": platform.python_version(),
        **{part: [one.document() for one in several] for part, several in found.items()},
        "ratios_milli": {part: ratios(several) for part, several in found.items()},
    }


def ratios(several: list[Figures]) -> dict[str, int]:
    """How many times as much the second contender needs, in thousandths; empty for a single one."""
    if len(several) != 2:
        return {}
    first, second = (one.document() for one in several)
    return {name: second[name] * 1_000 // max(1, first[name]) for _, name in _ROWS[:5]}


_ROWS = (
    ("milliseconds, p50", "microseconds_p50"),
    ("milliseconds, p99", "microseconds_p99"),
    ("milliseconds, worst", "microseconds_max"),
    ("server's CPU an update, ms", "cpu_ms_per_update"),
    ("server's memory, MB", "memory_mb"),
    ("messages delivered", "delivered"),
    ("messages missing", "unserved"),
    ("connections lost", "lost"),
)


def table(title: str, several: list[Figures]) -> Table:
    """The figures side by side."""
    names, documents = [one.name for one in several], [one.document() for one in several]
    return side_by_side(title, names, documents, _ROWS, ratios(several), _cell)


def _cell(name: str, value: int) -> str:
    return f"{value / 1_000:,.1f}" if name.startswith("microseconds") else f"{value:,}"
