"""`percosec withdraw request`."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.insurance_pool import WithdrawalRequested
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.instructions import insurance_pool
from offchain.chain.pool_figures import pool_figures
from offchain.commands.context import Context, with_context
from offchain.commands.naming import label_of
from offchain.commands.options import SHARES, USDC, market_argument, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.snapshot import Snapshot, one_market, take_snapshot
from offchain.commands.withdraw.choice import choose, entry_option
from offchain.errors import PercosecError
from offchain.plain_words.rows import Rows
from offchain.plain_words.withdrawals import request_rows


@click.command("request")
@market_argument
@entry_option
@click.option("--amount", type=USDC, help="So much in USDC at today's share price; all by default.")
@click.option("--shares", type=SHARES, help="So many shares.")
@write_options
@with_context
def command(
    context: Context,
    market: str,
    entry: int | None,
    amount: int | None,
    shares: int | None,
    dry_run: bool,
    priority: int,
) -> None:
    """Request a withdrawal from the pool of MARKET.

    The request fixes value and early fee; it is paid after the notice, at the lower of its value then and now.
    """
    if amount is not None and shares is not None:
        raise click.UsageError("give --amount or --shares, not both")
    key = context.keypair()
    snapshot = take_snapshot(context)
    market_id = one_market(context, snapshot, market).id
    position = choose(
        snapshot,
        market_id,
        key.pubkey(),
        entry,
        lambda each: bool(each.shares and not each.requested_shares),
        "to withdraw",
    )
    number = _shares(snapshot, position, amount, shares)

    def build(_trial: Trial | None) -> list[Instruction]:
        return [insurance_pool.request_withdrawal(key.pubkey(), market_id, position.entry_epoch, number, context.at)]

    def rows(trial: Trial) -> Rows:
        return request_rows(found(trial, WithdrawalRequested), position, snapshot.schedule, snapshot.parameters)

    label = label_of(context, market_id)
    extra = {"market_id": str(market_id), "entry_epoch": position.entry_epoch}
    title = f"Request a withdrawal from {label}"
    carry_out(context, Order(title, "Request it?", build, rows, (key,), dry_run, priority, extra))


def _shares(snapshot: Snapshot, position: ProviderPosition, amount: int | None, shares: int | None) -> int:
    if shares is not None:
        return shares
    if amount is None:
        return position.shares
    market = snapshot.directory.market(position.market_id)
    if market is None:
        raise PercosecError("the market is gone: check --rpc")
    figures = pool_figures(market.pool, snapshot.epoch, snapshot.parameters)
    number = figures.shares_for(amount)
    if number > position.shares:
        worth = words.usdc(figures.assets(position.shares))
        raise PercosecError(f"E_AMOUNT: the position is worth {worth}: ask for at most that, or leave --amount out")
    return number
