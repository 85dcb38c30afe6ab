"""`percosec localnet`: the local chain on the command line."""

import json
import signal
import sys
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import click
from rich.console import Console
from solders.pubkey import Pubkey

from offchain.localnet.chain import LocalChain
from offchain.localnet.clock import Mode
from offchain.localnet.endpoints import Endpoints
from offchain.localnet.errors import LocalnetError
from offchain.localnet.project_programs import admin, programs_in, project_programs
from offchain.localnet.server import HTTP_PORT, WS_PORT, serve
from offchain.localnet.state_file import state_file

_PORT = click.IntRange(0, 65_535)


@click.command(name="localnet")
@click.option("--port", type=_PORT, default=HTTP_PORT, show_default=True, help="Port for JSON-RPC; 0 takes a free one.")
@click.option(
    "--ws-port", type=_PORT, default=WS_PORT, show_default=True, help="Port for WebSockets; 0 takes a free one."
)
@click.option("--state", type=click.Path(path_type=Path), help="File or folder in which the chain survives a restart.")
@click.option(
    "--clock", type=click.Choice(["real", "driven"]), default="real", show_default=True, help="Who moves time."
)
@click.option("--start", type=click.IntRange(0), metavar="UNIX_TIME", help="Chain time at the start; now by default.")
@click.option(
    "--programs",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="Folder of .so files to preload, instead of the project's own programs. May be repeated.",
)
@click.option("--empty", is_flag=True, help="Start without programs: for `percosec deploy`.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document when the chain is ready, nothing else.")
def command(
    port: int,
    ws_port: int,
    state: Path | None,
    clock: Mode,
    start: int | None,
    programs: tuple[Path, ...],
    empty: bool,
    as_json: bool,
) -> None:
    """Run a Solana chain in this process, behind the usual JSON-RPC and WebSocket interface.

    The programs of this project are on it from the start, unless --empty leaves them to `percosec deploy`. A driven
    clock stands still until percosec_warpTo or percosec_advance moves it. Without --state everything is gone when the
    chain stops.
    """
    if empty and programs:
        raise LocalnetError("--empty starts without programs and --programs with some: give one of the two")
    console = Console()
    preloaded = {} if empty or programs else project_programs()
    for folder in programs:
        preloaded |= programs_in(folder)
    path = state_file(state) if state is not None else None
    chain = LocalChain(clock=clock, start=start, programs=preloaded, authority=admin(), state=path)

    def ready(endpoints: Endpoints) -> None:
        if as_json:
            click.echo(json.dumps(_document(endpoints, chain, clock, path, preloaded)))
        else:
            _announce(console, endpoints, chain, clock, path, preloaded)

    signal.signal(signal.SIGTERM, _leave)
    try:
        # An interrupt that meets the server at its very end is taken as an ordinary end.
        with suppress(KeyboardInterrupt):
            serve(chain, port, ws_port, ready)
        if not as_json:
            console.print("stopped")
    finally:
        chain.close()


def _document(
    endpoints: Endpoints, chain: LocalChain, clock: Mode, state: Path | None, programs: dict[Pubkey, Path]
) -> dict[str, Any]:
    """Where the chain is, for programs that start it."""
    return {
        "http": endpoints.http,
        "ws": endpoints.ws,
        "clock": clock,
        "unix_timestamp": chain.unix_timestamp,
        "slot": chain.slot,
        "state": str(state) if state else None,
        "programs": {file.stem: str(program) for program, file in programs.items()},
    }


def _announce(
    console: Console,
    endpoints: Endpoints,
    chain: LocalChain,
    clock: Mode,
    state: Path | None,
    programs: dict[Pubkey, Path],
) -> None:
    console.print(f"[bold]JSON-RPC[/bold]   {endpoints.http}", highlight=False)
    console.print(f"[bold]WebSocket[/bold]  {endpoints.ws}", highlight=False)
    console.print(f"[bold]Clock[/bold]      {clock}, at {chain.unix_timestamp}, slot {chain.slot}", highlight=False)
    console.print(f"[bold]State[/bold]      {state or 'in memory only'}", highlight=False)
    for program, file in programs.items():
        console.print(f"[bold]Program[/bold]    {program}  {file.stem}", highlight=False)
    console.print("Ctrl-C stops the chain.")


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave by way of the clean-up, instead of at once."""
    sys.exit(0)
