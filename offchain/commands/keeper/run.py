"""`percosec keeper run`."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any, TextIO

import click

from offchain.commands.context import Context, with_context
from offchain.database.database import open_database
from offchain.errors import PercosecError
from offchain.keeper.journal import Journal
from offchain.keeper.keeper import Keeper
from offchain.keeper.screen import show
from offchain.settings.tree import Settings

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@click.command("run")
@click.option("--dry-run", is_flag=True, help="Simulate everything and send nothing.")
@click.option("--skip-unprofitable", is_flag=True, help="Leave out what costs more than it brings; never liquidations.")
@click.option("--duty", "duties", multiple=True, help="Do only this duty; may be repeated.")
@click.option("--log", "log_file", type=click.Path(path_type=Path, dir_okay=False), help="Append the log to this file.")
@with_context
def command(
    context: Context, dry_run: bool, skip_unprofitable: bool, duties: tuple[str, ...], log_file: Path | None
) -> None:
    """Do every duty of every market until told to stop (Ctrl-C or SIGTERM; a second one leaves at once).

    It needs a funded key and a node, nothing else. On a terminal a live view is shown; otherwise each step is one
    line of JSON on standard error.
    """
    settings = _settings(context, dry_run, skip_unprofitable, duties)
    keypair = context.keypair()
    live = sys.stderr.isatty() and not context.as_json
    with _stream(log_file, live) as stream, open_database(settings.database) as database:

        async def main() -> dict[str, Any]:
            keeper = Keeper(settings, context.project, context.at, keypair, database, Journal(stream))
            await _run(keeper, live)
            return keeper.status()

        status = asyncio.run(main())
    context.emit(status, _summary(status))


def _settings(context: Context, dry_run: bool, skip_unprofitable: bool, duties: tuple[str, ...]) -> Settings:
    keeper = context.settings.keeper
    chosen = replace(
        keeper,
        dry_run=dry_run or keeper.dry_run,
        skip_unprofitable=skip_unprofitable or keeper.skip_unprofitable,
        duties=duties or keeper.duties,
    )
    return replace(context.settings, keeper=chosen)


async def _run(keeper: Keeper, live: bool) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, _asked_to_stop, stop, loop)
    screen = asyncio.create_task(show(keeper)) if live else None
    try:
        await keeper.run(stop)
    finally:
        if screen is not None:
            screen.cancel()
            await asyncio.gather(screen, return_exceptions=True)


def _asked_to_stop(stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    """The second signal finds the default handlers again."""
    for number in SIGNALS:
        loop.remove_signal_handler(number)
    stop.set()


@contextmanager
def _stream(log_file: Path | None, live: bool) -> Iterator[TextIO]:
    """Where the log goes: a file, nowhere beside a live view, or standard error."""
    if log_file is None:
        yield StringIO() if live else sys.stderr
        return
    try:
        opened = log_file.open("a", encoding="utf-8")
    except OSError as error:
        raise PercosecError(f"the log {log_file} can't be written ({error.strerror}): choose another file") from error
    with opened:
        yield opened


def _summary(status: dict[str, Any]) -> str:
    done = sum(found["done"] for found in status["duties"].values())
    return f"stopped: {done} transactions done; `percosec keeper report` shows costs and income"
