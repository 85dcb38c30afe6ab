"""Epochs: what was done in each."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.units import Address, Body, Epoch, Grade, Page, Seconds, Time


class MarketEpoch(Struct, kw_only=True):
    """One market in one epoch."""

    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    score: Annotated[int | None, Meta(description="1e6 = 1.0; null: no score was made in it")]
    grade: Annotated[Grade | None, Meta(description="Null: no score was made in it")]
    keeper: Annotated[str | None, Meta(description="Who made the score, base58; null: nobody")]
    premium: Annotated[str, Meta(description="Premium collected in it, USDC atoms")]
    routed: Annotated[str, Meta(description="Premium that reached the pool in it, USDC atoms")]
    rate_bps: Annotated[int | None, Meta(description="Premium rate after it, basis points; null: not changed in it")]


class EpochRow(Struct, kw_only=True):
    """One epoch."""

    epoch: Epoch
    start: Time
    end: Annotated[int, Meta(description="Start of the next one, unix seconds")]
    complete: Annotated[bool, Meta(description="It is over")]
    markets: Annotated[list[MarketEpoch], Meta(description="Every registered market")]


class Epochs(Page, kw_only=True):
    """Epochs."""

    current: Annotated[int, Meta(description="The epoch of now")]
    ends_at: Annotated[int, Meta(description="When it ends, unix seconds")]
    epoch_seconds: Seconds
    genesis: Annotated[int, Meta(description="Start of epoch 0, unix seconds")]
    now: Annotated[int, Meta(description="The chain's time, unix seconds")]
    items: Annotated[list[EpochRow], Meta(description="The newest first")]


class EpochClock(Body, kw_only=True):
    """The epoch of now."""

    epoch: Epoch
    start: Time
    end: Time
    now: Annotated[int, Meta(description="The chain's time, unix seconds")]
    epoch_seconds: Seconds
    genesis: Time
