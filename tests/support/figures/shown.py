"""Numbers and moments as the pages write them: English (en-GB), UTC, spaces plain. No code of the web UI's."""

from datetime import UTC, datetime
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

MINUS = "\N{MINUS SIGN}"
MISSING = "—"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
LATE_SECONDS = 90
"""A page's clock may run on by so much: it starts at the chain's time and learns later that this one stands still."""


def number(value: int, decimals: int = 6, places: int | None = None) -> str:
    """A whole number of 10 ** -decimals with `places`, toward minus infinity; less than the last one is `<0.01`."""
    kept = decimals if places is None else places
    exact = Decimal(value).scaleb(-decimals)
    if 0 < exact < Decimal(1).scaleb(-kept):
        return f"<{_grouped(Decimal(1).scaleb(-kept), kept)}"
    return _grouped(exact.quantize(Decimal(1).scaleb(-kept), ROUND_FLOOR), kept)


def _grouped(value: Decimal, places: int) -> str:
    return f"{value:,.{places}f}".replace(",", " ").replace("-", MINUS)


def money(atoms: int, places: int = 2, unit: str = "USDC", decimals: int = 6) -> str:
    """An amount with its unit: what one has or gets."""
    return f"{number(atoms, decimals, places)} {unit}"


def cost(atoms: int, places: int = 2, unit: str = "USDC", decimals: int = 6) -> str:
    """An amount with its unit, rounded up: what one pays or loses. Never below zero."""
    assert atoms >= 0
    least = Decimal(1).scaleb(-places)
    return f"{_grouped(Decimal(atoms).scaleb(-decimals).quantize(least, ROUND_CEILING), places)} {unit}"


def percent(bps: int, places: int = 2) -> str:
    """Basis points as percent, without zeros at the end: 8500 is `85 %`."""
    shown = number(bps, 2, places)
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %"


def moved(bps: int) -> str:
    """The move of a price: a rise has a plus sign."""
    return f"+{percent(bps)}" if bps > 0 else percent(bps)


def times(leverage: int) -> str:
    """Leverage, 10 000 = 1x."""
    return f"{number(leverage, 4, 1)}\N{MULTIPLICATION SIGN}"


def missing(why: str) -> str:
    """A dash, and its reason for those who listen."""
    return f"{MISSING} {why}"


def when(seconds: int) -> str:
    """A moment, to the minute."""
    at = datetime.fromtimestamp(seconds, UTC)
    return f"{at.day} {MONTHS[at.month - 1]} {at.year}, {at:%H:%M}"


def duration(seconds: int) -> str:
    """Its two largest neighbouring units: `14 d 2 h`; one where the next is zero."""
    rest, parts = max(seconds, 0), []
    for size, name in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count} {name}")
        elif parts:
            break
        if len(parts) == 2:
            break
    return " ".join(parts) or "0 s"


def ago(now: int, then: int) -> tuple[str, ...]:
    """An age on a page that was just opened, in every text it may have by now."""
    return tuple(dict.fromkeys(f"{duration(now + late - then)} ago" for late in range(LATE_SECONDS)))


def until(now: int, then: int, done: str) -> tuple[str, ...]:
    """A countdown on a page that was just opened, likewise; `done` when the moment has come."""
    left = (then - now - late for late in range(LATE_SECONDS))
    return tuple(dict.fromkeys(f"in {duration(rest)}" if rest > 0 else done for rest in left))


def short(address: object) -> str:
    """An address by its two ends."""
    text = str(address)
    return f"{text[:4]}…{text[-4:]}"
