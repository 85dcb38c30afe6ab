"""The service as a program runs it: on the real clock, stopped and started again, and with a database that fails."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlmodel import select

from offchain.database.database import Database
from offchain.database.tables.price_quote import PriceQuote
from offchain.prices.clock import SystemClock, wall_ms
from offchain.prices.errors import PriceError
from offchain.prices.service import PriceService
from offchain.prices.sources.configured import configured_sources
from offchain.prices.sources.pyth import PythSource
from offchain.settings.prices import PairSettings, PriceSettings
from tests.prices.servers import BTC, Exchange, Said
from tests.support.patience import until

PAIRS = {"BTC/USD": PairSettings(pyth=BTC, binance="BTCUSDT", recording="btc_usd_15m_2023q1.csv")}
FAST = PriceSettings(capture_ms=100, timeout_ms=100, pairs=PAIRS, speed=3_600)


def _service(database: Database, settings: PriceSettings = FAST) -> PriceService:
    sources = configured_sources(settings, "localnet", database, wall_ms())
    return PriceService(settings, sources, database, SystemClock())


async def _until_rounds(service: PriceService, rounds: int) -> None:
    await until(lambda: service.status().rounds >= rounds, f"round {rounds}")


async def test_it_captures_until_it_is_stopped_and_loses_nothing(database: Database) -> None:
    service = _service(database)
    await service.start()
    assert service.status().running
    await _until_rounds(service, 12)
    await service.stop()
    status = service.status()
    assert not status.running
    assert status.errors == {}
    (pair,) = status.pairs
    with database.reading() as session:
        rows = session.exec(select(PriceQuote)).all()
    assert len(rows) == pair.sources[0].counts["used"]
    assert pair.price and rows[-1].price == pair.price.price == (service.price("BTC/USD") or pair.price).price
    assert status.last_round_ms and wall_ms() - status.last_round_ms < 20_000
    # A quote each second; ten captures a second hear the same one again.
    assert sum(pair.sources[0].counts.values()) == status.rounds


async def test_it_can_be_started_again_after_a_stop(database: Database) -> None:
    for _ in range(2):
        service = _service(database)
        await service.start()
        await _until_rounds(service, 2)
        await service.stop()


async def test_a_second_process_on_the_same_database_is_refused(database: Database) -> None:
    first, second = _service(database), _service(database)
    await first.start()
    await _until_rounds(first, 1)
    with pytest.raises(PriceError, match="another process captures prices into this database"):
        await second.start()
    with pytest.raises(PriceError, match="runs already"):
        await first.start()
    await first.stop()


async def test_a_database_that_fails_is_counted_and_the_next_round_is_stored(
    database: Database, pyth: Exchange, pyth_url: str
) -> None:
    settings = replace(FAST, capture_ms=1_000, timeout_ms=1_000)
    service = PriceService(settings, [PythSource(pyth_url, {"BTC/USD": BTC}, 1_000)], database, SystemClock())
    now = wall_ms() // 1_000
    pyth.says[BTC] = Said(8_000 * 10**8, now)
    await service.capture()
    with database.engine.connect() as blocker:
        blocker.exec_driver_sql("ALTER TABLE price_tally RENAME TO elsewhere")
        blocker.commit()
    pyth.says[BTC] = Said(8_001 * 10**8, now + 1)
    with pytest.raises(Exception, match="price_tally"):
        await service.capture()
    with database.engine.connect() as blocker:
        blocker.exec_driver_sql("ALTER TABLE elsewhere RENAME TO price_tally")
        blocker.commit()
    pyth.says[BTC] = Said(8_002 * 10**8, now + 2)
    await service.capture()
    await service.stop()
    with database.reading() as session:
        assert [row.price for row in session.exec(select(PriceQuote))] == [8_000_000_000, 8_002_000_000]


class _BrokenClock:
    """Fails three times."""

    def __init__(self) -> None:
        self.left = 3

    async def now_ms(self) -> int:
        """The time, in the end."""
        if self.left and asyncio.current_task() is not None and asyncio.current_task().get_name() == "prices":  # type: ignore[union-attr]
            self.left -= 1
            raise PriceError("the clock is broken")
        return wall_ms()


async def test_a_failure_is_counted_and_never_ends_the_loop(database: Database) -> None:
    sources = configured_sources(FAST, "localnet", database, wall_ms())
    service = PriceService(FAST, sources, database, _BrokenClock())
    await service.start()
    await _until_rounds(service, 2)
    await service.stop()
    assert service.status().errors == {"PriceError: the clock is broken": 3}


@pytest.fixture
async def dripping() -> AsyncIterator[str]:
    """A server that sends a byte of its answer every 50 ms, for ever."""
    handlers: set[asyncio.Task[None]] = set()

    async def drip(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        handlers.add(task)
        try:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 1000000\r\n\r\n")
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.05)
        except (ConnectionError, asyncio.CancelledError):
            writer.close()

    server = await asyncio.start_server(drip, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    server.close()
    for task in handlers:
        task.cancel()
    await asyncio.gather(*handlers)
    await asyncio.sleep(0)  # lets the transports close


async def test_a_dripping_server_does_not_hold_up_the_others(database: Database, dripping: str, tmp_path: Path) -> None:
    settings = replace(FAST, capture_ms=400, timeout_ms=400)
    recording = configured_sources(settings, "localnet", database, wall_ms())
    service = PriceService(settings, [PythSource(dripping, {"BTC/USD": BTC}, 400), *recording], database, SystemClock())
    done = await service.capture()
    await service.stop()
    assert done.tally["pyth", "BTC/USD", "timeout"] == 1
    assert done.tally["recording", "BTC/USD", "used"] == 1
