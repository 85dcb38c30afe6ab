"""The 32 bytes by which a price feed is known on chain, for each source of prices.

| source | feed id |
|---|---|
| publisher | SHA-256 of the pair's name, as in `BTC/USD` |
| pyth | the id of Pyth's own price feed |
| switchboard | the address of Switchboard's pull-feed account |

A market fixes its feed id for good, so what a feed id means must follow from the id alone.
"""

import re
from collections.abc import Callable, Mapping
from hashlib import sha256
from typing import Final, Literal

from solders.pubkey import Pubkey

from offchain.errors import PercosecError

FeedSource = Literal["publisher", "pyth", "switchboard", "unknown"]
"""Who writes a feed; a number that is none of SOURCES is unknown."""
PUBLISHER: Final = "publisher"
PYTH: Final = "pyth"
SWITCHBOARD: Final = "switchboard"
_NAMES: tuple[FeedSource, ...] = (PUBLISHER, PYTH, SWITCHBOARD)
SOURCES: Mapping[str, int] = {name: number for number, name in enumerate(_NAMES)}
"""Source of prices -> its number in risk_engine's `open_feed` and `PriceFeed.source`."""

PAIR = re.compile(r"[A-Z0-9]+/[A-Z0-9]+")
HEX_ID = re.compile(r"(?:0x)?([0-9a-fA-F]{64})")


class FeedError(PercosecError):
    """A feed is named in a way that its source does not understand."""


def source_name(number: int) -> FeedSource:
    """The source with this number on chain."""
    return _NAMES[number] if number < len(_NAMES) else "unknown"


def publisher_feed(pair: str) -> Pubkey:
    """The feed of a pair such as `BTC/USD` that a publisher's key writes."""
    if not PAIR.fullmatch(pair):
        raise FeedError(f"{pair!r} is no pair: write it as in BTC/USD")
    return Pubkey.from_bytes(sha256(pair.encode()).digest())


def pyth_feed(feed: str) -> Pubkey:
    """The feed of a Pyth price feed id: 64 hexadecimal digits, with or without 0x."""
    found = HEX_ID.fullmatch(feed)
    if found is None:
        raise FeedError(f"{feed!r} is no Pyth feed id: give its 64 hexadecimal digits")
    return Pubkey.from_bytes(bytes.fromhex(found[1]))


def switchboard_feed(address: str) -> Pubkey:
    """The feed of a Switchboard pull-feed account, by its address in base58."""
    try:
        return Pubkey.from_string(address)
    except ValueError as error:
        raise FeedError(f"{address!r} is no Switchboard feed: give the address of its account in base58") from error


def feed_id(source: str, name: str) -> Pubkey:
    """The feed id of `name` at a source of `SOURCES`: a pair, a Pyth id or a Switchboard address."""
    readers: dict[str, Callable[[str], Pubkey]] = {
        PUBLISHER: publisher_feed,
        PYTH: pyth_feed,
        SWITCHBOARD: switchboard_feed,
    }
    if source not in readers:
        raise FeedError(f"{source!r} is no source of prices: choose one of {', '.join(SOURCES)}")
    return readers[source](name)
