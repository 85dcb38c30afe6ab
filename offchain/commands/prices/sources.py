"""`percosec prices sources`."""

from typing import Any

import click
from rich.table import Column, Table
from sqlmodel import Session

from offchain.chain.units import format_price
from offchain.commands.context import Context, with_context
from offchain.commands.prices.moments import age
from offchain.commands.prices.stored import NONE_YET, read
from offchain.prices import history
from offchain.prices.clock import wall_ms
from offchain.prices.verdict import REPEAT, SPARE, USED

ALIVE_ROUNDS = 10
"""A capturing process that has written nothing for so many captures has stopped."""
_GOOD = (USED, SPARE, REPEAT)


@click.command("sources")
@with_context
def command(context: Context) -> None:
    """Show the state of every source: which is in use, which fails and why, and how often its word was refused."""
    found = read(context, _sources)
    ago = min((each["seen_ms_ago"] for each in found), default=None)
    running = ago is not None and ago < ALIVE_ROUNDS * context.settings.prices.capture_ms
    document = {"cluster": context.settings.cluster, "running": running, "sources": found}
    if not found:
        context.emit(document, NONE_YET)
        return
    words = ("pair", "source", "state", Column("last price", justify="right"), "refused", "last error")
    table = Table(*words)
    for each in found:
        state = f"{each['state']}, in use" if each["in_use"] else each["state"]
        refused = ", ".join(f"{verdict} {count}" for verdict, count in each["refused"].items())
        price = "-" if each["price"] is None else format_price(each["price"])
        table.add_row(each["pair"], each["source"], state, price, refused or "nothing", each["last_error"])
    note = "capture is running" if running else f"capture is not running: last seen {age((ago or 0) // 1_000)} ago"
    context.emit(document, table, note)


def _sources(session: Session) -> list[dict[str, Any]]:
    tallies: dict[tuple[str, str], dict[str, int]] = {}
    for row in history.tallies(session):
        tallies.setdefault((row.source, row.pair), {})[row.verdict] = row.count
    moment = wall_ms()
    return [
        {
            "pair": row.pair,
            "source": row.source,
            "place": row.place,
            "state": row.state,
            "in_use": row.in_use,
            "since_ms": row.since_ms,
            "price": row.price,
            "last_good_ms": row.last_good_ms,
            "last_error": row.last_error,
            "seen_ms_ago": max(0, moment - row.seen_ms),
            "good": {verdict: count for verdict, count in _of(tallies, row).items() if verdict in _GOOD},
            "refused": {verdict: count for verdict, count in _of(tallies, row).items() if verdict not in _GOOD},
        }
        for row in history.sources(session)
    ]


def _of(tallies: dict[tuple[str, str], dict[str, int]], row: Any) -> dict[str, int]:
    return tallies.get((row.source, row.pair), {})
