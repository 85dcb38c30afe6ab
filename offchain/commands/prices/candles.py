"""`percosec prices candles`."""

import click
from rich.table import Column, Table

from offchain.chain.units import format_price
from offchain.commands.context import Context, with_context
from offchain.commands.prices.moments import utc
from offchain.commands.prices.stored import find_candles, with_candles


@click.command("candles")
@with_candles
@with_context
def command(context: Context, pair: str, interval: str, count: int, first: int | None, end: int | None) -> None:
    """Show the candles of PAIR, such as BTC/USD. Gaps hold the close before them and are marked."""
    name, found = find_candles(context, pair, interval, count, first, end)
    table = Table(
        "start (UTC)", *(Column(word, justify="right") for word in ("open", "high", "low", "close", "prices"))
    )
    for candle in found:
        shown = [format_price(value) for value in (candle.open, candle.high, candle.low, candle.close)]
        table.add_row(utc(candle.start), *shown, "filled" if candle.filled else str(candle.quotes))
    document = {
        "pair": name,
        "interval": interval,
        "candles": [
            {
                "start": candle.start,
                "open": candle.open,
                "high": candle.high,
                "low": candle.low,
                "close": candle.close,
                "quotes": candle.quotes,
                "filled": candle.filled,
            }
            for candle in found
        ],
    }
    context.emit(document, table if found else "no candles in this time")
