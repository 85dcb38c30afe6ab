"""`percosec prices` on a real chain served on ports: capture and write, look at it in every way, and get it wrong."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.instructions import risk_engine
from offchain.chain.keys import dev_key
from offchain.chain.oracles.feed_ids import publisher_feed
from offchain.demo.candles import read_candles
from offchain.localnet.chain import LocalChain
from offchain.localnet.project_programs import project_programs
from offchain.localnet.server import serving
from offchain.prices.sources.configured import recording_path
from tests.commands.terminal import Terminal
from tests.prices.servers import BTC, ETH, Exchange, Said, binance, hermes, listening
from tests.support.patience import PATIENCE, wait_until
from tests.support.world import World

RECORDING = "btc_usd_1h_2020-01-17_2020-04-09.csv"
FIRST = 8_873_310_000
"""The first price of the recording, 1e-6 USD."""
HOUR_LATER = 8_906_480_000


@pytest.fixture
def feed(world: World) -> World:
    """The world with the feed that the localnet's markets of seahorse.toml read."""
    writer = dev_key("publisher").pubkey()
    world.send(risk_engine.open_feed(world.admin.key, publisher_feed("BTC/USD"), 0, writer))
    return world


def _on_chain(world: World) -> PriceFeed:
    return world.read(PriceFeed, world.at.feed(publisher_feed("BTC/USD")))


def test_capture_write_and_look(feed: World, terminal: Terminal) -> None:
    status = terminal.json("prices", "run", "--rounds", 2)
    assert (status["rounds"], status["errors"]) == (2, {})
    assert status["bot"]["counts"] == {"landed": 1}
    assert (_on_chain(feed).price, _on_chain(feed).publish_time) == (FIRST, feed.now)

    feed.advance(60)  # an hour of the recording
    terminal.json("prices", "run", "--rounds", 2)
    assert (_on_chain(feed).price, _on_chain(feed).updates) == (HOUR_LATER, 2)

    shown = terminal.json("prices", "show")
    (price,) = shown["prices"]
    assert (price["pair"], price["price"], price["source"], price["age"]) == ("BTC/USD", HOUR_LATER, "recording", 0)
    assert price["closes"] == [FIRST, HOUR_LATER]
    assert "8,906.48 USD" in terminal.text("prices", "show")

    candles = terminal.json("prices", "candles", "btc/usd", "--interval", "1m", "--count", 3)
    assert [(found["open"], found["close"], found["filled"]) for found in candles["candles"]] == [
        (FIRST, FIRST, False),
        (HOUR_LATER, HOUR_LATER, False),
    ]
    assert "8,906.48" in terminal.text("prices", "candles", "BTC/USD", "--interval", "5m")

    history = terminal.json("prices", "history", "BTC/USD", "--interval", "1m")
    assert (history["low"], history["high"], history["change_bps"]) == (FIRST, HOUR_LATER, 37)
    assert "8,873.31 .. 8,906.48, 0.37 %" in terminal.text("prices", "history", "BTC/USD", "--interval", "1m")

    sources = terminal.json("prices", "sources")
    (source,) = sources["sources"]
    assert sources["running"] is True
    assert (source["source"], source["state"], source["in_use"], source["refused"]) == (
        "recording",
        "healthy",
        True,
        {},
    )
    assert source["good"] == {"repeat": 2, "used": 2}
    assert "healthy, in use" in terminal.text("prices", "sources")

    pushes = terminal.json("prices", "pushes")["pushes"]
    assert [(row["price"], row["reason"], row["state"]) for row in pushes] == [
        (HOUR_LATER, "age", "landed"),
        (FIRST, "first", "landed"),
    ]
    assert pushes[0]["signature"] in terminal.text("prices", "pushes")


def test_times_can_be_chosen(feed: World, terminal: Terminal) -> None:
    terminal.json("prices", "run", "--rounds", 1)
    now = feed.now
    feed.advance(600)
    terminal.json("prices", "run", "--rounds", 1)
    chosen = terminal.json("prices", "candles", "BTC/USD", "--interval", "5m", "--from", now, "--to", now + 900)
    assert [(found["start"] - now, found["filled"]) for found in chosen["candles"]] == [
        (0, False),
        (300, True),
        (600, False),
    ]
    assert "filled" in terminal.text("prices", "candles", "BTC/USD", "--interval", "5m", "--from", now)
    by_date = terminal.json("prices", "candles", "BTC/USD", "--interval", "1d", "--from", "2020-03-10")
    assert [found["start"] for found in by_date["candles"]] == [1_583_798_400]
    assert "no candles" in terminal.text("prices", "candles", "BTC/USD", "--from", "2019-01-01", "--to", "2019-01-02")
    assert "no prices" in terminal.text("prices", "history", "BTC/USD", "--from", "2019-01-01", "--to", "2019-01-02")


def test_the_recording_starts_where_it_is_told_and_keeps_its_place(feed: World, terminal: Terminal) -> None:
    crash = 1_584_010_800  # 12 March 2020, 11:00
    terminal.json("prices", "run", "--rounds", 1, "--start", "2020-03-12T11:00", "--speed", 900)
    first = terminal.json("prices", "show")["prices"][0]["price"]
    feed.advance(4)
    terminal.json("prices", "run", "--rounds", 1, "--start", crash, "--speed", 900)
    second = terminal.json("prices", "show")["prices"][0]["price"]
    candles = {candle.time: candle for candle in read_candles(recording_path(RECORDING)).candles}
    assert (first, second) == (candles[crash].open, candles[crash + 3_600].open)
    assert first > second


def test_without_the_bot_nothing_is_written(feed: World, terminal: Terminal) -> None:
    status = terminal.json("prices", "run", "--rounds", 1, "--no-bot")
    assert status["bot"] is None
    assert _on_chain(feed).updates == 0
    assert terminal.json("prices", "pushes")["pushes"] == []
    assert "nothing was written yet" in terminal.text("prices", "pushes")


def test_before_the_first_capture_everything_says_what_to_do(terminal: Terminal) -> None:
    for name in ("show", "sources"):
        assert "no prices yet: percosec prices run captures them" in terminal.text("prices", name)
        assert terminal.json("prices", name)[{"show": "prices", "sources": "sources"}[name]] == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("history", "SOL/USD"), "'SOL/USD' was never captured (nothing was): percosec prices show lists the pairs"),
        (("candles", "BTC/USD", "--interval", "2h"), "'2h' is not one of"),
        (("candles", "BTC/USD", "--from", "yesterday"), "'yesterday' is no time: write unix seconds"),
        (("candles", "BTC/USD", "--count", "0"), "0 is not in the range"),
        (("run", "--speed", "0"), "0 is not in the range"),
        (("pushes", "--count", "-1"), "-1 is not in the range"),
    ],
)
def test_wrong_input_is_one_line(terminal: Terminal, arguments: tuple[str, ...], said: str) -> None:
    assert said in terminal.refused("prices", *arguments)


def test_wrong_times_are_one_line(feed: World, terminal: Terminal) -> None:
    terminal.json("prices", "run", "--rounds", 1)
    assert "does not lie before --to" in terminal.refused("prices", "history", "BTC/USD", "--from", 10, "--to", 5)
    assert "at most 5000 are given at once" in terminal.refused(
        "prices", "candles", "BTC/USD", "--from", 0, "--interval", "1m"
    )


def test_a_dead_node_is_one_line_and_looking_needs_none(
    feed: World, terminal: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.json("prices", "run", "--rounds", 1)
    monkeypatch.setenv("PERCOSEC_RPC", "http://127.0.0.1:1")
    assert "check the address and that it runs" in terminal.refused("prices", "run", "--rounds", 1)
    (price,) = terminal.json("prices", "show")["prices"]
    assert (price["price"], price["age"]) == (FIRST, None)
    assert len(terminal.json("prices", "candles", "BTC/USD")["candles"]) == 1


def test_a_chain_without_a_deployment_is_one_line(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(LocalChain(programs=project_programs())) as endpoints:
        monkeypatch.setenv("PERCOSEC_RPC", endpoints.http)
        assert "no deployment on this chain: run `percosec deploy` first, or give --no-bot" in terminal.refused(
            "prices", "run", "--rounds", 1
        )


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SOURCES", "pyth,coinbase", "sources names 'coinbase': choose from recording, pyth, binance"),
        ("SOURCES", "pyth,pyth", "names a source twice"),
        ("CLOCK", "sundial", "clock is 'sundial': choose one of auto, system, chain"),
        ("TIMEOUT_MS", "2000", "timeout_ms (2000) can't be longer than capture_ms (1000)"),
        ("SPEED", "0", "speed must be above 0"),
        ("SPEED", "fast", "must be an integer"),
        ("SPED", "1", "PERCOSEC_PRICES_SPED is no setting"),
    ],
)
def test_wrong_settings_are_one_line(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(f"PERCOSEC_PRICES_{name}", value)
    assert said in terminal.refused("prices", "show")


def test_elsewhere_a_key_is_asked_for(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERCOSEC_RPC", "https://api.devnet.solana.com")
    refusal = terminal.refused("prices", "run", "--rounds", 1, "--cluster", "devnet")
    assert "no key to sign with: give --keypair FILE or set PERCOSEC_KEYPAIR" in refusal


def test_a_process_captures_over_http_until_it_is_told_to_stop(tmp_path: Path) -> None:
    now = int(time.time())
    pyth, exchange = Exchange(), Exchange()
    with listening(hermes(pyth)) as pyth_url, listening(binance(exchange)) as binance_url:
        pyth.says = {BTC: Said(8_000 * 10**8, now), ETH: Said(200 * 10**8, now, 10**6)}
        exchange.says = {"BTCUSDT": Said(8_001 * 10**8, now), "ETHUSDT": Said(200 * 10**8, now, 10**6)}
        environment = {
            **os.environ,
            "XDG_DATA_HOME": str(tmp_path),
            "PERCOSEC_PRICES_SOURCES": "pyth,binance",
            "PERCOSEC_PRICES_CLOCK": "system",
            "PERCOSEC_PRICES_PYTH_URL": pyth_url,
            "PERCOSEC_PRICES_BINANCE_URL": binance_url,
        }
        command = [sys.executable, "-m", "offchain.cli", "prices"]
        process = subprocess.Popen(
            [*command, "run", "--no-bot", "--json"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        try:

            def asked() -> bool:
                """Prices are of now, however long the process takes to ask."""
                for said in (*pyth.says.values(), *exchange.says.values()):
                    said.time = int(time.time())
                return pyth.asked >= 5

            wait_until(asked, "the fifth question")
            process.send_signal(signal.SIGTERM)
            out, err = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
        assert (process.returncode, err) == (0, b"")
        status = json.loads(out)
        assert status["running"] is False
        assert {pair["pair"]: pair["price"]["price"] for pair in status["pairs"]} == {
            "BTC/USD": 8_000_000_000,
            "ETH/USD": 200_000_000,
        }
        done = subprocess.run([*command, "show", "--json"], env=environment, capture_output=True, check=True)
        assert [price["price"] for price in json.loads(done.stdout)["prices"]] == [8_000_000_000, 200_000_000]
