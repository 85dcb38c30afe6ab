"""Decoded accounts: the generated dataclasses, read quickly and checked for owner and type."""

from functools import cache
from typing import Any, ClassVar, Protocol, TypeVar

import construct
from anchorpy.borsh_extension import BorshPubkey
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.codec import KEY, Kind, Layout
from offchain.errors import PercosecError

FORMATS = {"<B": "u8", "<H": "u16", "<L": "u32", "<Q": "u64", "<b": "i8", "<h": "i16", "<l": "i32", "<q": "i64"}
"""construct's format of a number -> the IDL's name of its type."""


class AccountError(PercosecError):
    """An account is missing, is of another type or belongs to another program."""


class Decodable(Protocol):
    """A generated account class."""

    discriminator: ClassVar[Any]
    layout: ClassVar[Any]


T = TypeVar("T", bound=Decodable)


def decode(kind: type[T], data: bytes) -> T:
    """The account of this type from its data; AccountError when the data are of another type or too short."""
    if data[:8] != kind.discriminator:
        raise AccountError(f"this account is no {kind.__name__}: check its address")
    layout = layout_of(kind)
    if len(data) < 8 + layout.size:
        raise AccountError(
            f"this {kind.__name__} is too short ({len(data)} bytes): the client is newer than the program"
        )
    return kind(*layout.read(data, 8))


def decode_account(kind: type[T], account: Account | None, owner: Pubkey, address: Pubkey) -> T:
    """As `decode`, and the account must exist and belong to the program `owner`."""
    if account is None:
        raise AccountError(f"there is no {kind.__name__} at {address}: create it first")
    if account.owner != owner:
        raise AccountError(f"{address} belongs to {account.owner}, not to the program {owner}")
    return decode(kind, account.data)


@cache
def layout_of(kind: type[Decodable]) -> Layout:
    """The flat layout of a generated class, read off its construct layout."""
    return Layout(types_of(kind))


def types_of(kind: type[Decodable]) -> list[Kind]:
    """The types of a generated class's fields, in their order, as the codec names them."""
    return [_kind(field.subcon) for field in kind.layout.subcons]


def _kind(field: Any) -> Kind:
    if isinstance(field, construct.Array):
        length: Any = field.count
        return _simple(field.subcon), int(length)
    return _simple(field)


def _simple(field: Any) -> str:
    if field is BorshPubkey:
        return KEY
    if isinstance(field, construct.BytesInteger):
        return "i128" if field.signed else "u128"
    if isinstance(field, construct.FormatField):
        return FORMATS[field.fmtstr]
    return {"Flag": "bool"}[type(field).__name__]
