"""`scripts/bench`: measurements and long runs of whole processes."""

import sys

import click
from rich.console import Console
from rich.markup import escape

from offchain.errors import PercosecError
from scripts.benches.api.command import command as api
from scripts.benches.indexer.command import command as indexer
from scripts.benches.keeper.command import command as keeper
from scripts.benches.live.command import command as live
from scripts.benches.march.command import command as march


@click.group()
def bench() -> None:
    """Measure the project. Each subcommand states its workload and the machine; --json gives one document."""


bench.add_command(api)
bench.add_command(indexer)
bench.add_command(keeper)
bench.add_command(live)
bench.add_command(march)


def main() -> None:
    """Run a subcommand; an error is one red line and exit code 1."""
    try:
        bench(standalone_mode=True)
    except PercosecError as error:
        Console(stderr=True).print(f"[red]{escape(str(error))}[/]", highlight=False, soft_wrap=True)
        sys.exit(1)
