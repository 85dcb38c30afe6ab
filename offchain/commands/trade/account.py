"""`percosec trade account`."""

import click
from solders.instruction import Instruction

from offchain.commands.context import Context, with_context
from offchain.commands.options import market_argument, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out
from offchain.commands.trade.desk import sit_down
from offchain.errors import PercosecError
from offchain.plain_words.rows import Rows


@click.command("account")
@market_argument
@write_options
@with_context
def command(context: Context, market: str, dry_run: bool, priority: int) -> None:
    """Open a trader's account on MARKET; `trade open` does it by itself where it is missing."""
    desk = sit_down(context, market)
    steps = desk.opening()
    address = context.at.market(desk.market_id).trader(desk.owner)
    if not steps:
        raise PercosecError(f"{desk.owner} has the account {address} in {desk.label} already: there is nothing to do")

    def build(_trial: Trial | None) -> list[Instruction]:
        return steps

    def rows(_trial: Trial) -> Rows:
        return [("trader", str(desk.owner)), ("account", str(address))]

    extra = {"market_id": str(desk.market_id), "account": str(address)}
    title = f"Open an account in {desk.label}"
    carry_out(context, Order(title, "Open it?", build, rows, (desk.key,), dry_run, priority, extra))
