"""`percosec withdraw execute`."""

import click
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.events.generated.insurance_pool import WithdrawalExecuted
from offchain.chain.instructions import insurance_pool
from offchain.commands.context import Context, with_context
from offchain.commands.funds import payout_account
from offchain.commands.naming import label_of
from offchain.commands.options import KEY, market_argument, slippage_option, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.snapshot import one_market, take_snapshot
from offchain.commands.state import risk_config
from offchain.commands.withdraw.choice import choose, entry_option
from offchain.plain_words.deposits import least
from offchain.plain_words.rows import Rows
from offchain.plain_words.withdrawals import payment_rows


@click.command("execute")
@market_argument
@entry_option
@click.option("--provider", type=KEY, help="Pay somebody else's request; possible from its forced date on.")
@slippage_option("0.5")
@write_options
@with_context
def command(
    context: Context,
    market: str,
    entry: int | None,
    provider: Pubkey | None,
    slippage: int,
    dry_run: bool,
    priority: int,
) -> None:
    """Pay a requested withdrawal from the pool of MARKET after its notice."""
    key = context.keypair()
    caller = key.pubkey()
    owner = provider or caller
    snapshot = take_snapshot(context)
    market_id = one_market(context, snapshot, market).id
    position = choose(snapshot, market_id, owner, entry, lambda each: each.requested_shares > 0, "with a request")
    destination, opening = payout_account(context, caller, owner, risk_config(context).mint)

    def build(trial: Trial | None) -> list[Instruction]:
        bound = 0 if trial is None else least(found(trial, WithdrawalExecuted).net, slippage)
        step = insurance_pool.execute_withdrawal(
            caller, market_id, owner, position.entry_epoch, destination, bound, context.at
        )
        return [*opening, step]

    def rows(trial: Trial) -> Rows:
        event = found(trial, WithdrawalExecuted)
        return payment_rows(event, owner, least(event.net, slippage))

    extra = {"market_id": str(market_id), "provider": str(owner), "entry_epoch": position.entry_epoch}
    title = f"Withdraw from {label_of(context, market_id)}"
    carry_out(context, Order(title, "Withdraw?", build, rows, (key,), dry_run, priority, extra))
