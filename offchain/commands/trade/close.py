"""`percosec trade close`."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.demo_market import PositionClosed
from offchain.chain.instructions import demo_market
from offchain.chain.units import format_price, format_usdc
from offchain.commands.context import Context, with_context
from offchain.commands.funds import payout_account
from offchain.commands.options import PRICE, market_argument, slippage_option, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.trade.desk import sit_down
from offchain.commands.trade.limits import bound_of, shown
from offchain.plain_words.rows import Rows


@click.command("close")
@market_argument
@click.option("--nonce", type=click.IntRange(0), help="Number of the position, where there are more.")
@click.option("--limit", type=PRICE, help="Worst price to accept, USD; by default the simulated one and --slippage.")
@slippage_option("1")
@write_options
@with_context
def command(
    context: Context, market: str, nonce: int | None, limit: int | None, slippage: int, dry_run: bool, priority: int
) -> None:
    """Close a position on MARKET. The margin that is left is paid at once, profit vests."""
    desk = sit_down(context, market)
    position = desk.choose(nonce)
    destination, opening = payout_account(context, desk.owner, desk.owner, desk.mint)

    def bound(trial: Trial | None) -> int:
        if limit is not None:
            return limit
        price = None if trial is None else found(trial, PositionClosed).exit_price
        return bound_of(price, not position.is_long, slippage)

    def build(trial: Trial | None) -> list[Instruction]:
        step = demo_market.close_position(
            desk.owner, desk.market_id, position.nonce, destination, bound(trial), context.at
        )
        return [*opening, desk.sync(), step]

    def rows(trial: Trial) -> Rows:
        event = found(trial, PositionClosed)
        side = "long" if position.is_long else "short"
        lines = [
            ("position", f"{side} {format_usdc(position.size)}, number {position.nonce}"),
            ("entry price", f"{format_price(position.entry_price)} USD"),
            ("exit price", f"{format_price(event.exit_price)} USD, at worst {shown(bound(trial))}"),
            ("trading fee", words.usdc(event.fee)),
            ("paid now", f"{words.usdc(event.principal)} of {words.usdc(position.margin)} margin"),
            ("profit that vests", words.usdc(event.profit)),
        ]
        if event.shortfall:
            lines.append(("profit the house lacks", words.usdc(event.shortfall)))
        return lines

    extra = {"market_id": str(desk.market_id), "nonce": position.nonce}
    title = f"Close a position on {desk.label}"
    carry_out(context, Order(title, "Close it?", build, rows, (desk.key,), dry_run, priority, extra))
