"""Numbers and moments as the pages write them: English (en-GB), UTC, spaces plain. No code of the web UI's."""

from datetime import UTC, datetime

MINUS = "\N{MINUS SIGN}"
MISSING = "—"
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")
LATE_SECONDS = 90
"""A page's clock may run on by so much: it starts at the chain's time and learns later that this one stands still."""


def number(value: int, decimals: int = 6, places: int | None = None) -> str:
    """A whole number of 10 ** -decimals, cut to `places` and never rounded up, grouped by thousands."""
    kept = decimals if places is None else places
    units = abs(value) // 10 ** (decimals - kept)
    whole, part = divmod(units, 10**kept)
    shown = f"{whole:,}".replace(",", " ") + (f".{part:0{kept}d}" if kept else "")
    return MINUS + shown if value < 0 and units else shown


def money(atoms: int, places: int = 2, unit: str = "USDC", decimals: int = 6) -> str:
    """An amount with its unit."""
    return f"{number(atoms, decimals, places)} {unit}"


def percent(bps: int, places: int = 2) -> str:
    """Basis points as percent, without zeros at the end: 8500 is `85 %`."""
    shown = number(bps, 2, places)
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown} %"


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
