"""What the subcommands that only look have in common: the database, the pair, and candles by time or by number."""

from collections.abc import Callable
from typing import Any, TypeVar

import click
from sqlmodel import Session

from offchain.commands.context import Context
from offchain.commands.prices.moments import MOMENT, now
from offchain.database.database import open_database
from offchain.errors import PercosecError
from offchain.prices import history
from offchain.prices.candles import INTERVALS, Candle, seconds_of

T = TypeVar("T")
NONE_YET = "no prices yet: percosec prices run captures them"


def read(context: Context, question: Callable[[Session], T]) -> T:
    """The answer of the settings' database."""
    with open_database(context.settings.database) as database, database.reading() as session:
        return question(session)


def with_candles(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add PAIR, --interval, --count, --from and --to."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def find_candles(
    context: Context, pair: str, interval: str, count: int, first: int | None, end: int | None
) -> tuple[str, list[Candle]]:
    """The pair by its exact name, and its candles; PercosecError for a pair that was never captured."""
    moment = now(context)

    def ask(session: Session) -> tuple[str, list[Candle]]:
        known = history.known_pairs(session)
        found = next((name for name in known if name.lower() == pair.lower()), None)
        if found is None:
            raise PercosecError(f"{pair[:40]!r} was never captured ({', '.join(known) or 'nothing was'}): {_HINT}")
        last = history.current(session, found)
        # Without a node to tell the time, the last price does.
        until = end if end is not None else (moment or (last.publish_time if last else 0)) + 1
        if first is None:
            return found, history.last_candles(session, found, interval, count, max(0, until - 1))
        if first >= until:
            raise PercosecError(f"--from {first} does not lie before --to {until}: exchange them")
        return found, history.candles(session, found, interval, first, until)

    seconds_of(interval)
    return read(context, ask)


_HINT = "percosec prices show lists the pairs, percosec prices run captures them"
_OPTIONS = (
    click.argument("pair"),
    click.option(
        "--interval", type=click.Choice(list(INTERVALS)), default="1h", show_default=True, help="Length of a candle."
    ),
    click.option(
        "--count", type=click.IntRange(1, history.MOST), default=24, show_default=True, help="How many, without --from."
    ),
    click.option("--from", "first", type=MOMENT, help="The first candle starts here or later."),
    click.option("--to", "end", type=MOMENT, help="The last candle starts before; now by default."),
)
