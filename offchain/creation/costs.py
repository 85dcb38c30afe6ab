"""What a market costs in lamports: rent of each account, which stays in it, and the fees of the transactions."""

from dataclasses import dataclass
from fractions import Fraction
from struct import Struct
from typing import Any

import construct
from solders.sysvar import RENT

from offchain.chain.accounts import AccountError, Decodable, layout_of
from offchain.chain.backends.base import Chain
from offchain.localnet.limits import LAMPORTS_PER_SIGNATURE

DISCRIMINATOR = 8
OVERHEAD = 128
"""Bytes that rent counts for every account on top of its data."""
_RENT = Struct("<Qd")


@dataclass(frozen=True, slots=True)
class Cost:
    """Lamports."""

    rent: int
    fees: int

    @property
    def lamports(self) -> int:
        """Both together."""
        return self.rent + self.fees


@dataclass(frozen=True, slots=True)
class Rent:
    """The chain's price of an account's bytes."""

    per_byte: int

    def of(self, size: int) -> int:
        """Lamports that an account of so many bytes must hold."""
        return (OVERHEAD + size) * self.per_byte


def read_rent(chain: Chain) -> Rent:
    """From the rent sysvar: lamports a byte and year, times the years that make an account exempt."""
    account = chain.account(RENT)
    if account is None:
        raise AccountError("the node has no rent sysvar: is it a Solana node?")
    per_year, years = _RENT.unpack_from(account.data)
    return Rent(int(per_year * Fraction(years)))


def fees(transactions: int) -> int:
    """Lamports for so many transactions of one signature each, without priority fees."""
    return transactions * LAMPORTS_PER_SIGNATURE


def account_bytes(kind: type[Decodable]) -> int:
    """Bytes of an account of this type: the size of its structure in memory, as the programs allot it."""
    widest = max((_width(field.subcon) for field in kind.layout.subcons), default=1)
    size = layout_of(kind).size
    return DISCRIMINATOR + -(-size // widest) * widest


def _width(field: Any) -> int:
    """Alignment of a field: its own size for numbers, 1 for keys and flags."""
    if isinstance(field, construct.Array):
        return _width(field.subcon)
    if isinstance(field, construct.BytesInteger | construct.FormatField):
        width: Any = field.length
        return int(width)
    return 1
