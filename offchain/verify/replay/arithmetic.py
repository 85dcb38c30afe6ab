"""Integer division with the rounding in its name."""

BPS = 10_000


def down(amount: int, part: int, whole: int) -> int:
    """amount * part / whole, rounded down; all of them at least 0."""
    return amount * part // whole


def up(amount: int, part: int, whole: int) -> int:
    """amount * part / whole, rounded up."""
    return -(-amount * part // whole)


def toward_zero(value: int, divisor: int) -> int:
    """value / divisor without its fraction; the divisor is positive."""
    return value // divisor if value >= 0 else -(-value // divisor)
