"""Rent: a transaction may not leave an account with less than the minimum its size asks for.

LiteSVM of this version does not check it; a validator does (Agave: `RentState::transition_allowed_from`).
"""

from solders.account import Account

_LAMPORTS_PER_BYTE = 6_960
"""3 480 lamports a byte and year, for the two years that make an account exempt."""

_OVERHEAD_BYTES = 128


def minimum_balance(data_bytes: int) -> int:
    """Lamports an account with this much data must hold."""
    return (_OVERHEAD_BYTES + data_bytes) * _LAMPORTS_PER_BYTE


def may_become(before: Account | None, after: Account | None) -> bool:
    """Whether a transaction may take an account from `before` to `after`.

    An account that is already below its minimum (only `set_account` makes such) may stay so, but not grow in size or
    receive lamports.
    """
    if after is None:
        return True
    size = len(after.data)
    if after.lamports >= minimum_balance(size):
        return True
    if before is None:
        return False
    was_below = before.lamports < minimum_balance(len(before.data))
    return was_below and len(before.data) == size and after.lamports <= before.lamports
