"""`percosec verify`: recompute claims and balance of a chain, and say what does not fit."""

import json
from pathlib import Path

import click

from offchain.verify.report import report
from offchain.verify.view import show


@click.command("verify")
@click.option(
    "--state", type=click.Path(path_type=Path), help="State file of a local chain, or the folder of `--keep`."
)
@click.option("--rpc", help="URL of a Solana RPC node instead.")
@click.option("--cluster", default="localnet", show_default=True, help="Whose program addresses (seahorse.toml).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, amounts in atoms.")
def command(state: Path | None, rpc: str | None, cluster: str, as_json: bool) -> int:
    """Recompute every claim and the balance of all token accounts from raw transactions and accounts.

    Exit code 0 when everything fits, 1 when something differs (each place is named), 2 when it can't be read.
    """
    if (state is None) == (rpc is None):
        raise click.UsageError("give either --state FILE_OR_FOLDER or --rpc URL")
    if rpc is not None and "://" not in rpc:
        raise click.UsageError(f"--rpc {rpc} is no URL: write for example http://127.0.0.1:8899")
    found = report(rpc if rpc is not None else state or Path(), cluster)
    if as_json:
        click.echo(json.dumps(found.to_json(), indent=2))
    else:
        show(found)
    return 0 if found.ok else 1
