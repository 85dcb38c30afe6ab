"""`percosec claims collect`: the executor's part of a claim fee."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.insolvency_handler import ClaimFeeCollected
from offchain.chain.instructions import insolvency_handler
from offchain.commands.context import Context, with_context
from offchain.commands.funds import payout_account
from offchain.commands.naming import label_of
from offchain.commands.options import market_argument, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.snapshot import one_market, take_snapshot
from offchain.commands.state import risk_config
from offchain.plain_words.rows import Rows


@click.command("collect")
@market_argument
@click.argument("sequence", type=click.IntRange(1))
@write_options
@with_context
def command(context: Context, market: str, sequence: int, dry_run: bool, priority: int) -> None:
    """Collect the fee of claim number SEQUENCE of MARKET, as the key that reported it."""
    key = context.keypair()
    snapshot = take_snapshot(context)
    market_id = one_market(context, snapshot, market).id
    destination, opening = payout_account(context, key.pubkey(), key.pubkey(), risk_config(context).mint)

    def build(_trial: Trial | None) -> list[Instruction]:
        step = insolvency_handler.collect_claim_fee(key.pubkey(), market_id, sequence, destination, context.at)
        return [*opening, step]

    def rows(trial: Trial) -> Rows:
        return [("paid", words.usdc(found(trial, ClaimFeeCollected).amount))]

    extra = {"market_id": str(market_id), "sequence": sequence}
    title = f"Collect the fee of claim {sequence} of {label_of(context, market_id)}"
    carry_out(context, Order(title, "Collect it?", build, rows, (key,), dry_run, priority, extra))
