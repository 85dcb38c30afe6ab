"""`percosec keeper resume`: lift the halt of a keeper that reached a spending cap."""

import click

from offchain.commands.context import Context, with_context
from offchain.database.database import open_database
from offchain.keeper.ledger import Ledger


@click.command("resume")
@with_context
def command(context: Context) -> None:
    """Let a halted keeper send again; a running one notices within seconds. Spending counts anew."""
    wallet = context.keypair().pubkey()
    with open_database(context.settings.database) as database:
        ledger = Ledger(database, wallet)
        reason = ledger.halted()
        if reason is not None:
            context.confirm(f"The keeper {wallet} halted: {reason}. Let it go on?")
            ledger.resume()
    words = f"resumed: it had halted because {reason}" if reason else f"the keeper {wallet} is not halted"
    context.emit({"wallet": str(wallet), "resumed": reason is not None, "reason": reason or ""}, words)
