"""Values as people and spreadsheets read them."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from offchain.analytics.query import DAY, Query, Unit
from offchain.chain.units import format_bps, format_factor, format_usdc

KEY_ENDS = 4
"""Characters of an address that are shown from each of its ends."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that a spreadsheet would run."""
_SUFFIXES = {Unit.ATOMS: "_atoms", Unit.LAMPORTS: "_lamports", Unit.MICROS: "_us", Unit.E6: "_e6", Unit.DAY: "_utc"}


def cell(unit: Unit, value: Any, names: Mapping[str, str]) -> str:
    """For people; `names` are those of markets."""
    if value is None:
        return ""
    if unit is Unit.MARKET:
        return names.get(str(value), short(str(value)))
    if unit is Unit.KEY:
        return short(str(value))
    if unit is Unit.TEXT:
        return str(value)
    return _number(unit, int(value))


def heading(query: Query, name: str) -> str:
    """Of a column in a file: with its unit, where the name does not tell it."""
    return name + _SUFFIXES.get(query.columns[name], "")


def plain(unit: Unit, value: Any) -> str:
    """For a file: exact, dates as ISO; texts never begin like a formula."""
    if value is None:
        return ""
    if unit is Unit.DAY:
        return date(int(value))
    if unit in (Unit.TEXT, Unit.MARKET, Unit.KEY):
        text = str(value)
        return f"'{text}" if text.startswith(FORMULA) else text
    return str(int(value))


def date(day: int) -> str:
    """Days since 1970 -> 2020-03-12."""
    return datetime.fromtimestamp(day * DAY, UTC).strftime("%Y-%m-%d")


def short(key: str) -> str:
    """The ends of an address."""
    return f"{key[:KEY_ENDS]}…{key[-KEY_ENDS:]}" if len(key) > 3 * KEY_ENDS else key


def _number(unit: Unit, value: int) -> str:
    if unit is Unit.ATOMS:
        return f"{_signed(format_usdc, value)} USDC"
    if unit is Unit.LAMPORTS:
        return f"{value // 10**9:,}.{value % 10**9:09d} SOL"
    if unit is Unit.BPS:
        return _signed(format_bps, value)
    if unit is Unit.E6:
        return _signed(format_factor, value)
    if unit is Unit.MICROS:
        return f"{value // 1_000:,}.{value % 1_000:03d} ms"
    if unit is Unit.DAY:
        return date(value)
    return f"{value:,}"


def _signed(form: Any, value: int) -> str:
    return f"-{form(-value)}" if value < 0 else str(form(value))
