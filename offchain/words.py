"""Figures and dates as people read them; JSON documents hold the integers."""

from datetime import UTC, datetime
from typing import Literal, get_args

from offchain.chain.epochs import Schedule
from offchain.chain.units import format_usdc

Grade = Literal["A", "B", "C", "D", "Restricted"]
GRADES: tuple[Grade, ...] = get_args(Grade)
"""In the order of their numbers on chain."""
REASONS = {1: "score", 2: "stale score", 4: "premiums in arrears", 8: "unpaid exit", 16: "delisted"}
"""Bit of a market's restriction -> what it means."""
SHARE_DECIMALS = 9
_UNITS = ((86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second"))


def usdc(amount: int) -> str:
    """`1,234.567890 USDC`."""
    return format_usdc(amount, symbol=True)


def shares(amount: int) -> str:
    """`1,234.567890`: one share was worth one USDC in the beginning."""
    return format_usdc(amount)


def sol(lamports: int) -> str:
    """`0.000005 SOL`, no more decimals than needed."""
    whole, rest = divmod(abs(lamports), 10**9)
    decimals = f"{rest:09d}".rstrip("0")
    return f"{'-' if lamports < 0 else ''}{whole:,}{'.' + decimals if decimals else ''} SOL"


def share_price(value: int) -> str:
    """1e9 = 1.0 -> `1.012345678`."""
    whole, rest = divmod(value, 10**SHARE_DECIMALS)
    return f"{whole}.{rest:0{SHARE_DECIMALS}d}"


def date(unix_time: int) -> str:
    """`2020-03-12 14:00 UTC`."""
    return datetime.fromtimestamp(unix_time, UTC).strftime("%Y-%m-%d %H:%M UTC")


def epoch_date(schedule: Schedule, epoch: int) -> str:
    """When an epoch begins."""
    return date(schedule.start(epoch))


def lasting(seconds: int) -> str:
    """`3 days`, `2 hours 5 minutes`: the two largest units."""
    parts, rest = [], max(0, seconds)
    for length, name in _UNITS:
        count, rest = divmod(rest, length)
        if count:
            parts.append(number(count, name))
    return " ".join(parts[:2]) or "0 seconds"


def number(count: int, noun: str) -> str:
    """`1 position`, `2 positions`."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def reasons(bits: int) -> str:
    """What restricts a market, `none` when nothing does."""
    return ", ".join(text for bit, text in REASONS.items() if bits & bit) or "none"


def grade(number: int) -> Grade:
    """`A` .. `D` or `Restricted`; IndexError for a number that no program writes."""
    return GRADES[number]
