"""`percosec withdraw cancel`."""

import click
from solders.instruction import Instruction

from offchain.chain.events.generated.insurance_pool import WithdrawalCancelled
from offchain.chain.instructions import insurance_pool
from offchain.commands.context import Context, with_context
from offchain.commands.naming import label_of
from offchain.commands.options import market_argument, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.snapshot import one_market, take_snapshot
from offchain.commands.withdraw.choice import choose, entry_option
from offchain.plain_words.rows import Rows
from offchain.plain_words.withdrawals import cancellation_rows


@click.command("cancel")
@market_argument
@entry_option
@write_options
@with_context
def command(context: Context, market: str, entry: int | None, dry_run: bool, priority: int) -> None:
    """Take back a requested withdrawal; what the shares gained since the request stays with the pool."""
    key = context.keypair()
    snapshot = take_snapshot(context)
    market_id = one_market(context, snapshot, market).id
    position = choose(
        snapshot, market_id, key.pubkey(), entry, lambda each: each.requested_shares > 0, "with a request"
    )

    def build(_trial: Trial | None) -> list[Instruction]:
        return [insurance_pool.cancel_withdrawal(key.pubkey(), market_id, position.entry_epoch, context.at)]

    def rows(trial: Trial) -> Rows:
        return cancellation_rows(found(trial, WithdrawalCancelled), position)

    extra = {"market_id": str(market_id), "entry_epoch": position.entry_epoch}
    title = f"Take back a withdrawal from {label_of(context, market_id)}"
    carry_out(context, Order(title, "Take it back?", build, rows, (key,), dry_run, priority, extra))
