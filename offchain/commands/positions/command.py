"""`percosec positions`."""

import click
from rich.console import RenderableType
from solders.pubkey import Pubkey

from offchain.commands.context import Context, with_context
from offchain.commands.options import KEY
from offchain.commands.positions.provider import provider_documents, provider_table, request_table
from offchain.commands.positions.trader import account_documents, account_table, trader_documents, trader_table
from offchain.commands.snapshot import take_snapshot

EMPTY = "no positions yet: percosec deposit insures a market, percosec trade open trades on one"


@click.command("positions")
@click.option("--owner", type=KEY, help="Whose positions; by default those of the signing key.")
@with_context
def command(context: Context, owner: Pubkey | None) -> None:
    """Show an owner's pool deposits, perpetual-futures positions and vesting profit."""
    who = owner or context.keypair().pubkey()
    snapshot = take_snapshot(context)
    pools = provider_documents(context, snapshot, who)
    requested = [each for each in pools if each["request"]]
    perps = trader_documents(context, snapshot, who)
    accounts = [each for each in account_documents(context, snapshot, who) if each["claimable"] or each["unvested"]]
    document = {
        "owner": str(who),
        "now": snapshot.now,
        "epoch": snapshot.epoch,
        "pools": pools,
        "perps": perps,
        "profit": accounts,
    }
    tables: list[RenderableType] = [
        *([provider_table(pools)] if pools else []),
        *([request_table(requested)] if requested else []),
        *([trader_table(perps)] if perps else []),
        *([account_table(accounts, snapshot)] if accounts else []),
    ]
    context.emit(document, *(tables or [EMPTY]))
