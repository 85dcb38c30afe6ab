"""Times on the command line, and which time it is."""

from datetime import UTC, datetime

import click

from offchain.commands.context import Context
from offchain.errors import PercosecError
from offchain.prices.clock import wall_ms

MAX_TIME = 1 << 40


class Moment(click.ParamType):
    """Unix seconds, or a date such as 2020-03-12 or 2020-03-12T14:00, in UTC unless it says otherwise."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The time in unix seconds."""
        text = str(value)
        if text.isdecimal() and text.isascii() and len(text) < 14:
            seconds = int(text)
        else:
            try:
                moment = datetime.fromisoformat(text)
            except ValueError:
                self.fail(f"{text[:40]!r} is no time: write unix seconds, or as in 2020-03-12T14:00", param, ctx)
            seconds = int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
        if not 0 <= seconds < MAX_TIME:
            self.fail(f"{text[:40]!r} is out of range", param, ctx)
        return seconds


MOMENT = Moment()


def now(context: Context) -> int | None:
    """The time in force, unix seconds: the chain's where its clock counts; None when its node can't be asked."""
    if not context.settings.prices.uses_chain_clock(context.settings.cluster):
        return wall_ms() // 1_000
    try:
        return context.chain().now()
    except PercosecError:
        return None


def utc(seconds: int) -> str:
    """`2020-03-12 14:00:05`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")


def age(seconds: int | None) -> str:
    """`12 s`, `5 min`, `3 h`, `2 d`; `-` for nobody knows."""
    if seconds is None:
        return "-"
    for length, unit in ((172_800, 86_400), (7_200, 3_600), (120, 60)):
        if seconds >= length:
            return f"{seconds // unit} {({86_400: 'd', 3_600: 'h', 60: 'min'})[unit]}"
    return f"{seconds} s"
