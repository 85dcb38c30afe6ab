"""Reading Hermes over HTTP: its format, its key, and everything that can be wrong with an answer."""

from collections.abc import AsyncIterator

import pytest

from offchain.chain.oracles.feed_ids import FeedError
from offchain.prices.errors import SourceError
from offchain.prices.quote import Quote
from offchain.prices.sources.pyth import PythSource
from tests.prices.servers import BTC, ETH, Exchange, Said, hermes, listening

NOW = 1_717_632_000


@pytest.fixture
async def source(pyth_url: str) -> AsyncIterator[PythSource]:
    opened = PythSource(pyth_url, {"BTC/USD": BTC, "ETH/USD": f"0x{ETH.upper()}"}, 5_000)
    yield opened
    await opened.close()


async def test_prices_are_scaled_down_and_confidences_up(pyth: Exchange, source: PythSource) -> None:
    # The example of Hermes' own API reference.
    pyth.says[BTC] = Said(2_920_679_499_999, NOW, 509_500_001)
    assert await source.quotes(0) == [Quote("BTC/USD", "pyth", 29_206_794_999, 5_095_001, NOW)]


async def test_all_pairs_come_in_one_request_and_unknown_ones_are_left_out(pyth: Exchange, source: PythSource) -> None:
    pyth.says = {BTC: Said(10**12, NOW), ETH: Said(10**11, NOW + 1)}
    assert [(quote.pair, quote.price) for quote in await source.quotes(0)] == [
        ("BTC/USD", 10**10),
        ("ETH/USD", 10**9),
    ]
    assert pyth.asked == 1
    del pyth.says[BTC]
    assert [quote.pair for quote in await source.quotes(0)] == ["ETH/USD"]


async def test_negative_prices_are_passed_on_to_be_refused(pyth: Exchange, source: PythSource) -> None:
    pyth.says[BTC] = Said(-2_920_679_499_999, NOW)
    assert (await source.quotes(0))[0].price == -29_206_795_000


async def test_the_key_is_sent_and_never_shown(pyth: Exchange, pyth_url: str) -> None:
    source = PythSource(pyth_url, {"BTC/USD": BTC}, 2_000, key="s3cret")
    await source.quotes(0)
    assert pyth.headers["authorization"] == "Bearer s3cret"
    pyth.fault = "401"
    with pytest.raises(SourceError, match="HTTP 401: set PYTH_API_KEY to a valid key") as caught:
        await source.quotes(0)
    assert "s3cret" not in str(caught.value)
    await source.close()


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        ("slow", "timeout", "did not answer in time"),
        ("500", "http", "answered HTTP 500"),
        ("429", "http", "HTTP 429: too many requests, next one in 60 s"),
        ("redirect", "http", "answered HTTP 302"),
        ("garbage", "garbage", "answered nonsense"),
        ("html", "garbage", "answered nonsense"),
        ("huge", "garbage", "answered more than 1048576 bytes"),
    ],
)
async def test_a_faulty_answer_has_a_name(pyth: Exchange, source: PythSource, fault: str, kind: str, said: str) -> None:
    pyth.says[BTC] = Said(10**12, NOW)
    pyth.fault = fault
    with pytest.raises(SourceError, match=said) as caught:
        await source.quotes(0)
    assert caught.value.kind == kind
    assert caught.value.wait_seconds == (60 if fault == "429" else 0)


@pytest.mark.parametrize(("said", "wait"), [("7", 7), ("86400", 600), ("soon", 60)])
async def test_a_server_may_say_how_long_to_wait(pyth: Exchange, source: PythSource, said: str, wait: int) -> None:
    pyth.fault, pyth.retry_after = "429", said
    with pytest.raises(SourceError, match=f"next one in {wait} s") as caught:
        await source.quotes(0)
    assert caught.value.wait_seconds == wait


@pytest.mark.parametrize("said", [Said(10**40, NOW), Said(10**12, -5), Said(10**12, 1 << 41)])
async def test_numbers_out_of_range_are_nonsense(pyth: Exchange, source: PythSource, said: Said) -> None:
    pyth.says[BTC] = said
    with pytest.raises(SourceError) as caught:
        await source.quotes(0)
    assert caught.value.kind == "garbage"


async def test_a_server_that_is_gone_is_unreachable_until_it_is_back(pyth: Exchange) -> None:
    pyth.says[BTC] = Said(10**12, NOW)
    app = hermes(pyth)
    with listening(app) as url:
        source = PythSource(url, {"BTC/USD": BTC}, 10_000)
        await source.quotes(0)
    with pytest.raises(SourceError, match=r"127\.0\.0\.1 can't be reached") as caught:
        await source.quotes(0)
    assert caught.value.kind == "unreachable"
    with listening(app, int(url.rpartition(":")[2])):
        assert len(await source.quotes(0)) == 1
    await source.close()


def test_an_id_that_is_none_is_refused() -> None:
    with pytest.raises(FeedError, match="no Pyth feed id"):
        PythSource("http://127.0.0.1:1", {"BTC/USD": "BTC"}, 2_000)
