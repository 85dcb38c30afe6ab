"""`percosec trade open`."""

import click
from solders.instruction import Instruction

from offchain import words
from offchain.chain.events.generated.demo_market import PositionOpened
from offchain.chain.instructions import demo_market
from offchain.chain.tokens import associated
from offchain.chain.units import format_leverage, format_price, format_usdc
from offchain.commands.context import Context, with_context
from offchain.commands.funds import require_funds
from offchain.commands.options import PRICE, SIZE, USDC, market_argument, slippage_option, write_options
from offchain.commands.rpc import Trial
from offchain.commands.sending import Order, carry_out, found
from offchain.commands.trade.desk import sit_down
from offchain.commands.trade.limits import bound_of, shown
from offchain.plain_words.rows import Rows


@click.command("open")
@market_argument
@click.argument("side", type=click.Choice(["long", "short"]))
@click.argument("size", type=SIZE)
@click.option("--margin", type=USDC, required=True, help="What stands behind the position, USDC.")
@click.option("--limit", type=PRICE, help="Worst price to accept, USD; by default the simulated one and --slippage.")
@click.option("--nonce", type=click.IntRange(0), help="Number of the position; the first free one by default.")
@slippage_option("1")
@write_options
@with_context
def command(
    context: Context,
    market: str,
    side: str,
    size: int,
    margin: int,
    limit: int | None,
    nonce: int | None,
    slippage: int,
    dry_run: bool,
    priority: int,
) -> None:
    """Open a position of SIZE (in the base asset, such as 0.5) on MARKET.

    The market must be synchronised with a price of the last minute; the command sends the synchronisation along.
    """
    desk = sit_down(context, market)
    require_funds(context, desk.owner, desk.mint, margin)
    is_long = side == "long"
    number = desk.free_nonce() if nonce is None else nonce
    source = associated(desk.owner, desk.mint)

    def bound(trial: Trial | None) -> int:
        if limit is not None:
            return limit
        price = None if trial is None else found(trial, PositionOpened).entry_price
        return bound_of(price, is_long, slippage)

    def build(trial: Trial | None) -> list[Instruction]:
        step = demo_market.open_position(
            desk.owner, desk.market_id, number, source, is_long, size, margin, bound(trial), context.at
        )
        return [desk.sync(), *desk.opening(), step]

    def rows(trial: Trial) -> Rows:
        event = found(trial, PositionOpened)
        return [
            ("position", f"{side} {format_usdc(event.size)}, number {event.nonce}"),
            ("entry price", f"{format_price(event.entry_price)} USD, at worst {shown(bound(trial))}"),
            ("notional", words.usdc(event.notional)),
            ("margin", words.usdc(event.margin)),
            ("leverage", format_leverage(event.leverage)),
            ("trading fee", words.usdc(event.fee)),
        ]

    extra = {"market_id": str(desk.market_id), "nonce": number}
    title = f"Open a position on {desk.label}"
    carry_out(context, Order(title, "Open it?", build, rows, (desk.key,), dry_run, priority, extra))
