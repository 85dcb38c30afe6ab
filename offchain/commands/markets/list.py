"""`percosec markets list`."""

import click
from rich.table import Column, Table

from offchain import words
from offchain.chain.units import format_factor, format_price
from offchain.commands.context import Context, with_context
from offchain.commands.markets.document import market_document
from offchain.commands.snapshot import take_snapshot

EMPTY = "no markets yet: percosec markets create opens one, percosec deploy registers those of seahorse.toml"


@click.command("list")
@with_context
def command(context: Context) -> None:
    """List all insured markets with their risk."""
    snapshot = take_snapshot(context)
    found = [market_document(context, snapshot, market) for market in snapshot.directory.markets()]
    found.sort(key=lambda each: (each["name"] is None, each["name"] or each["market_id"]))
    unfinished = len(snapshot.directory.ids) - len(found)
    document = {"cluster": context.settings.cluster, "now": snapshot.now, "epoch": snapshot.epoch, "markets": found}
    if not found:
        context.emit(document, EMPTY)
        return
    table = Table(
        Column("market", overflow="fold"), "grade", "score", "restricted by", "price", "open interest", "pool", "claims"
    )
    for each in found:
        table.add_row(
            each["name"] or each["market_id"],
            each["grade"],
            format_factor(each["score"]["composite"]) if each["score"]["has_score"] else "none yet",
            ", ".join(each["reasons"]) or "nothing",
            f"{format_price(each['price'])} USD" if each["price"] else "none yet",
            words.usdc(max(each["open_interest_long"], each["open_interest_short"])),
            words.usdc(each["available"]),
            str(each["claims"]),
        )
    notes = [f"{unfinished} more not registered yet"] if unfinished > 0 else []
    context.emit(document, table, *notes)
