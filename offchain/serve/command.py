"""`percosec serve`."""

import asyncio
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import click

from offchain.commands.context import Context, with_context
from offchain.commands.prices.moments import MOMENT
from offchain.database.database import open_database
from offchain.monitoring.logs.configure import configure_logs
from offchain.monitoring.logs.secrets import secrets_of
from offchain.serve.chain_process import ChainProcess
from offchain.serve.errors import ServeError
from offchain.serve.folder import Folder, folder_of
from offchain.serve.history import refuse_other_chain
from offchain.serve.process import Process
from offchain.serve.roles import check, roles_of
from offchain.serve.server import listening
from offchain.settings.section import DEFAULT
from offchain.settings.serve import MARKET, ROLES
from offchain.settings.tree import Settings


@click.command("serve")
@click.option("--roles", help=f"What this process does, with commas between: {', '.join(ROLES)}.")
@click.option("--host", help="Address to listen on.  [default: 127.0.0.1]")
@click.option("--port", type=int, help="Port of the API; 0 takes a free one.  [default: 8080]")
@click.option("--chain-port", type=int, help="Port of the local chain; 0 takes a free one.  [default: 8899]")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of the local chain and its database."
)
@click.option("--database", help="sqlite:///FILE or postgresql://USER@HOST/NAME.  [PERCOSEC_DATABASE]")
@click.option("--open", "open_browser", is_flag=True, help="Open the web UI in a browser as soon as it is there.")
@click.option("--fresh", is_flag=True, help="Forget the folder's chain and database first.")
@click.option(
    "--speed", type=int, help="Recorded seconds that the local market plays in one; 0 waits for you.  [default: 60]"
)
@click.option("--start", type=MOMENT, help="Recorded time at which a new local chain begins.")
@with_context
def command(
    context: Context,
    roles: str | None,
    host: str | None,
    port: int | None,
    chain_port: int | None,
    data: Path | None,
    database: str | None,
    open_browser: bool,
    fresh: bool,
    speed: int | None,
    start: int | None,
) -> None:
    """Run indexer, keeper, prices, API and live updates in one process, until Ctrl-C or SIGTERM.

    With nothing else given, a local chain with a running market is part of it, and everything is kept in one folder:
    the next start goes on. With --rpc or --cluster it serves that chain. --roles splits it over processes, which then
    share a PostgreSQL database.
    """
    context = context.with_flags(
        {
            "serve.roles": tuple(part.strip() for part in roles.split(",") if part.strip()) if roles else None,
            "serve.host": host,
            "serve.port": port,
            "serve.chain_port": chain_port,
            "serve.data": str(data) if data else None,
            "database": database,
            "stage.speed": speed,
            "stage.start": start,
        }
    )
    _serve(context, fresh, open_browser)


def _serve(context: Context, fresh: bool, open_browser: bool) -> None:
    names = roles_of(context.settings, context.sources)
    check(context.settings, names, context.sources)
    folder = folder_of(context.settings.serve.data)
    has_market = MARKET in names
    if fresh and not has_market:
        raise ServeError("--fresh forgets a local chain, and this process has none: leave it out")
    settings = _settings(context, folder) if has_market else context.settings
    with ExitStack() as stack:
        opened = stack.enter_context(listening(settings.serve.host, settings.serve.port))
        port = opened.getsockname()[1]
        settings = replace(settings, serve=replace(settings.serve, port=port))
        stack.enter_context(folder.held() if has_market else nullcontext())
        log = stack.enter_context(_log(folder, context))
        if fresh:
            _forget(settings, folder)
        continued = folder.chain.exists()
        database = stack.enter_context(open_database(settings.database))
        chain = None
        if has_market:
            refuse_other_chain(database, continued)
            chain, settings = _start_chain(stack, settings, folder)
        process = Process(
            settings=settings,
            project=context.project,
            roles=names,
            database=database,
            opened=opened,
            log=log,
            console=context.console,
            chain=chain,
            as_json=context.as_json,
            data=str(folder.path) if has_market else "",
            open_browser=open_browser,
        )
        asyncio.run(process.run())
    if not context.as_json:
        context.console.print("stopped")


def _settings(context: Context, folder: Folder) -> Settings:
    """The local chain's own database lies beside it."""
    settings = context.settings
    if context.sources["database"] != DEFAULT:
        return settings
    return replace(settings, database=f"sqlite:///{folder.database}")


def _forget(settings: Settings, folder: Folder) -> None:
    if settings.database != f"sqlite:///{folder.database}":
        raise ServeError(
            "--fresh forgets what lies in the data folder, and the database is another: "
            "empty it yourself (dropdb, createdb), and remove the folder's chain.sqlite"
        )
    folder.clear()


def _start_chain(stack: ExitStack, settings: Settings, folder: Folder) -> tuple[ChainProcess, Settings]:
    chain = ChainProcess(folder.chain, folder.chain_log, settings.serve.chain_port, settings.stage.start)
    stack.enter_context(chain)
    endpoints = chain.start()
    return chain, replace(settings, rpc_urls=(endpoints.http,), ws_url=endpoints.ws)


@contextmanager
def _log(folder: Folder, context: Context) -> Iterator[TextIO]:
    """Where the log goes, as lines of JSON: beside a live screen into the folder, else to standard error."""
    if not context.console.is_terminal or context.as_json:
        opened: AbstractContextManager[TextIO] = nullcontext(sys.stderr)
    else:
        folder.path.mkdir(parents=True, exist_ok=True)
        opened = folder.log.open("a", encoding="utf-8")
    with opened as stream:
        handler = configure_logs(secrets_of(os.environ, context.settings), stream)
        try:
            yield stream
        finally:
            logging.getLogger().removeHandler(handler)
