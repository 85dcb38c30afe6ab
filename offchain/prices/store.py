"""Writes what a capture brought, in one transaction: quotes, counters, candles and the sources' state."""

from collections.abc import Iterable

from sqlalchemy import delete
from sqlmodel import Session, col

from offchain.database.tables.price_candle import PriceCandle
from offchain.database.tables.price_push import PricePush
from offchain.database.tables.price_quote import PriceQuote
from offchain.database.tables.price_source import PriceSource
from offchain.database.tables.price_tally import PriceTally
from offchain.prices.candles import INTERVALS, start_of
from offchain.prices.capture import Judged, Round
from offchain.prices.clock import wall_ms
from offchain.prices.quote import Quote
from offchain.prices.track import PairTrack, Track
from offchain.prices.verdict import USED


def store(session: Session, done: Round, pairs: Iterable[PairTrack]) -> None:
    """Write a round; the caller commits. A round is stored whole or not at all, so that candles never count twice."""
    session.add_all(_row(judged, done.now_ms) for judged in done.quotes)
    for judged in done.quotes:
        if judged.verdict == USED:
            fold(session, judged.quote)
    for (source, pair, verdict), count in done.tally.items():
        _tally(session, source, pair, verdict, count, done.now_ms)
    seen = wall_ms()
    for pair_track in pairs:
        for track in pair_track.sources:
            session.merge(_state(pair_track, track, seen))


def fold(session: Session, quote: Quote) -> None:
    """Let a price into its candle of every interval; the last one to arrive is the close."""
    for seconds in INTERVALS.values():
        start = start_of(quote.publish_time, seconds)
        candle = session.get(PriceCandle, (quote.pair, seconds, start))
        if candle is None:
            candle = PriceCandle(
                pair=quote.pair,
                seconds=seconds,
                start=start,
                open=quote.price,
                high=quote.price,
                low=quote.price,
                close=quote.price,
                quotes=0,
            )
        candle.high = max(candle.high, quote.price)
        candle.low = min(candle.low, quote.price)
        candle.close = quote.price
        candle.quotes += 1
        session.add(candle)


def forget(session: Session, before_ms: int) -> None:
    """Delete the raw quotes and the pushes from before `before_ms`. Candles and counters stay."""
    session.execute(delete(PriceQuote).where(col(PriceQuote.received_ms) < before_ms))
    session.execute(delete(PricePush).where(col(PricePush.at_ms) < before_ms))


def _row(judged: Judged, now_ms: int) -> PriceQuote:
    quote = judged.quote
    return PriceQuote(
        pair=quote.pair,
        source=quote.source,
        price=quote.price,
        conf=quote.conf,
        publish_time=quote.publish_time,
        received_ms=now_ms,
        verdict=judged.verdict,
    )


def _tally(session: Session, source: str, pair: str, verdict: str, count: int, now_ms: int) -> None:
    row = session.get(PriceTally, (source, pair, verdict))
    if row is None:
        row = PriceTally(source=source, pair=pair, verdict=verdict, count=0, last_ms=now_ms)
    row.count += count
    row.last_ms = now_ms
    session.add(row)


def _state(pair: PairTrack, track: Track, seen_ms: int) -> PriceSource:
    return PriceSource(
        pair=pair.pair,
        source=track.source,
        place=track.place,
        state=track.health.state,
        in_use=track.source == pair.in_use,
        since_ms=track.health.since_ms,
        last_good_ms=track.good_ms,
        last_error=track.health.last_error,
        price=track.good.price if track.good else None,
        seen_ms=seen_ms,
    )
