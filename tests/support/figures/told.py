"""Numbers inside the service's sentences, by this module's own code: always the same number of decimals."""

from datetime import UTC, datetime


def bps(value: int) -> str:
    """`2.50 %`."""
    return f"{value // 100}.{value % 100:02d} %"


def factor(value: int) -> str:
    """Scores and factors, 1e6 = 1: `0.750000`."""
    return f"{value // 10**6}.{value % 10**6:06d}"


def usdc(atoms: int) -> str:
    """`1,234.567890 USDC`."""
    return f"{atoms // 10**6:,}.{atoms % 10**6:06d} USDC"


def leverage(value: int) -> str:
    """10 000 = 1x: `50x`, `2.5x`."""
    whole, part = divmod(value, 10_000)
    return f"{whole}{f'.{part:04d}'.rstrip('0').rstrip('.')}x"


def epochs(count: int) -> str:
    """`1 epoch`, `96 epochs`."""
    return f"{count:,} epoch{'' if count == 1 else 's'}"


def date(unix_seconds: int) -> str:
    """`2020-03-12 14:00 UTC`."""
    return datetime.fromtimestamp(unix_seconds, UTC).strftime("%Y-%m-%d %H:%M UTC")
