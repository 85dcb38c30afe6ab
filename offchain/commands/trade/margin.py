"""`percosec trade margin`."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.demo_market import MarginAdded
from offchain.chain.instructions import demo_market
from offchain.chain.tokens import associated
from offchain.chain.units import format_leverage
from offchain.commands.context import Context, with_context
from offchain.commands.funds import require_funds
from offchain.commands.options import USDC, market_argument, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.trade.desk import sit_down
from offchain.plain_words.rows import Rows


@click.command("margin")
@market_argument
@click.argument("amount", type=USDC)
@click.option("--nonce", type=click.IntRange(0), help="Number of the position, where there are more.")
@write_options
@with_context
def command(context: Context, market: str, amount: int, nonce: int | None, dry_run: bool, priority: int) -> None:
    """Add AMOUNT USDC of margin to a position on MARKET."""
    desk = sit_down(context, market)
    position = desk.choose(nonce)
    require_funds(context, desk.owner, desk.mint, amount)
    source = associated(desk.owner, desk.mint)

    def build(_trial: Trial | None) -> list[Instruction]:
        return [demo_market.add_margin(desk.owner, desk.market_id, position.nonce, source, amount, context.at)]

    def rows(trial: Trial) -> Rows:
        event = found(trial, MarginAdded)
        return [
            ("margin", f"{words.usdc(event.margin_before)}, then {words.usdc(event.margin)}"),
            ("leverage", f"{format_leverage(position.leverage)}, then {format_leverage(event.leverage)}"),
        ]

    extra = {"market_id": str(desk.market_id), "nonce": position.nonce}
    title = f"Add margin on {desk.label}"
    carry_out(context, Order(title, f"Add {words.usdc(amount)}?", build, rows, (desk.key,), dry_run, priority, extra))
