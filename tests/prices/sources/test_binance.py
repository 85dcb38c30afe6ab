"""Reading Binance over HTTP."""

from collections.abc import AsyncIterator

import pytest

from offchain.prices.errors import SourceError
from offchain.prices.quote import Quote
from offchain.prices.sources.binance import BinanceSource
from tests.prices.servers import Exchange, Said

NOW = 1_717_632_000


@pytest.fixture
async def source(binance_url: str) -> AsyncIterator[BinanceSource]:
    opened = BinanceSource(binance_url, {"BTC/USD": "BTCUSDT", "ETH/USD": "ETHUSDT"}, 5_000)
    yield opened
    await opened.close()


async def test_the_last_price_and_half_the_spread(exchange: Exchange, source: BinanceSource) -> None:
    exchange.says = {"BTCUSDT": Said(2_920_679_499_999, NOW, 101), "ETHUSDT": Said(10**11, NOW + 1, 200_000_000)}
    assert await source.quotes(0) == [
        # The bid rounds down to 29 206.794998, the ask to 29 206.795001: half of 3, rounded up.
        Quote("BTC/USD", "binance", 29_206_794_999, 2, NOW),
        Quote("ETH/USD", "binance", 1_000_000_000, 2_000_000, NOW + 1),
    ]
    assert exchange.asked == 1


async def test_an_empty_book_makes_it_unsure(exchange: Exchange, source: BinanceSource) -> None:
    exchange.says = {"BTCUSDT": Said(10**12, NOW, 10**12), "ETHUSDT": Said(10**11, NOW, -5)}
    assert [(quote.price, quote.conf) for quote in await source.quotes(0)] == [(10**10, 10**10), (10**9, 10**9)]


async def test_a_symbol_it_does_not_know_is_named_in_its_own_words(source: BinanceSource) -> None:
    with pytest.raises(SourceError, match=r"HTTP 400: .*Invalid symbol"):
        await source.quotes(0)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [("slow", "timeout"), ("500", "http"), ("garbage", "garbage"), ("html", "garbage"), ("huge", "garbage")],
)
async def test_a_faulty_answer_has_a_name(exchange: Exchange, source: BinanceSource, fault: str, kind: str) -> None:
    exchange.says = {"BTCUSDT": Said(10**12, NOW), "ETHUSDT": Said(10**11, NOW)}
    exchange.fault = fault
    with pytest.raises(SourceError) as caught:
        await source.quotes(0)
    assert caught.value.kind == kind
