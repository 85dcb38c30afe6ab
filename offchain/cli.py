"""The `percosec` command: mounts its subcommands lazily and turns every error into one clear line."""

import sys
import traceback
from typing import Any

import click

from offchain.commands.lazy import LazyGroup
from offchain.errors import PercosecError

COMMANDS = {
    "admin": "offchain.commands.admin",
    "audit": "offchain.commands.audit",
    "claims": "offchain.commands.claims",
    "config": "offchain.commands.config.command",
    "crank": "offchain.commands.crank",
    "demo": "offchain.demo.command",
    "db-hash": "offchain.commands.db_hash",
    "deploy": "offchain.commands.deploy",
    "deposit": "offchain.commands.deposit",
    "doctor": "offchain.commands.doctor.command",
    "faucet": "offchain.commands.faucet",
    "keeper": "offchain.commands.keeper",
    "localnet": "offchain.localnet.command",
    "markets": "offchain.commands.markets",
    "pools": "offchain.commands.pools",
    "positions": "offchain.commands.positions.command",
    "prices": "offchain.commands.prices",
    "reindex": "offchain.commands.reindex",
    "serve": "offchain.serve.command",
    "trade": "offchain.commands.trade",
    "verify": "offchain.verify.command",
    "withdraw": "offchain.commands.withdraw",
}
"""Subcommand -> module that holds it as `command`."""


@click.group(cls=LazyGroup, modules=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--debug", is_flag=True, help="Show the traceback of an unexpected error.")
@click.version_option(package_name="percosec")
def percosec(debug: bool) -> None:
    """PercoSec: insurance pools for permissionless perpetual-futures markets."""


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; errors are one red line, never a traceback without --debug."""
    given = sys.argv[1:] if arguments is None else arguments
    sys.exit(run(given))


def run(arguments: list[str]) -> int:
    """Run the command line; returns the exit code."""
    try:
        result: Any = percosec.main(args=arguments, prog_name="percosec", standalone_mode=False)
        return result if isinstance(result, int) else 0
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        return _complain(error.format_message(), error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        return _complain("interrupted", 130)
    except PercosecError as error:
        return _complain(str(error), error.exit_code)
    except Exception as error:
        if "--debug" in arguments:
            traceback.print_exc()
            return 1
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        return _complain(f"unexpected error, {what} (percosec --debug ... shows the traceback)", 1)


def _complain(message: str, exit_code: int) -> int:
    """Print one line, red on every terminal that shows colours."""
    line = " ".join(message.split())
    click.secho(f"percosec: {line}", fg="red", err=True)
    return exit_code


if __name__ == "__main__":
    main()
