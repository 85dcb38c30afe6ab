"""`percosec prices pushes`."""

import click
from rich.table import Column, Table

from offchain.chain.units import format_price
from offchain.commands.context import Context, with_context
from offchain.commands.prices.moments import utc
from offchain.commands.prices.stored import read
from offchain.prices import history


@click.command("pushes")
@click.option("--count", type=click.IntRange(1, 1_000), default=20, show_default=True, help="How many, newest first.")
@with_context
def command(context: Context, count: int) -> None:
    """Show the last prices that the bot of this machine wrote on chain, and why."""
    found = read(context, lambda session: history.pushes(session, count))
    table = Table("pair", Column("price", justify="right"), "of (UTC)", "because", "became", "transaction")
    for row in found:
        became = f"{row.state} {row.code}".strip()
        table.add_row(row.pair, format_price(row.price), utc(row.publish_time), row.reason, became, row.signature)
    document = {"cluster": context.settings.cluster, "pushes": [row.model_dump(exclude={"id"}) for row in found]}
    context.emit(document, table if found else "nothing was written yet: percosec prices run does it")
