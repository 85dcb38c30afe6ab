"""Which quotes are believed. Pure functions of quotes and the time."""

from collections.abc import Sequence
from dataclasses import dataclass

from offchain.prices.quote import Quote
from offchain.settings.prices import PriceSettings

GOOD = "good"
USED, SPARE = "used", "spare"
"""What becomes of good quotes: taken as the pair's price, or from a source that is not in use."""
NONPOSITIVE, TOO_LARGE, UNSURE = "nonpositive", "too_large", "unsure"
AHEAD, STALE, BACKWARDS, WILD = "ahead", "stale", "backwards", "wild"
REFUSALS = (NONPOSITIVE, TOO_LARGE, UNSURE, AHEAD, STALE, BACKWARDS, WILD)
REPEAT, MISSING = "repeat", "missing"

MAX_PRICE = 10**15
"""Largest price the programs take, 1e-6 USD."""
BPS = 10_000


@dataclass(frozen=True, slots=True)
class Held:
    """A wild price that is waited out."""

    price: int
    """As it was last said."""
    since: int
    """Publish time of the first one, unix seconds."""


def plain_verdict(quote: Quote, last: Quote | None, now: int, settings: PriceSettings) -> str:
    """`good`, or why the quote is refused whatever others say. `last` is the source's last good quote of the pair."""
    if quote.price <= 0:
        return NONPOSITIVE
    if quote.price > MAX_PRICE:
        return TOO_LARGE
    if quote.conf < 0 or quote.conf * BPS > quote.price * settings.conf_bps:
        return UNSURE
    if quote.publish_time > now + settings.max_ahead:
        return AHEAD
    if quote.publish_time + settings.max_age < now:
        return STALE
    if last is not None and quote.publish_time < last.publish_time:
        return BACKWARDS
    return GOOD


def near(price: int, reference: int, bps: int) -> bool:
    """Whether two prices differ by at most `bps` of the second."""
    return abs(price - reference) * BPS <= reference * bps


def is_wild(
    quote: Quote,
    reference: int | None,
    others: Sequence[int],
    held: Held | None,
    settings: PriceSettings,
) -> bool:
    """Whether to refuse a quote for its distance from what is known.

    `reference` is the last good price while it is recent, `others` what other sources say right now. A wild price is
    believed at once when another source agrees, and when the source has held it for `confirm_seconds`: a crash must
    never leave the prices standing still.
    """
    if reference is None:
        reference = _median(others) if len(others) > 1 else None
    if reference is None or near(quote.price, reference, settings.wild_bps):
        return False
    if any(near(quote.price, other, settings.agree_bps) for other in others):
        return False
    return not (
        held is not None
        and near(quote.price, held.price, settings.agree_bps)
        and quote.publish_time >= held.since + settings.confirm_seconds
    )


def holding(quote: Quote, held: Held | None, settings: PriceSettings) -> Held:
    """What is waited out after a wild quote: since when the source has said so without another jump.

    From one capture to the next the price may move by `agree_bps`: a crash does not stand still for a minute.
    """
    if held is not None and near(quote.price, held.price, settings.agree_bps):
        return Held(quote.price, held.since)
    return Held(quote.price, quote.publish_time)


def _median(values: Sequence[int]) -> int:
    """The middle one; of two middle ones the lower."""
    return sorted(values)[(len(values) - 1) // 2]
