"""`scripts/bench keeper`: the keeper against a plain loop on the same chain."""

import io
import json
import platform
import pstats
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from scripts.benches.keeper.contest import PROFILE, contest, keeper, plain_loop
from scripts.benches.keeper.figures import Figures
from scripts.benches.keeper.population import prepared
from scripts.benches.keeper.workload import Workload
from scripts.benches.machine import machine
from scripts.benches.side_by_side import side_by_side

START = 1_800_000_000
"""Where the prepared chain's clock stands: a fixed time, so that it can be kept."""
CONTENDERS = ("keeper", "plain-loop")


@click.command(name="keeper")
@click.option("--markets", type=click.IntRange(1), default=1_000, show_default=True, help="Registered markets.")
@click.option(
    "--breaching", type=click.IntRange(1), default=50, show_default=True, help="Positions that breach at once."
)
@click.option("--only", type=click.Choice(CONTENDERS), help="Measure one contender alone.")
@click.option("--profile", is_flag=True, help="Run the keeper under cProfile and show where its time goes.")
@click.option("--logs", type=click.Path(path_type=Path, file_okay=False), help="Keep logs and traces in this folder.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(markets: int, breaching: int, only: str | None, profile: bool, logs: Path | None, as_json: bool) -> None:
    """Slots from a price to paid claims, and what a claim costs, for one keeper process with many markets."""
    workload = Workload(markets, min(breaching, markets))
    console = Console(stderr=as_json)
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("preparing the chain (kept for the next time)", total=markets)
        state = prepared(workload, START, lambda done: progress.update(task, completed=done))
    found = []
    with TemporaryDirectory(prefix="percosec-bench-") as scratch:
        for name in CONTENDERS:
            if only in (None, name):
                folder = (logs or Path(scratch)) / name
                folder.mkdir(parents=True)
                contender = keeper(folder, profile) if name == "keeper" else plain_loop()
                console.print(f"{contender.name}: running", highlight=False)
                found.append(contest(state, START, workload, contender, folder))
                if profile and name == "keeper":
                    console.print(hot_spots(folder / PROFILE), highlight=False, markup=False)
    if as_json:
        click.echo(json.dumps(document(workload, found), indent=2))
    else:
        console.print(workload.sentence() + ".", highlight=False)
        console.print(f"{machine()}. A slot is a block of 400 ms of the embedded chain.", highlight=False)
        console.print(table(found))


def document(workload: Workload, found: list[Figures]) -> dict[str, Any]:
    """The figures and what they were measured on."""
    return {
        "workload": workload.sentence(),
        "markets": workload.markets,
        "breaching": workload.breaching,
        "backend": "embedded",
        "machine": machine(),
        "python": platform.python_version(),
        "contenders": [one.document() for one in found],
        "ratios_milli": ratios(found),
    }


def hot_spots(profile: Path, lines: int = 30) -> str:
    """The functions of a profile that took the most time by themselves."""
    text = io.StringIO()
    pstats.Stats(str(profile), stream=text).strip_dirs().sort_stats("tottime").print_stats(lines)
    return text.getvalue()


def ratios(found: list[Figures]) -> dict[str, int]:
    """How many times as much the second contender needs, in thousandths; empty for a single one."""
    if len(found) != 2:
        return {}
    first, second = (one.document() for one in found)
    names = ("milliseconds_p50", "milliseconds_p99", "transactions_per_claim_milli", "lamports_per_claim")
    return {name: second[name] * 1_000 // max(1, first[name]) for name in names}


def table(found: list[Figures]) -> Table:
    """The figures side by side."""
    names, documents = [one.name for one in found], [one.document() for one in found]
    return side_by_side("From the price landed to the claim paid", names, documents, _ROWS, ratios(found), _cell)


_ROWS = (
    ("claims paid", "claims"),
    ("slots, p50", "slots_p50"),
    ("slots, p99", "slots_p99"),
    ("milliseconds, p50", "milliseconds_p50"),
    ("milliseconds, p99", "milliseconds_p99"),
    ("transactions a claim", "transactions_per_claim_milli"),
    ("lamports a claim", "lamports_per_claim"),
    ("transactions that failed", "failed"),
)


def _cell(name: str, value: int) -> str:
    return f"{value / 1_000:.2f}" if name.endswith("_milli") else f"{value:,}"
