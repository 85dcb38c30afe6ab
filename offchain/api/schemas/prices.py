"""Prices as captured off chain, and what feeds on chain accepted."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.units import (
    Address,
    Body,
    Count,
    Epoch,
    Flag,
    Millis,
    Number,
    Page,
    Price,
    Signature,
    Slot,
    Time,
)
from offchain.prices.candles import Interval
from offchain.prices.health import State
from offchain.settings.prices import SourceName

Pair = Annotated[str, Meta(description="What the price is of, such as BTC/USD")]


class Current(Struct, kw_only=True):
    """The price in use of one pair."""

    pair: Pair
    source: Annotated[SourceName, Meta(description="Where it is from")]
    price: Price
    confidence: Annotated[str, Meta(description="Half the width of the interval the source believes in, 1e-6 USD")]
    publish_time: Time
    received_ms: Millis
    change_24h_bps: Annotated[
        int | None, Meta(description="Against the close 24 hours of publishing before, basis points; null: not known")
    ]


class Source(Struct, kw_only=True):
    """One source of one pair."""

    pair: Pair
    source: Annotated[SourceName, Meta(description="Its name")]
    place: Annotated[int, Meta(description="Order of preference, 0 first")]
    state: Annotated[State, Meta(description="failing: not to be relied on")]
    in_use: Flag
    since_ms: Annotated[int, Meta(description="Since when it is in this state, unix milliseconds")]
    last_good_ms: Annotated[int | None, Meta(description="Of its last good answer, unix milliseconds; null: none yet")]
    last_error: Annotated[str, Meta(description="Why it last failed; empty: never")]
    price: Annotated[str | None, Meta(description="Its last good one, 1e-6 USD; null: none yet")]


class Prices(Body, kw_only=True):
    """The newest price of every pair, and where prices come from."""

    items: Annotated[list[Current], Meta(description="By pair")]
    sources: Annotated[list[Source], Meta(description="By pair and preference")]


class CandleRow(Struct, kw_only=True):
    """One candle."""

    start: Time
    open: Price
    high: Price
    low: Price
    close: Price
    quotes: Annotated[int, Meta(description="How many prices it is made of; 0 where it is filled")]
    filled: Annotated[bool, Meta(description="No price fell into it: all four are the close before")]


class Candles(Body, kw_only=True):
    """Candles without gaps."""

    pair: Pair
    interval: Annotated[Interval, Meta(description="Length of a candle")]
    seconds: Annotated[int, Meta(description="Length of a candle, seconds")]
    items: Annotated[list[CandleRow], Meta(description="Oldest first; the last one may still grow")]


class Accepted(Struct, kw_only=True):
    """A price that a feed on chain accepted."""

    feed: Address
    signature: Signature
    number: Number
    slot: Slot
    time: Time
    epoch: Epoch
    writer: Annotated[str, Meta(description="Who wrote it, base58")]
    price: Price
    price_before: Annotated[str, Meta(description="1e-6 USD; 0: it is the first")]
    confidence: Price
    publish_time: Time
    provisional: Annotated[bool, Meta(description="In doubt until another one confirms it")]
    updates: Count


class AcceptedPage(Page, kw_only=True):
    """Prices on chain."""

    items: Annotated[list[Accepted], Meta(description="Newest first")]
