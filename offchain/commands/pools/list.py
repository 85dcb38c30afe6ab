"""`percosec pools list`."""

import click
from rich.table import Column, Table

from offchain import words
from offchain.chain.units import format_bps
from offchain.commands.context import Context, with_context
from offchain.commands.pools.document import pool_document
from offchain.commands.snapshot import take_snapshot

EMPTY = "no pools yet: percosec markets create opens a market with its pool"


@click.command("list")
@with_context
def command(context: Context) -> None:
    """List all pools: share price, value, utilisation, what can be withdrawn."""
    snapshot = take_snapshot(context)
    found = [pool_document(context, snapshot, market) for market in snapshot.directory.markets()]
    found.sort(key=lambda each: (each["name"] is None, each["name"] or each["market_id"]))
    document = {"cluster": context.settings.cluster, "now": snapshot.now, "epoch": snapshot.epoch, "pools": found}
    if not found:
        context.emit(document, EMPTY)
        return
    table = Table(
        Column("pool of", overflow="fold"),
        "value",
        "share price",
        "unvested",
        "required",
        "utilisation",
        "withdrawable",
        "providers",
    )
    for each in found:
        table.add_row(
            each["name"] or each["market_id"],
            words.usdc(each["nav"]),
            words.share_price(each["share_price_e9"]),
            words.usdc(each["unvested"]),
            words.usdc(each["required_reserve"]),
            format_bps(each["utilisation_bps"]) if each["nav"] else "no capital",
            words.usdc(each["withdrawable"]) if each["withdrawals_fresh"] else "score is stale",
            str(each["providers"]),
        )
    context.emit(document, table)
