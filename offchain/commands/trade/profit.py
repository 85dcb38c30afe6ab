"""`percosec trade profit`."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.demo_market import ProfitVested
from offchain.chain.instructions import demo_market
from offchain.commands.context import Context, with_context
from offchain.commands.funds import payout_account
from offchain.commands.options import market_argument, write_options
from offchain.commands.positions.trader import account_documents
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.trade.desk import sit_down
from offchain.errors import PercosecError
from offchain.plain_words.rows import Rows


@click.command("profit")
@market_argument
@write_options
@with_context
def command(context: Context, market: str, dry_run: bool, priority: int) -> None:
    """Withdraw the vested profit from MARKET, and what a liquidation left of a margin."""
    desk = sit_down(context, market)
    accounts = account_documents(context, desk.snapshot, desk.owner)
    own = next((each for each in accounts if each["market_id"] == str(desk.market_id)), None)
    if own is None:
        raise PercosecError(f"{desk.owner} has no account in {desk.label} yet: percosec trade open opens one")
    if own["claimable"] == 0:
        vesting = f"{words.usdc(own['unvested'])} still vest" if own["unvested"] else "nothing vests"
        raise PercosecError(f"E_AMOUNT: nothing can be withdrawn from {desk.label} yet, {vesting}")
    destination, opening = payout_account(context, desk.owner, desk.owner, desk.mint)

    def build(_trial: Trial | None) -> list[Instruction]:
        return [*opening, demo_market.withdraw_profit(desk.owner, desk.market_id, destination, context.at)]

    def rows(trial: Trial) -> Rows:
        lines = [("paid", words.usdc(found(trial, ProfitVested).withdrawn))]
        if own["unvested"]:
            end = words.epoch_date(desk.snapshot.schedule, own["vest_end_epoch"])
            lines.append(("still vesting", f"{words.usdc(own['unvested'])}, until {end}"))
        return lines

    extra = {"market_id": str(desk.market_id)}
    title = f"Withdraw profit from {desk.label}"
    carry_out(context, Order(title, "Withdraw it?", build, rows, (desk.key,), dry_run, priority, extra))
