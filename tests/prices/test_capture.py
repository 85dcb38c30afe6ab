"""Captures over real servers: fail-over and return, every refusal, and what is stored of it."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlmodel import select

from offchain.database.database import Database
from offchain.database.tables.price_quote import PriceQuote
from offchain.database.tables.price_source import PriceSource
from offchain.database.tables.price_tally import PriceTally
from offchain.prices.capture import Capture, Round
from offchain.prices.quote import Quote
from offchain.prices.sources.binance import BinanceSource
from offchain.prices.sources.pyth import PythSource
from offchain.prices.store import store
from offchain.settings.prices import PriceSettings
from tests.prices.servers import BTC, Exchange, Said

START = 1_717_632_000
PAIR = "BTC/USD"
USD = 10**8
Step = Callable[[int], Awaitable[Round]]


@pytest.fixture
def timeout_ms() -> int:
    """More than a busy machine takes; a test of slow servers says less."""
    return 10_000


@pytest.fixture
async def capture(pyth_url: str, binance_url: str, timeout_ms: int) -> AsyncIterator[Capture]:
    """Pyth first, Binance second."""
    opened = Capture(
        [PythSource(pyth_url, {PAIR: BTC}, timeout_ms), BinanceSource(binance_url, {PAIR: "BTCUSDT"}, timeout_ms)],
        PriceSettings(timeout_ms=timeout_ms, capture_ms=10_000),
    )
    yield opened
    await opened.close()


@pytest.fixture
def step(capture: Capture, database: Database) -> Step:
    """One stored capture at a second after the start."""

    async def run(second: int) -> Round:
        done = await capture.round((START + second) * 1_000)
        with database.session() as session:
            store(session, done, capture.pairs.values())
            session.commit()
        return done

    return run


def _say(pyth: Exchange, exchange: Exchange, second: int, price: int = 8_000, other: int | None = None) -> None:
    pyth.says[BTC] = Said(price * USD, START + second, USD)
    exchange.says["BTCUSDT"] = Said((price if other is None else other) * USD, START + second, USD)


async def test_the_first_source_is_used_and_the_second_kept_beside_it(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture, database: Database
) -> None:
    _say(pyth, exchange, 0, 8_000, 8_010)
    await step(0)
    with database.reading() as session:
        rows = [(row.source, row.price, row.conf, row.verdict) for row in session.exec(select(PriceQuote))]
        assert rows == [("pyth", 8_000_000_000, 10**6, "used"), ("binance", 8_010_000_000, 10**6, "spare")]
        assert all(row.received_ms == START * 1_000 for row in session.exec(select(PriceQuote)))
    assert capture.pairs[PAIR].used == Quote(PAIR, "pyth", 8_000_000_000, 10**6, START)


@pytest.mark.parametrize(
    ("fault", "kind", "timeout_ms"),
    [("slow", "timeout", 3_000), ("500", "http", 10_000), ("garbage", "garbage", 10_000), ("html", "garbage", 10_000)],
)
async def test_a_source_without_answers_fails_over_and_returns_when_healthy(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture, database: Database, fault: str, kind: str
) -> None:
    track = capture.pairs[PAIR]
    _say(pyth, exchange, 0)
    await step(0)
    pyth.fault = fault
    for second in (1, 2):
        _say(pyth, exchange, second)
        await step(second)
        assert track.in_use == "pyth", "a hiccup is no reason to change"
    _say(pyth, exchange, 3, 8_001)
    await step(3)
    assert (track.in_use, track.used and track.used.price) == ("binance", 8_001_000_000)
    assert [found.health.state for found in track.sources] == ["failing", "healthy"]
    pyth.fault = "none"
    used = []
    for second in range(4, 10):
        _say(pyth, exchange, second, 8_000 + second)
        await step(second)
        used.append(track.in_use)
        assert track.used and track.used.publish_time == START + second, "no second without a price"
    # It rests for one round, then has to answer well three times.
    assert used == ["binance", "binance", "binance", "pyth", "pyth", "pyth"]
    with database.reading() as session:
        tallies = {(row.source, row.verdict): row.count for row in session.exec(select(PriceTally))}
    assert tallies["pyth", kind] == 3
    assert tallies["binance", "used"] == 4


async def test_a_dead_source_is_asked_less_and_less(pyth: Exchange, exchange: Exchange, step: Step) -> None:
    pyth.fault = "500"
    for second in range(60):
        _say(pyth, exchange, second)
        await step(second)
    # Three tries, then after 1, 2, 4, 8, 16 and 30 rounds: seconds 0 1 2, 4, 7, 12, 21, 38.
    assert pyth.asked == 8
    assert exchange.asked == 60


async def test_a_server_that_asks_for_patience_gets_it(pyth: Exchange, exchange: Exchange, step: Step) -> None:
    pyth.fault = "429"
    for second in range(15):
        _say(pyth, exchange, second)
        await step(second)
    # It wants to be left alone for 60 s, which is six captures at one in ten seconds.
    assert pyth.asked == 3
    assert exchange.asked == 15


@pytest.mark.parametrize(
    ("said", "verdict"),
    [
        (Said(-8_000 * USD, START + 10), "nonpositive"),
        (Said(0, START + 10), "nonpositive"),
        (Said(2 * 10**9 * USD, START + 10), "too_large"),
        (Said(8_000 * USD, START + 10, 900 * USD), "unsure"),
        (Said(8_000 * USD, START + 13), "ahead"),
        (Said(8_000 * USD, START - 21), "stale"),
        (Said(8_000 * USD, START - 1), "backwards"),
        (Said(800_000 * USD, START + 10), "wild"),
        (Said(80 * USD, START + 10), "wild"),
    ],
)
async def test_a_refused_quote_is_stored_counted_and_never_used(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture, database: Database, said: Said, verdict: str
) -> None:
    _say(pyth, exchange, 0)
    await step(0)
    _say(pyth, exchange, 10)
    pyth.says[BTC] = said
    for _ in range(3):
        await step(10)
    track = capture.pairs[PAIR]
    assert track.in_use == "binance"
    assert track.counts["pyth", verdict] == 3
    assert track.sources[0].health.last_error.startswith(verdict)
    with database.reading() as session:
        refused = session.exec(select(PriceQuote).where(PriceQuote.verdict == verdict)).all()
        assert [(row.source, row.price, row.publish_time) for row in refused] == [
            ("pyth", said.price // 100, said.time)
        ], "once is enough: it said nothing new"
        assert session.get_one(PriceTally, ("pyth", PAIR, verdict)).count == 3
        state = session.get_one(PriceSource, (PAIR, "pyth"))
        assert (state.state, state.in_use, state.last_good_ms) == ("failing", False, START * 1_000)


async def test_the_same_word_again_is_counted_and_not_stored(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture, database: Database
) -> None:
    _say(pyth, exchange, 0)
    for second in range(5):
        await step(second)
    with database.reading() as session:
        assert len(session.exec(select(PriceQuote)).all()) == 2
    assert capture.pairs[PAIR].counts["pyth", "repeat"] == 4
    assert capture.pairs[PAIR].sources[0].health.is_healthy


async def test_a_crash_that_both_sources_tell_is_used_at_once(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture
) -> None:
    _say(pyth, exchange, 0)
    await step(0)
    _say(pyth, exchange, 1, 4_000, 4_010)
    await step(1)
    used = capture.pairs[PAIR].used
    assert used and used.price == 4_000_000_000


async def test_a_crash_of_the_only_source_is_used_after_a_minute(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture
) -> None:
    exchange.fault = "500"
    _say(pyth, exchange, 0)
    await step(0)
    when = None
    for second in range(1, 70):
        _say(pyth, exchange, second, 4_000)
        await step(second)
        used = capture.pairs[PAIR].used
        if used and used.price == 4_000_000_000:
            when = second
            break
    assert when == 61, "held since second 1, for 60 s"


async def test_prices_never_step_back_in_time_when_the_source_changes(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture, database: Database
) -> None:
    for second in range(10):
        _say(pyth, exchange, second, 8_000 + second)
        exchange.says["BTCUSDT"].time -= 2
        pyth.fault = "500" if second > 3 else "none"
        await step(second)
    with database.reading() as session:
        used = [
            (row.source, row.publish_time - START) for row in session.exec(select(PriceQuote)) if row.verdict == "used"
        ]
    assert used == [*(("pyth", second) for second in range(4)), *(("binance", second) for second in (4, 5, 6, 7))]


async def test_without_any_healthy_source_a_good_price_is_still_taken(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture
) -> None:
    pyth.fault = exchange.fault = "500"
    for second in range(3):
        await step(second)
    assert capture.pairs[PAIR].used is None
    pyth.fault = "none"
    for second in (3, 4):
        _say(pyth, exchange, second)
        await step(second)
    used = capture.pairs[PAIR].used
    assert used and (used.source, used.publish_time) == ("pyth", START + 4)
    assert not capture.pairs[PAIR].sources[0].health.is_healthy


async def test_after_a_restart_the_last_price_is_the_measure(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture
) -> None:
    capture.resume(Quote(PAIR, "pyth", 8_000_000_000, 0, START - 100), START)
    _say(pyth, exchange, 0, 80_000, 8_000)
    await step(0)
    used = capture.pairs[PAIR].used
    assert used and (used.source, used.price) == ("binance", 8_000_000_000)


@pytest.mark.parametrize("last", [START - 301, START + 301])
async def test_an_old_price_or_one_of_another_clock_is_no_measure(
    pyth: Exchange, exchange: Exchange, step: Step, capture: Capture, last: int
) -> None:
    capture.resume(Quote(PAIR, "pyth", 8_000_000_000, 0, last), START)
    _say(pyth, exchange, 0, 80_000)
    await step(0)
    used = capture.pairs[PAIR].used
    assert used and used.price == 80_000_000_000
