"""`percosec crank`: one round of a market's duties by hand."""

import asyncio
import sys
from dataclasses import asdict, replace
from io import StringIO

import click
from rich.table import Column, Table

from offchain.chain.units import format_usdc
from offchain.commands.context import Context, with_context
from offchain.commands.naming import find_market, label_of
from offchain.database.database import open_database
from offchain.keeper.journal import Journal
from offchain.keeper.keeper import Keeper
from offchain.keeper.ledger import cost
from offchain.keeper.round import Row, play_round

LAMPORTS = 10**9


@click.command("crank")
@click.argument("market")
@click.option("--duty", "duties", multiple=True, help="Do only this duty; may be repeated.")
@click.option("--dry-run", is_flag=True, help="Simulate everything and send nothing.")
@click.option("--verbose", "-v", is_flag=True, help="Show each step as a line of JSON on standard error.")
@with_context
def command(context: Context, market: str, duties: tuple[str, ...], dry_run: bool, verbose: bool) -> None:
    """Do everything that is due in MARKET, once: scores, premiums, liquidations, payouts and the rest.

    Shows what was due, done, refused and earned. Needs a funded key.
    """
    market_id = find_market(context, market)
    chosen = replace(
        context.settings.keeper,
        duties=duties or context.settings.keeper.duties,
        dry_run=dry_run or context.settings.keeper.dry_run,
    )
    settings = replace(context.settings, keeper=chosen)
    keypair = context.keypair()
    journal = Journal(sys.stderr if verbose else StringIO())
    with open_database(settings.database) as database:

        async def main() -> list[Row]:
            keeper = Keeper(settings, context.project, context.at, keypair, database, journal)
            return await play_round(keeper, market_id)

        rows = asyncio.run(main())
    document = {"market": str(market_id), "jobs": [asdict(row) for row in rows], "net": _net(rows, chosen.sol_price)}
    context.emit(document, *_shown(label_of(context, market_id), rows, chosen.sol_price))


def _net(rows: list[Row], sol_price: int) -> int:
    """Micro-USD."""
    return sum(row.usdc for row in rows) - cost(sum(row.lamports for row in rows), sol_price)


def _shown(name: str, rows: list[Row], sol_price: int) -> list[Table | str]:
    if not rows:
        return [f"{name}: nothing is due"]
    table = Table(
        "duty", "outcome", Column("SOL spent", justify="right"), Column("USDC earned", justify="right"), title=name
    )
    for row in rows:
        style = "red" if row.outcome.startswith("error") else None
        table.add_row(row.duty, row.outcome, f"{row.lamports / LAMPORTS:.6f}", format_usdc(row.usdc), style=style)
    return [table, f"net {format_usdc(_net(rows, sol_price))} USDC at {format_usdc(sol_price)} USDC for a SOL"]
