"""`percosec serve` with nothing set up: a live market through the API, stopped, killed, and going on each time."""

import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from offchain.database.database import open_database
from offchain.database.tables.watermark import Watermark
from offchain.serve.errors import ServeError
from offchain.serve.history import refuse_other_chain
from offchain.settings.paths import ROOT
from offchain.settings.serve import ROLES
from tests.support.patience import PATIENCE
from tests.support.served import README_COMMAND, Served, environment, serving_process

FREE = ("--chain-port", "0")
STOP_SECONDS = 40.0
"""A stop takes a few; a machine that does much else lengthens it."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Of a user who never ran anything here."""
    made = tmp_path / "home"
    made.mkdir()
    return made


def _folder(home: Path) -> Path:
    return home / ".local" / "share" / "percosec" / "serve"


def _markets(served: Served) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = served.get("/v1/markets")["items"]
    return found


def _alive(body: Any) -> bool:
    """Every market scored, insured and traded."""
    markets = body["items"]
    return len(markets) == 2 and all(
        market["score"] is not None and int(market["pool_size"]) > 0 and int(market["open_interest"]) > 0
        for market in markets
    )


def _moved(served: Served, before: list[dict[str, Any]]) -> None:
    """Prices, scores and transactions go on."""
    prices = {market["market_id"]: (market["price"], market["price_time"]) for market in before}
    served.wait(
        "/v1/markets",
        lambda body: all(
            market["price_time"] > prices[market["market_id"]][1] and market["price"] != prices[market["market_id"]][0]
            for market in body["items"]
        ),
    )


def test_a_live_market_that_goes_on_after_a_stop_and_after_a_kill(home: Path) -> None:
    with serving_process(home, *FREE, command=README_COMMAND) as served:
        assert served.document["roles"] == list(ROLES)
        assert served.document["data"] == str(_folder(home))
        markets = served.wait("/v1/markets", _alive)["items"]
        _moved(served, markets)
        assert served.get("/v1/status")["rpc"] == served.document["rpc"], "where a browser may read for itself"
        genesis, chain = _ask(served, "getGenesisHash"), served.document["rpc"]
        seen = _first_transactions(served)
        stopped = served.stop(signal.SIGINT)
        assert stopped < STOP_SECONDS
        with pytest.raises(httpx.TransportError):
            httpx.get(f"{chain}/health", timeout=2)
    with serving_process(home, *FREE) as served:
        assert _ask(served, "getGenesisHash") == genesis
        assert set(_first_transactions(served)) >= set(seen), "what was indexed is there at once"
        markets = served.wait("/v1/markets", _alive)["items"]
        _moved(served, markets)
        served.kill()
    with serving_process(home, *FREE) as served:
        assert _ask(served, "getGenesisHash") == genesis
        markets = served.wait("/v1/markets", _alive)["items"]
        _moved(served, markets)
        last = _ask(served, "percosec_clock")["unixTimestamp"]
        assert served.stop() < STOP_SECONDS
    for name in ("chain.sqlite", "percosec.db", "lock"):
        assert (_folder(home) / name).is_file()
    (_folder(home) / "chain.sqlite").unlink()
    assert "give --fresh to begin anew" in _refusal(home)
    with serving_process(home, *FREE, "--fresh") as served:
        assert _ask(served, "percosec_clock")["unixTimestamp"] < last
        assert "another percosec serve uses" in _refusal(home)


def test_a_port_in_use_is_one_red_line(home: Path) -> None:
    with serving_process(home, *FREE, "--roles", "api,indexer", "--rpc", "http://127.0.0.1:1") as served:
        port = served.url.rpartition(":")[2]
        assert "stop what uses it, or choose another --port" in _refusal(home, "--port", port)


def test_fresh_is_only_for_a_local_chain(home: Path) -> None:
    refused = _refusal(home, "--fresh", "--roles", "api,indexer")
    assert "--fresh forgets a local chain, and this process has none" in refused
    refused = _refusal(home, "--fresh", "--database", f"sqlite:///{home}/mine.db")
    assert "the database is another: empty it yourself" in refused


def test_a_new_chain_beside_an_old_database_is_refused(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'x.db'}") as database:
        refuse_other_chain(database, continued=False)
        with database.session() as session:
            session.add(Watermark(program="risk_engine", signature="x", slot=5))
            session.commit()
        refuse_other_chain(database, continued=True)
        with pytest.raises(ServeError, match="give --fresh to begin anew, or another --database"):
            refuse_other_chain(database, continued=False)


def _first_transactions(served: Served) -> list[str]:
    body = served.wait("/v1/events?order=asc&limit=20", lambda found: len(found["items"]) == 20)
    return [each["signature"] for each in body["items"]]


def _ask(served: Served, method: str) -> Any:
    request = {"jsonrpc": "2.0", "id": 1, "method": method, "params": []}
    return httpx.post(served.document["rpc"], json=request, timeout=PATIENCE).json()["result"]


def _refusal(home: Path, *arguments: str) -> str:
    """The one line that a process leaves with."""
    command = [sys.executable, "-m", "offchain.cli", "serve", "--json", *arguments]
    if "--port" not in arguments:
        command += ["--port", "0", "--chain-port", "0"]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=2 * PATIENCE, check=False
    )
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.startswith("percosec: ") and done.stderr.count("\n") == 1
    return done.stderr
