"""Prices against the recording they are from, and against the feed on chain."""

from typing import Any

from offchain.chain.events.generated.risk_engine import PriceAccepted
from offchain.chain.events.parse import parse_events
from offchain.demo.candles import read_candles
from offchain.settings.paths import ROOT
from tests.api.conftest import Lived

RECORDING = ROOT / "offchain/data/btc_usd_1h_2020-01-17_2020-04-09.csv"


def test_the_price_in_use_is_one_of_the_recording(get: Any) -> None:
    (one,) = get("prices")["items"]
    assert (one["pair"], one["source"]) == ("BTC/USD", "recording")
    candles = read_candles(RECORDING).candles
    assert min(candle.low for candle in candles) <= int(one["price"]) <= max(candle.high for candle in candles)
    (source,) = get("prices")["sources"]
    assert (source["state"], source["in_use"], source["price"]) == ("healthy", True, one["price"])


def test_candles_have_no_gaps_and_end_with_the_price(get: Any) -> None:
    price = get("prices")["items"][0]
    body = get("candles", pair="BTC/USD", interval="1h")
    items = body["items"]
    assert (body["seconds"], len(items)) == (3_600, 30)
    assert [one["start"] for one in items] == list(range(items[0]["start"], items[-1]["start"] + 1, 3_600))
    assert items[-1]["close"] == price["price"]
    for one in items:
        assert int(one["low"]) <= min(int(one["open"]), int(one["close"]))
        assert int(one["high"]) >= max(int(one["open"]), int(one["close"]))
        assert one["quotes"] == 1
    day_before = int(items[-25]["close"])
    change = (int(price["price"]) - day_before) * 10_000
    assert price["change_24h_bps"] == (abs(change) // day_before) * (1 if change >= 0 else -1)
    days = get("candles", pair="BTC/USD", interval="1d")["items"]
    assert int(days[-1]["high"]) == max(int(one["high"]) for one in items if one["start"] >= days[-1]["start"])


def test_questions_about_candles_that_make_no_sense(client: Any) -> None:
    assert client.get("/v1/candles", params={"pair": "BTC/EUR"}).status_code == 404
    assert client.get("/v1/candles").status_code == 400
    long = client.get("/v1/candles", params={"pair": "BTC/USD", "interval": "1m", "from": 0})
    assert long.status_code == 400
    assert "at most 5000" in long.json()["detail"]
    assert client.get("/v1/candles", params={"pair": "BTC/USD", "from": 9, "to": 3}).status_code == 400


def test_prices_on_chain_are_the_feeds(lived: Lived, get: Any) -> None:
    events = [
        event
        for record in lived.story.world.local.transactions()
        if record.err is None
        for event in parse_events(record.logs).events
        if isinstance(event, PriceAccepted)
    ]
    items = get("feed-prices", feed=str(lived.market.config.oracle_feed), limit=500)["items"]
    assert [int(one["price"]) for one in items[::-1]] == [event.after for event in events]
    assert items[0]["price"] == str(lived.market.feed.price)
    assert items[0]["updates"] == lived.market.feed.updates == len(items)
