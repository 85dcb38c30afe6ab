"""Values of accounts in words for people."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from solders.pubkey import Pubkey

from offchain.admin.power import Moves
from offchain.chain.epochs import Schedule
from offchain.chain.oracles.feed_ids import SOURCES
from offchain.chain.units import format_leverage, format_usdc
from offchain.creation.spans import format_span


def date(seconds: int) -> str:
    """Unix time -> `2026-11-21 14:45:00 UTC`."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def moment(seconds: int, schedule: Schedule) -> str:
    """Unix time -> date and epoch."""
    if seconds < schedule.genesis:
        return date(seconds)
    return f"{date(seconds)} (epoch {schedule.epoch(seconds)})"


def value(field: str, found: Any, moves: str, schedule: Schedule) -> str:
    """A field's value as people read it."""
    if found is None:
        return "-"
    if moves == Moves.SECONDS.value:
        return moment(found, schedule) if found else "never"
    if moves == Moves.EPOCHS.value:
        return f"epoch {found} ({date(schedule.start(found))})" if found else "none"
    if found == str(Pubkey.default()):
        return "nobody"
    show = SHOW.get(field)
    return show(found, schedule) if show else str(found)


def _span(found: int, schedule: Schedule) -> str:
    return format_span(found, schedule) if found else "none"


def _leverage(found: int, _: Schedule) -> str:
    return format_leverage(found) if found else "none"


def _usdc(found: int, _: Schedule) -> str:
    return format_usdc(found, symbol=True)


def _source(found: int, _: Schedule) -> str:
    return next((name for name, number in SOURCES.items() if number == found), str(found))


def _hash(found: list[int], _: Schedule) -> str:
    return bytes(found).hex() if any(found) else "none"


SHOW: dict[str, Callable[[Any, Schedule], str]] = {
    "next_lock": _span,
    "next_notice": _span,
    "lock_epochs": _span,
    "notice_epochs": _span,
    "next_max_leverage": _leverage,
    "max_leverage": _leverage,
    "treasury_fees": _usdc,
    "amount": _usdc,
    "source": _source,
    "feed_hash": _hash,
}
"""Field -> how it is shown; all others as they are."""
