"""What the other tests do on SQLite works on PostgreSQL as well: capture, questions, the bot's ledger, forgetting."""

from collections.abc import Iterator

import pytest

from offchain.database.database import Database, open_database
from offchain.prices import history
from offchain.prices.bot.due import Offer
from offchain.prices.bot.ledger import Ledger
from offchain.prices.service import PriceService
from offchain.prices.sources.configured import configured_sources
from offchain.prices.store import forget
from offchain.settings.prices import PairSettings, PriceSettings

START = 1_583_798_400
PAIR = "BTC/USD"
SETTINGS = PriceSettings(pairs={PAIR: PairSettings(recording="btc_usd_1h_2020-01-17_2020-04-09.csv")}, speed=900)


class _Driven:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = START

    async def now_ms(self) -> int:
        """Unix milliseconds."""
        return self.now * 1_000


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[Database]:
    with open_database(postgres_url) as database:
        yield database


async def test_capture_and_questions(postgres_database: Database) -> None:
    clock = _Driven()
    sources = configured_sources(SETTINGS, "localnet", postgres_database, START * 1_000)
    service = PriceService(SETTINGS, sources, postgres_database, clock)
    for second in range(0, 130, 10):
        clock.now = START + second
        await service.capture()
    await service.stop()
    with postgres_database.reading() as session:
        found = history.current(session, PAIR)
        assert found and found.publish_time == START + 120
        candles = history.last_candles(session, PAIR, "1m", 5, START + 200)
        assert [(candle.start - START, candle.quotes, candle.filled) for candle in candles] == [
            (0, 6, False),
            (60, 6, False),
            (120, 1, False),
            (180, 0, True),
        ]
        (source,) = history.sources(session)
        assert (source.state, source.in_use) == ("healthy", True)
        assert {row.verdict: row.count for row in history.tallies(session)} == {"used": 13}
        assert len(history.quotes(session, PAIR, 0, 1 << 50)) == 13
    with postgres_database.session() as session:
        forget(session, (START + 60) * 1_000)
        session.commit()
    with postgres_database.reading() as session:
        assert len(history.quotes(session, PAIR, 0, 1 << 50)) == 7


async def test_a_second_start_goes_on(postgres_database: Database) -> None:
    clock, prices = _Driven(), []
    for _ in range(2):
        sources = configured_sources(SETTINGS, "localnet", postgres_database, clock.now * 1_000)
        service = PriceService(SETTINGS, sources, postgres_database, clock)
        await service.resume()
        await service.capture()
        await service.stop()
        price = service.price(PAIR)
        assert price
        prices.append(price.price)
        clock.now += 4
    assert prices == [8_873_310_000, 8_906_480_000]


def test_the_ledger(postgres_database: Database) -> None:
    first, second = (Ledger(postgres_database, PAIR, "feed") for _ in range(2))
    number = first.begin(Offer(1, 0, START), "first")
    assert number is not None
    assert second.begin(Offer(2, 0, START), "first") is None
    first.finish(number, "unknown", "RPC")
    assert [row.state for row in second.settle(START)] == ["landed"]
    with postgres_database.reading() as session:
        (row,) = history.pushes(session, 10)
        assert (row.state, row.code, row.price) == ("landed", "RPC", 1)
