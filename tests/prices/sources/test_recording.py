"""A candle file played on today's clock: every second's price, its place after a restart, and its end."""

from pathlib import Path

import pytest

from offchain.database.database import Database
from offchain.demo.candles import CandleError
from offchain.prices.errors import PriceError
from offchain.prices.sources import anchors
from offchain.prices.sources.configured import DATA, configured_sources, recording_path
from offchain.prices.sources.replay import Anchor, Recording, Replay, read_recording
from offchain.settings.prices import PairSettings, PriceSettings

START = 1_600_000_000
NOW_MS = 1_700_000_000_500
CANDLES = f"""unix_time,open,high,low,close,volume_btc
{START - START % 3600},100,120,90,110,1
{START - START % 3600 + 3600},110,111,70,80,1
"""
FIRST = START - START % 3600


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "candles.csv"
    path.write_text(CANDLES, encoding="utf-8")
    return path


def _prices(replay: Replay, seconds: range) -> list[int]:
    return [replay.price_at(NOW_MS + second * 1_000) // 10**6 for second in seconds]


def test_the_documented_rule_gives_four_prices_a_candle(file: Path) -> None:
    recording = read_recording(file)
    # A rising candle runs open, low, high, close; a falling one open, high, low, close; a quarter of an hour each.
    replay = Replay(recording.ticks, recording.length, Anchor(FIRST, NOW_MS, 900))
    assert _prices(replay, range(8)) == [100, 90, 120, 110, 110, 111, 70, 80]


def test_at_its_own_speed_a_price_lasts_a_quarter_of_an_hour(file: Path) -> None:
    recording = read_recording(file)
    replay = Replay(recording.ticks, recording.length, Anchor(FIRST, NOW_MS, 1))
    assert _prices(replay, range(897, 903)) == [100, 100, 100, 90, 90, 90]


def test_it_starts_over_at_its_end(file: Path) -> None:
    recording = read_recording(file)
    replay = Replay(recording.ticks, recording.length, Anchor(FIRST, NOW_MS, 900))
    assert _prices(replay, range(7, 11)) == [80, 100, 90, 120]


def test_the_price_of_the_first_tick_stands_before_it_as_well(file: Path) -> None:
    recording = read_recording(file)
    replay = Replay(recording.ticks, recording.length, Anchor(FIRST, NOW_MS, 900))
    assert replay.price_at(NOW_MS - 1) // 10**6 == 80  # the end of the round before


def _settle(database: Database, recording: Recording, start: int, speed: int, now_ms: int) -> Anchor:
    with database.session() as session:
        found = anchors.replay(session, "BTC/USD", recording, start, speed, now_ms)
        session.commit()
    return found.anchor


def test_a_restart_goes_on_where_the_recording_stands(database: Database, file: Path) -> None:
    recording = read_recording(file)
    first = _settle(database, recording, 0, 60, NOW_MS)
    assert first == Anchor(FIRST, NOW_MS, 60)
    assert _settle(database, recording, 0, 60, NOW_MS + 10_000) == first


def test_another_speed_goes_on_from_the_same_place(database: Database, file: Path) -> None:
    recording = read_recording(file)
    _settle(database, recording, 0, 60, NOW_MS)
    assert _settle(database, recording, 0, 1, NOW_MS + 10_000) == Anchor(FIRST + 600, NOW_MS + 10_000, 1)


@pytest.mark.parametrize("what", ["start", "file", "clock"])
def test_another_start_or_file_or_a_clock_set_back_starts_anew(database: Database, file: Path, what: str) -> None:
    recording = read_recording(file)
    _settle(database, recording, 0, 60, NOW_MS)
    if what == "start":
        assert _settle(database, recording, FIRST + 900, 60, NOW_MS + 1) == Anchor(FIRST + 900, NOW_MS + 1, 60)
    elif what == "clock":
        assert _settle(database, recording, 0, 60, NOW_MS - 1) == Anchor(FIRST, NOW_MS - 1, 60)
    else:
        file.write_text(CANDLES.replace("80,1", "81,1"), encoding="utf-8")
        assert _settle(database, read_recording(file), 0, 60, NOW_MS + 1) == Anchor(FIRST, NOW_MS + 1, 60)


async def test_the_settings_name_a_file_of_the_project_or_a_path(database: Database, file: Path) -> None:
    for name in (str(file), "btc_usd_1h_2020-01-17_2020-04-09.csv"):
        pairs = {"BTC/USD": PairSettings(recording=name), "ETH/USD": PairSettings(binance="ETHUSDT")}
        (source,) = configured_sources(PriceSettings(pairs=pairs), "localnet", database, NOW_MS)
        (quote,) = await source.quotes(NOW_MS)
        first = read_recording(recording_path(name)).ticks[0].price
        assert (quote.pair, quote.price, quote.conf, quote.publish_time) == (
            "BTC/USD",
            first,
            first // 2_000,
            NOW_MS // 1_000,
        )
    assert recording_path("btc_usd_1h_2020-01-17_2020-04-09.csv").parent == DATA


@pytest.mark.parametrize("start", [FIRST, FIRST + 1_800])
async def test_a_clock_of_recorded_time_has_the_price_of_its_hour_whatever_start_was_given(
    file: Path, database: Database, start: int
) -> None:
    settings = PriceSettings(pairs={"BTC/USD": PairSettings(recording=str(file))}, clock="recorded", start=start)
    for second, price in ((0, 100), (900, 90), (3_600, 110), (5_400, 70)):
        now_ms = (FIRST + second) * 1_000
        (source,) = configured_sources(settings, "localnet", database, now_ms)
        (quote,) = await source.quotes(now_ms + 5_000)
        assert quote.price == price * 10**6


def test_a_recording_that_is_not_there_is_named(database: Database) -> None:
    settings = PriceSettings(pairs={"BTC/USD": PairSettings(recording="/nowhere/prices.csv")})
    with pytest.raises(CandleError, match=r"/nowhere/prices\.csv can't be read"):
        configured_sources(settings, "localnet", database, NOW_MS)


def test_without_a_pair_nothing_can_be_captured(database: Database) -> None:
    settings = PriceSettings(pairs={"BTC/USD": PairSettings(binance="BTCUSDT")})
    with pytest.raises(PriceError, match=r"no pair has a name at recording: write one into \[prices\.pairs"):
        configured_sources(settings, "localnet", database, NOW_MS)
