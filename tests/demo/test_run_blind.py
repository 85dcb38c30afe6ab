"""Nobody in the demo knows what comes: changing later candles changes no earlier transaction."""

from dataclasses import replace
from fractions import Fraction

from offchain.data import MARCH_2020
from offchain.demo.candles import Candle, CandleSeries, read_candles
from offchain.demo.recording import record
from offchain.demo.run import play
from offchain.demo.stage import EmbeddedStage
from offchain.demo.view import SilentView
from offchain.demo.window import cut, default_window

KNOWN_HOURS = 24
HOURS = 30


def transactions(series: CandleSeries) -> list[tuple[int, bytes]]:
    """Time and signature of everything that landed; a signature covers the whole transaction."""
    recording = record(series, Fraction(1))
    stage = EmbeddedStage(recording.start)
    play(recording, stage, lambda story: SilentView(), 0.0)
    return [(landed.block_time, landed.raw_signature) for landed in stage.local.transactions()]


def halved(candle: Candle) -> Candle:
    return Candle(candle.time, candle.open // 2, candle.high // 2, candle.low // 2, candle.close // 2)


def test_later_candles_change_no_earlier_transaction() -> None:
    march = read_candles(MARCH_2020)
    days = cut(march, default_window(march)).candles[:HOURS]
    known, later = days[:KNOWN_HOURS], days[KNOWN_HOURS:]
    as_it_was = transactions(replace(march, candles=known + later))
    otherwise = transactions(replace(march, candles=known + tuple(halved(candle) for candle in later)))
    turn = later[0].time
    before = [row for row in as_it_was if row[0] < turn]
    assert len(before) > 500
    assert before == [row for row in otherwise if row[0] < turn]
    assert as_it_was[len(before) :] != otherwise[len(before) :]
