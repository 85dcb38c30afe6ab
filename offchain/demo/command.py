"""`percosec demo`: two insured markets, one of them through a recorded crash."""

import json
import sys
from fractions import Fraction
from pathlib import Path
from typing import cast

import click
from rich.console import Console

from offchain.chain.epochs import NOMINAL_SECONDS
from offchain.data import MARCH_2020
from offchain.demo.errors import DemoError
from offchain.demo.options import Backend, Options
from offchain.demo.run import run
from offchain.demo.summary import print_summary
from offchain.demo.timeline import SHORTEST_EPOCH
from offchain.demo.validator_stage import EPOCH_SECONDS
from offchain.demo.view import choose_view

MAX_SCALE = 100
PLAIN_WIDTH = 140
"""Columns of tables in a pipe or a file, where nobody can say how wide it is."""


class Scale(click.ParamType):
    """A decimal number, kept exact."""

    name = "number"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Fraction:
        """Refuses what is no number between 0 and 100."""
        try:
            scale = Fraction(str(value))
        except (ValueError, ZeroDivisionError):
            self.fail(f"{value!r} is no number: write it like 2 or 1.5", param, ctx)
        if not 0 <= scale <= MAX_SCALE:
            self.fail(f"{value} lies outside of 0 .. {MAX_SCALE}", param, ctx)
        return scale


@click.command(name="demo")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document at the end and nothing else.")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    default=MARCH_2020,
    show_default="March 2020, hourly",
    help="CSV file of hourly or 15-minute candles: unix_time,open,high,low,close,volume_btc.",
)
@click.option("--from", "begin", metavar="DATE", help="First day or time to play (UTC), such as 2020-03-10.")
@click.option("--to", "end", metavar="DATE", help="Play up to, but without, this day or time (UTC).")
@click.option("--all", "everything", is_flag=True, help="Play the whole file.")
@click.option("--keep", type=click.Path(path_type=Path, file_okay=False), help="Folder for the chain's state.")
@click.option("--backend", type=click.Choice(["embedded", "test-validator"]), default="embedded", show_default=True)
@click.option(
    "--crash-scale",
    type=Scale(),
    default="1",
    show_default=True,
    help="Multiply how far each price stands below the first one: 2 makes the crash twice as deep. "
    "No price falls below a twentieth of the first.",
)
@click.option(
    "--epoch-seconds",
    type=click.IntRange(SHORTEST_EPOCH, NOMINAL_SECONDS),
    help=f"Length of an epoch on the chain. Default: {NOMINAL_SECONDS}, on a test validator {EPOCH_SECONDS}.",
)
def command(
    as_json: bool,
    data: Path,
    begin: str | None,
    end: str | None,
    everything: bool,
    keep: Path | None,
    backend: str,
    crash_scale: Fraction,
    epoch_seconds: int | None,
) -> None:
    """Play a real market on a local chain, with the real programs.

    Without --from, --to or --all: two days before to eight after the day in which the deepest 24-hour fall of the
    file begins. Two markets run side by side, each with its own pool: A plays the file, B a calm quarter of 2023.
    The run fails when a claim differs from its recomputation or an atom is missing.
    """
    options = Options(data, begin, end, everything, crash_scale, cast(Backend, backend), epoch_seconds, keep)
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=PLAIN_WIDTH)
    result = run(options, lambda story: choose_view(story, console, silent=as_json))
    if as_json:
        json.dump(result.document(), sys.stdout, indent=2)
        sys.stdout.write("\n")
    else:
        print_summary(console, result)
    faults = result.faults()
    if faults:
        raise DemoError(f"the result is wrong: {'; '.join(faults)}")
