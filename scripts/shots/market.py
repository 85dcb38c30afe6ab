"""`percosec serve` in a temporary home: raced through the crash, stopped when the block ends."""

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx

from scripts.benches.processes import python, running, tail
from scripts.shots.errors import ShotError

BEGIN = datetime(2020, 3, 9, 12, tzinfo=UTC)
"""Some days before the crash, so that pools and scores have a history."""
UNTIL = datetime(2020, 3, 13, 4, tzinfo=UTC)
"""An hour after the second fall; until then the market races."""
PATIENCE_SECONDS = 1_200.0
LOOK_SECONDS = 0.5


class Market:
    """A server and how far its market is."""

    def __init__(self, url: str) -> None:
        self.url = url

    def get(self, path: str) -> Any:
        """A body of the API; None while it can't be had."""
        try:
            answer = httpx.get(self.url + path, timeout=20)
        except httpx.TransportError:
            return None
        return answer.json() if answer.status_code == httpx.codes.OK else None

    def claims(self) -> list[dict[str, Any]]:
        """Every claim of the first page; ShotError when the server does not answer."""
        found = self.get("/v1/claims?limit=200")
        if found is None:
            raise ShotError(f"{self.url} does not answer")
        return list(found["items"])

    def chain_time(self) -> int:
        """Seconds of the market's newest price; 0 without one."""
        found = self.get("/v1/markets")
        return max((market["price_time"] for market in found["items"]), default=0) if found else 0


@contextmanager
def crashed(folder: Path, progress: Callable[[int, int], None]) -> Iterator[Market]:
    """A market after the crash, with every claim paid; `progress` hears seconds passed and seconds in all.

    ShotError with the log's end when the server ends or is too slow.
    """
    log = folder / "serve.log"
    command = python(
        "-m", "offchain.cli", "serve", "--json", "--port", "0", "--chain-port", "0", "--start", _iso(BEGIN)
    )
    with running(command, log, _environment(folder)) as process:
        market: Market | None = None
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE_SECONDS:
            if process.poll() is not None:
                raise ShotError(f"the server ended: {tail(log)}")
            market = market or _announced(log)
            if market:
                passed = market.chain_time() - int(BEGIN.timestamp())
                progress(max(passed, 0), _whole())
                if passed >= _whole() and _are_paid(market.claims()):
                    yield market
                    return
            time.sleep(LOOK_SECONDS)
        raise ShotError(f"the crash was not over after {PATIENCE_SECONDS:.0f} s: {tail(log)}")


def _whole() -> int:
    return int((UNTIL - BEGIN).total_seconds())


def _are_paid(claims: list[dict[str, Any]]) -> bool:
    return bool(claims) and all(claim["state"] == "paid" for claim in claims)


def _announced(log: Path) -> Market | None:
    """The server as soon as its addresses stand in the log, which holds one object a line."""
    for line in log.read_text(errors="replace").splitlines():
        if line.startswith('{"roles"') and line.endswith("}"):
            return Market(json.loads(line)["url"])
    return None


def _iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M")


def _environment(home: Path) -> dict[str, str]:
    """Of a user who has set nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PERCOSEC_", "XDG_"))}
    return {**kept, "HOME": str(home), "PERCOSEC_STAGE_SLOW_FROM": str(int(UNTIL.timestamp()))}
