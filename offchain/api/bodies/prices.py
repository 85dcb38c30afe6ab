"""Prices as documents."""

from typing import Any

from sqlalchemy import select

from offchain.api.names import named_markets
from offchain.api.pages import page_after
from offchain.api.problems import invalid, not_found
from offchain.api.reading import View
from offchain.api.schemas.prices import Accepted, AcceptedPage, CandleRow, Candles, Current, Prices, Source
from offchain.chain.units import BPS
from offchain.database.tables.feed_price import FeedPrice
from offchain.database.tables.price_source import PriceSource
from offchain.prices import history
from offchain.prices.candles import Candle, Interval, seconds_of
from offchain.prices.errors import PriceError
from offchain.prices.health import FAILING, HEALTHY
from offchain.settings.prices import source_named
from offchain.verify.replay.arithmetic import toward_zero

DAY = 86_400
DEFAULT = 200
"""Candles where no time is named."""
_ACCEPTED = select(FeedPrice.__table__)  # type: ignore[attr-defined]


def prices(view: View) -> Prices:
    """The newest price of every pair."""
    return Prices(
        as_of_slot=view.slot,
        items=[_current(view, one) for one in history.current_prices(view.session)],
        sources=[_source(row) for row in history.sources(view.session)],
    )


def candles(view: View, pair: str, interval: Interval, start: int | None, end: int | None) -> Candles:
    """Candles of one pair; the last DEFAULT of them where nothing is said. Problem 404 for an unknown pair."""
    session, seconds = view.session, seconds_of(interval)
    if pair not in known_pairs(view):
        raise not_found(f"there are no prices of {pair[:40]!r}: /v1/prices lists the pairs")
    current = history.current(session, pair)
    until = end if end is not None else max(view.now, current.publish_time if current else 0) + 1
    since = start if start is not None else max(0, until - DEFAULT * seconds)
    if since > until:
        raise invalid(f"from {since} lies after to {until}: swap them")
    try:
        found = history.candles(session, pair, interval, since, until)
    except PriceError as error:
        raise invalid(str(error)) from None
    return Candles(
        as_of_slot=view.slot, pair=pair, interval=interval, seconds=seconds, items=[_candle(one) for one in found]
    )


def known_pairs(view: View) -> set[str]:
    """Pairs that were captured, and those of the cluster's markets."""
    named = {one.pair for one in named_markets(view.context).values()}
    return named | set(history.known_pairs(view.session))


def accepted(view: View, feed: str | None, limit: int, cursor: str | None) -> AcceptedPage:
    """Prices that feeds accepted, newest first."""
    found = page_after(view, _ACCEPTED, {"feed": feed}, limit, cursor, f"accepted {feed}")
    return AcceptedPage(as_of_slot=view.slot, items=[_accepted(row) for row in found.rows], next=found.next)


def _current(view: View, one: history.Current) -> Current:
    before = history.candles(view.session, one.pair, "1h", one.publish_time - DAY - 3_600, one.publish_time - DAY + 1)
    change = toward_zero((one.price - before[-1].close) * BPS, before[-1].close) if before else None
    return Current(
        pair=one.pair,
        source=source_named(one.source),
        price=str(one.price),
        confidence=str(one.conf),
        publish_time=one.publish_time,
        received_ms=one.received_ms,
        change_24h_bps=change,
    )


def _source(row: PriceSource) -> Source:
    return Source(
        pair=row.pair,
        source=source_named(row.source),
        place=row.place,
        state=FAILING if row.state == FAILING else HEALTHY,
        in_use=row.in_use,
        since_ms=row.since_ms,
        last_good_ms=row.last_good_ms,
        last_error=row.last_error,
        price=None if row.price is None else str(row.price),
    )


def _candle(one: Candle) -> CandleRow:
    return CandleRow(
        start=one.start,
        open=str(one.open),
        high=str(one.high),
        low=str(one.low),
        close=str(one.close),
        quotes=one.quotes,
        filled=one.filled,
    )


def _accepted(row: Any) -> Accepted:
    return Accepted(
        feed=row.feed,
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        epoch=row.epoch,
        writer=row.actor,
        price=str(row.price),
        price_before=str(row.price_before),
        confidence=str(row.conf),
        publish_time=row.publish_time,
        provisional=row.provisional,
        updates=row.updates,
    )
