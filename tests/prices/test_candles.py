"""Candles folded in second by second equal what SQL makes of the stored prices; gaps are filled and say so."""

from itertools import pairwise
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from offchain.database.database import Database, open_database
from offchain.prices import history
from offchain.prices.candles import INTERVALS, Candle, fill, seconds_of
from offchain.prices.capture import Judged, Round
from offchain.prices.errors import PriceError
from offchain.prices.quote import Quote
from offchain.prices.store import forget, store

DAY = 86_400
START = 1_583_798_400
"""Midnight UTC."""
PAIR = "BTC/USD"

FROM_SCRATCH = """
SELECT DISTINCT start, first_value(price) OVER candle, max(price) OVER candle, min(price) OVER candle,
       last_value(price) OVER candle, count(*) OVER candle
FROM (SELECT id, price, publish_time - publish_time % :seconds AS start FROM price_quote
      WHERE pair = :pair AND verdict = 'used') AS priced
WINDOW candle AS (PARTITION BY start ORDER BY id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
ORDER BY start
"""
"""Candles by another path: SQL window functions over the raw quotes."""


def _walk(seed: int, rounds: int) -> list[Round]:
    """Prices at irregular times with gaps, several a second and refused ones between them."""
    chance = Random(seed)
    time, price, done = START + chance.randrange(DAY), 8_000_000_000, []
    for _ in range(rounds):
        time += chance.choice((0, 0, 1, 1, 2, 45, 400, 5_000))
        price = max(1, price + chance.randint(-40_000_000, 40_000_000))
        used = Judged(Quote(PAIR, "pyth", price, 1, time), "used")
        others = [
            Judged(Quote(PAIR, "binance", price * 2, 1, time), "spare"),
            Judged(Quote(PAIR, "pyth", -price, 1, time), "nonpositive"),
            Judged(Quote("ETH/USD", "pyth", price // 10, 1, time), "used"),
        ]
        done.append(Round(time * 1_000, [used, *chance.sample(others, 2)]))
    return done


def _write(database: Database, rounds: list[Round]) -> None:
    for done in rounds:
        with database.session() as session:
            store(session, done, [])
            session.commit()


def _rows(database: Database, statement: str, **values: Any) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(statement), values)]


@pytest.mark.parametrize("seed", range(3))
def test_incremental_candles_equal_those_from_scratch(database: Database, seed: int) -> None:
    _compare(database, _walk(seed, 150))


def test_so_they_do_on_postgresql(postgres_url: str) -> None:
    with open_database(postgres_url) as database:
        _compare(database, _walk(11, 150))


def _compare(database: Database, rounds: list[Round]) -> None:
    _write(database, rounds)
    for pair in (PAIR, "ETH/USD"):
        for seconds in INTERVALS.values():
            kept = _rows(
                database,
                'SELECT start, open, high, low, "close", quotes FROM price_candle '
                "WHERE pair = :pair AND seconds = :seconds ORDER BY start",
                pair=pair,
                seconds=seconds,
            )
            assert kept == _rows(database, FROM_SCRATCH, pair=pair, seconds=seconds), f"{pair} {seconds}"
            assert kept


@pytest.mark.parametrize(("small", "large"), list(pairwise(INTERVALS)))
def test_larger_candles_are_made_of_the_smaller_ones(database: Database, small: str, large: str) -> None:
    _write(database, _walk(7, 120))
    seconds = INTERVALS[large]
    with database.reading() as session:
        for candle in history.candles(session, PAIR, large, START, START + 10 * DAY):
            parts = history.candles(session, PAIR, small, candle.start, candle.start + seconds)
            real = [part for part in parts if not part.filled]
            if candle.filled:
                assert real == []
                continue
            assert candle == Candle(
                candle.start,
                real[0].open,
                max(part.high for part in real),
                min(part.low for part in real),
                real[-1].close,
                sum(part.quotes for part in real),
            )


def test_gaps_hold_the_close_before_them_and_say_that_they_are_filled(database: Database) -> None:
    for minute, price in ((0, 100), (0, 120), (4, 110)):
        _write(database, [Round(0, [Judged(Quote(PAIR, "pyth", price, 0, START + minute * 60), "used")])])
    with database.reading() as session:
        found = history.candles(session, PAIR, "1m", START - 120, START + 360)
    flat = [Candle(START + minute * 60, 120, 120, 120, 120, 0, filled=True) for minute in (1, 2, 3)]
    assert found == [
        Candle(START, 100, 120, 100, 120, 2),
        *flat,
        Candle(START + 240, 110, 110, 110, 110, 1),
        Candle(START + 300, 110, 110, 110, 110, 0, filled=True),
    ], "nothing is made up before the first price"


def test_a_gap_at_the_beginning_is_filled_from_long_before(database: Database) -> None:
    _write(database, [Round(0, [Judged(Quote(PAIR, "pyth", 77, 0, START), "used")])])
    with database.reading() as session:
        (found,) = history.candles(session, PAIR, "1d", START + 3 * DAY, START + 4 * DAY)
    assert found == Candle(START + 3 * DAY, 77, 77, 77, 77, 0, filled=True)


def test_the_last_candles_end_with_the_one_in_progress(database: Database) -> None:
    _write(database, [Round(0, [Judged(Quote(PAIR, "pyth", 77, 0, START), "used")])])
    with database.reading() as session:
        found = history.last_candles(session, PAIR, "5m", 3, START + 601)
    assert [candle.start - START for candle in found] == [0, 300, 600]


def test_filling_starts_at_whole_candles() -> None:
    assert [candle.start for candle in fill([], 5, 61, 240, 60)] == [120, 180]


def test_unknown_intervals_and_endless_questions_are_refused(database: Database) -> None:
    with pytest.raises(PriceError, match="no candles of '2h': choose one of 1m, 5m, 15m, 1h, 1d"):
        seconds_of("2h")
    with database.reading() as session, pytest.raises(PriceError, match="10000 candles, at most 5000"):
        history.candles(session, PAIR, "1m", START, START + 600_000)


def test_old_quotes_go_and_candles_stay(database: Database) -> None:
    rounds = _walk(3, 60)
    _write(database, rounds)
    middle = rounds[30].now_ms
    before = _rows(database, "SELECT * FROM price_candle")
    with database.session() as session:
        forget(session, middle)
        session.commit()
    left = _rows(database, "SELECT received_ms FROM price_quote")
    assert left and all(received >= middle for (received,) in left)
    assert len(left) == sum(len(done.quotes) for done in rounds if done.now_ms >= middle)
    assert _rows(database, "SELECT * FROM price_candle") == before


def test_the_current_price_is_the_last_one_used(database: Database) -> None:
    rounds = _walk(4, 20)
    _write(database, rounds)
    last = rounds[-1].quotes[0].quote
    with database.reading() as session:
        found = history.current(session, PAIR)
        assert found and (found.price, found.publish_time, found.source) == (last.price, last.publish_time, "pyth")
        assert history.current(session, "SOL/USD") is None
        assert [price.pair for price in history.current_prices(session)] == [PAIR, "ETH/USD"]
        raw = history.quotes(session, PAIR, rounds[0].now_ms, rounds[2].now_ms)
    expected = [judged for done in rounds for judged in done.quotes if judged.quote.pair == PAIR]
    inside = [judged for judged in expected if rounds[0].now_ms <= judged.quote.publish_time * 1_000 < rounds[2].now_ms]
    assert [(row.price, row.verdict) for row in raw] == [(judged.quote.price, judged.verdict) for judged in inside]
