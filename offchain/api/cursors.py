"""Cursors: opaque places in a list. New rows never shift a page, since a place is a row's own key, not a count."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as EncodingError
from hashlib import blake2b
from typing import TypeVar

import msgspec

from offchain.api.problems import Problem, invalid

T = TypeVar("T")
_SEAL = 6
"""Bytes that tie a cursor to its list and filters; they find mistakes, and guard no secret."""


def write_cursor(place: tuple[object, ...], query: str) -> str:
    """The cursor after the row with this key, in the list that `query` names."""
    body = msgspec.msgpack.encode(place)
    return urlsafe_b64encode(_seal(body, query) + body).rstrip(b"=").decode()


def read_cursor(cursor: str, kind: type[T], query: str) -> T:
    """The key as a tuple of the types `kind`; Problem 400 for a cursor of another list, another query, or none."""
    try:
        raw = urlsafe_b64decode(cursor.encode() + b"=" * (-len(cursor) % 4))
        seal, body = raw[:_SEAL], raw[_SEAL:]
        if seal != _seal(body, query):
            raise _refused()
        return msgspec.msgpack.decode(body, type=kind)
    except (EncodingError, ValueError):
        raise _refused() from None


def _seal(body: bytes, query: str) -> bytes:
    return blake2b(body, digest_size=_SEAL, key=query.encode()[:64], salt=_salt(query)).digest()


def _salt(query: str) -> bytes:
    return blake2b(query.encode(), digest_size=blake2b.SALT_SIZE).digest()


def _refused() -> Problem:
    return invalid(
        "this cursor is none of this list with these filters: take `next` of its last page, or leave it out",
        "invalid_cursor",
    )
