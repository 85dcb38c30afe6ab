"""Questions about stored prices: the current price of each pair, candles, raw quotes, and the sources' state."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, select

from offchain.database.tables.price_candle import PriceCandle
from offchain.database.tables.price_push import PricePush
from offchain.database.tables.price_quote import PriceQuote
from offchain.database.tables.price_source import PriceSource
from offchain.database.tables.price_tally import PriceTally
from offchain.prices.candles import Candle, fill, seconds_of, start_of
from offchain.prices.errors import PriceError
from offchain.prices.verdict import USED

MOST = 5_000
"""Most candles in one answer."""


@dataclass(frozen=True, slots=True)
class Current:
    """A pair's price."""

    pair: str
    source: str
    price: int
    """1e-6 USD."""
    conf: int
    publish_time: int
    """Unix seconds."""
    received_ms: int


def known_pairs(session: Session) -> list[str]:
    """Every pair that was ever captured, by name."""
    captured = session.exec(select(PriceSource.pair).distinct()).all()
    with_candles = session.exec(select(PriceCandle.pair).where(PriceCandle.seconds == 86_400).distinct()).all()
    return sorted({*captured, *with_candles})


def current(session: Session, pair: str) -> Current | None:
    """The last price that was used, however old; None when there was none within the time raw quotes are kept."""
    query = (
        select(PriceQuote)
        .where(PriceQuote.pair == pair, PriceQuote.verdict == USED)
        .order_by(col(PriceQuote.id).desc())
        .limit(1)
    )
    row = session.exec(query).first()
    if row is None:
        return None
    return Current(row.pair, row.source, row.price, row.conf, row.publish_time, row.received_ms)


def current_prices(session: Session) -> list[Current]:
    """The newest price of every pair that has one."""
    return [found for pair in known_pairs(session) if (found := current(session, pair))]


def candles(session: Session, pair: str, interval: str, first: int, end: int) -> list[Candle]:
    """Candles that start in `first` .. `end` (unix seconds, end left out), without gaps after the pair's first price.

    The last one may still grow. PriceError for an unknown interval and for more than 5 000 candles.
    """
    seconds = seconds_of(interval)
    if (end - first) // seconds > MOST:
        raise PriceError(f"that is {(end - first) // seconds} candles, at most {MOST} are given at once: ask for less")
    rows = session.exec(
        select(PriceCandle)
        .where(PriceCandle.pair == pair, PriceCandle.seconds == seconds)
        .where(col(PriceCandle.start) >= first, col(PriceCandle.start) < end)
        .order_by(col(PriceCandle.start))
    ).all()
    return fill([_candle(row) for row in rows], _close_before(session, pair, seconds, first), first, end, seconds)


def last_candles(session: Session, pair: str, interval: str, count: int, now: int) -> list[Candle]:
    """The last `count` candles up to the one that unix time `now` falls into."""
    seconds = seconds_of(interval)
    end = start_of(now, seconds) + seconds
    return candles(session, pair, interval, max(0, end - count * seconds), end)


def quotes(session: Session, pair: str, first_ms: int, end_ms: int, limit: int = MOST) -> Sequence[PriceQuote]:
    """Raw quotes that arrived in `first_ms` .. `end_ms`, refused ones included, in the order of arrival."""
    query = (
        select(PriceQuote)
        .where(PriceQuote.pair == pair)
        .where(col(PriceQuote.received_ms) >= first_ms, col(PriceQuote.received_ms) < end_ms)
        .order_by(col(PriceQuote.id))
        .limit(limit)
    )
    return session.exec(query).all()


def sources(session: Session) -> Sequence[PriceSource]:
    """The state of every source by pair, in order of preference."""
    return session.exec(select(PriceSource).order_by(PriceSource.pair, col(PriceSource.place))).all()


def tallies(session: Session) -> Sequence[PriceTally]:
    """How often each source said what, since the database exists."""
    order = (PriceTally.source, PriceTally.pair, PriceTally.verdict)
    return session.exec(select(PriceTally).order_by(*order)).all()


def pushes(session: Session, count: int) -> Sequence[PricePush]:
    """The last `count` prices that the bot sent, newest first."""
    return session.exec(select(PricePush).order_by(col(PricePush.id).desc()).limit(count)).all()


def _candle(row: PriceCandle) -> Candle:
    return Candle(row.start, row.open, row.high, row.low, row.close, row.quotes)


def _close_before(session: Session, pair: str, seconds: int, first: int) -> int | None:
    query = (
        select(PriceCandle.close)
        .where(PriceCandle.pair == pair, PriceCandle.seconds == seconds, col(PriceCandle.start) < first)
        .order_by(col(PriceCandle.start).desc())
        .limit(1)
    )
    return session.exec(query).first()
