"""`percosec prices show`."""

from typing import Any

import click
from rich.table import Column, Table
from sqlmodel import Session

from offchain.chain.units import format_price
from offchain.commands.context import Context, with_context
from offchain.commands.prices.moments import age, now
from offchain.commands.prices.stored import NONE_YET, read
from offchain.demo.sparkline import sparkline
from offchain.prices import history

MINUTES = 60
WIDTH = 30


@click.command("show")
@with_context
def command(context: Context) -> None:
    """Show the current price of every pair, where it comes from and how old it is."""
    moment = now(context)

    def ask(session: Session) -> list[dict[str, Any]]:
        return [_document(session, found, moment) for found in history.current_prices(session)]

    prices = read(context, ask)
    table = Table("pair", Column("price", justify="right"), "source", Column("age", justify="right"), "last hour")
    for each in prices:
        closes = sparkline(each["closes"], WIDTH)
        table.add_row(each["pair"], f"{format_price(each['price'])} USD", each["source"], age(each["age"]), closes)
    document = {"cluster": context.settings.cluster, "now": moment, "prices": prices}
    context.emit(document, table if prices else NONE_YET)


def _document(session: Session, found: history.Current, moment: int | None) -> dict[str, Any]:
    minutes = history.last_candles(session, found.pair, "1m", MINUTES, found.publish_time)
    return {
        "pair": found.pair,
        "price": found.price,
        "conf": found.conf,
        "source": found.source,
        "publish_time": found.publish_time,
        "age": None if moment is None else max(0, moment - found.publish_time),
        "closes": [candle.close for candle in minutes],
    }
