"""`percosec prices history`."""

import click
from rich.table import Column, Table

from offchain.chain.units import BPS, format_bps, format_price
from offchain.commands.context import Context, with_context
from offchain.commands.prices.moments import utc
from offchain.commands.prices.stored import find_candles, with_candles
from offchain.demo.sparkline import sparkline

WIDTH = 60


@click.command("history")
@with_candles
@with_context
def command(context: Context, pair: str, interval: str, count: int, first: int | None, end: int | None) -> None:
    """Show how the price of PAIR, such as BTC/USD, went: its close in each interval."""
    name, found = find_candles(context, pair, interval, count, first, end)
    closes = [candle.close for candle in found]
    low = min((candle.low for candle in found), default=None)
    high = max((candle.high for candle in found), default=None)
    document = {
        "pair": name,
        "interval": interval,
        "low": low,
        "high": high,
        "change_bps": change(found[0].open, closes[-1]) if found else None,
        "closes": [{"start": candle.start, "close": candle.close, "filled": candle.filled} for candle in found],
    }
    if low is None or high is None:
        context.emit(document, "no prices in this time")
        return
    table = Table("start (UTC)", Column("close", justify="right"), Column("change", justify="right"))
    before = found[0].open
    for candle in found:
        table.add_row(utc(candle.start), format_price(candle.close), format_bps(change(before, candle.close)))
        before = candle.close
    span = f"{format_price(low)} .. {format_price(high)}, {format_bps(change(found[0].open, closes[-1]))}"
    context.emit(document, table, f"{name}  {sparkline(closes, WIDTH)}  {span}")


def change(before: int, after: int) -> int:
    """Basis points from one price to the other, toward zero."""
    return abs(after - before) * BPS // before * (1 if after >= before else -1)
