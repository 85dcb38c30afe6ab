"""Servers that speak the formats of Hermes and Binance over HTTP, and can go wrong in every way."""

import asyncio
import logging
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, sleep
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response, get
from litestar.status_codes import HTTP_200_OK

from tests.support.patience import PATIENCE

BTC = "e62df6c8b4a85fe1a67db44dc12de5db330f7ac66b72dc658afedf0f4a415b43"
ETH = "ff61491a931112ddf1bd8147cd1b641375f79f5825126d665480874634fd0ace"


SLOW_SECONDS = 10.0
"""Longer than any test waits for an answer that does not come, and that is longer than a busy machine needs for one."""


@dataclass
class Said:
    """What a server says about one feed or symbol."""

    price: int
    """1e-8 USD."""
    time: int
    """Unix seconds."""
    conf: int = 500_000_000
    """1e-8 USD, half the spread."""


@dataclass
class Exchange:
    """A server's prices and its fault: `none`, `slow`, `500`, `429`, `401`, `garbage`, `html`, `huge`, `redirect`."""

    says: dict[str, Said] = field(default_factory=dict)
    fault: str = "none"
    retry_after: str = ""
    asked: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    """Of the last request."""

    async def failing(self) -> Response[Any] | None:
        """The faulty answer, None when there is no fault."""
        self.asked += 1
        if self.fault == "slow":
            await asyncio.sleep(SLOW_SECONDS)
        patience = {"retry-after": self.retry_after} if self.retry_after else {}
        answers: dict[str, Response[Any]] = {
            "500": Response("internal error", status_code=500, media_type="text/plain"),
            "429": Response("slow down", status_code=429, media_type="text/plain", headers=patience),
            "401": Response("who are you", status_code=401, media_type="text/plain"),
            "garbage": Response(b'{"parsed": [{"id":', media_type="application/json"),
            "html": Response("<html>maintenance</html>", media_type="text/html"),
            "huge": Response(b"[" + b" " * (1 << 21) + b"]", media_type="application/json"),
            "redirect": Response(None, status_code=302, headers={"location": "/elsewhere"}),
        }
        return answers.get(self.fault)


def hermes(exchange: Exchange) -> Litestar:
    """Pyth's Hermes: the answer's shape is that of its API reference (Hermes 0.5, `/v2/updates/price/latest`)."""

    @get("/v2/updates/price/latest")
    async def latest(request: Request[Any, Any, Any]) -> Any:
        exchange.headers = dict(request.headers)
        if (broken := await exchange.failing()) is not None:
            return broken
        asked = [name.removeprefix("0x") for name in request.query_params.getall("ids[]")]
        unknown = [name for name in asked if name not in exchange.says]
        if unknown and request.query_params.get("ignore_invalid_price_ids") != "true":
            return Response(f"Price ids not found: 0x{unknown[0]}", status_code=404, media_type="text/plain")
        return {
            "binary": {"encoding": "hex", "data": ["504e4155010000000003b801"]},
            "parsed": [_feed(name, exchange.says[name]) for name in asked if name in exchange.says],
        }

    return Litestar([latest])


def _feed(name: str, said: Said) -> dict[str, Any]:
    price = {"price": str(said.price), "conf": str(said.conf), "expo": -8, "publish_time": said.time}
    return {
        "id": name,
        "price": price,
        "ema_price": {**price, "price": "1", "conf": "1"},
        "metadata": {"slot": 85480034, "proof_available_time": said.time + 1, "prev_publish_time": said.time - 1},
    }


def binance(exchange: Exchange) -> Litestar:
    """Binance's spot API: the answer's shape is that of its documentation (`/api/v3/ticker/24hr`, type FULL)."""

    @get("/api/v3/ticker/24hr")
    async def ticker(request: Request[Any, Any, Any]) -> Any:
        exchange.headers = dict(request.headers)
        if (broken := await exchange.failing()) is not None:
            return broken
        asked = [name.strip('"') for name in request.query_params["symbols"].strip("[]").split(",")]
        if any(name not in exchange.says for name in asked):
            return Response({"code": -1121, "msg": "Invalid symbol."}, status_code=400)
        return Response([_ticker(name, exchange.says[name]) for name in asked], status_code=HTTP_200_OK)

    return Litestar([ticker])


def _ticker(name: str, said: Said) -> dict[str, Any]:
    return {
        "symbol": name,
        "priceChange": "-94.99999800",
        "priceChangePercent": "-95.960",
        "weightedAvgPrice": "0.29628482",
        "prevClosePrice": "0.10002000",
        "lastPrice": _decimal(said.price),
        "lastQty": "200.00000000",
        "bidPrice": _decimal(said.price - said.conf),
        "bidQty": "100.00000000",
        "askPrice": _decimal(said.price + said.conf),
        "askQty": "100.00000000",
        "openPrice": "99.00000000",
        "highPrice": "100.00000000",
        "lowPrice": "0.10000000",
        "volume": "8913.30000000",
        "quoteVolume": "15.30000000",
        "openTime": (said.time - 86_400) * 1_000 + 40,
        "closeTime": said.time * 1_000 + 40,
        "firstId": 28385,
        "lastId": 28460,
        "count": 76,
    }


def _decimal(value: int) -> str:
    sign = "-" if value < 0 else ""
    return f"{sign}{abs(value) // 10**8}.{abs(value) % 10**8:08d}"


@contextmanager
def listening(app: Litestar, port: int = 0) -> Iterator[str]:
    """Serve an app from a background thread; gives its address."""
    opened = socket.socket(proto=socket.IPPROTO_TCP)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(("127.0.0.1", port))
    opened.listen()
    config = uvicorn.Config(app, log_level=logging.ERROR, access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = Thread(target=server.run, kwargs={"sockets": [opened]}, daemon=True)
    thread.start()
    deadline = monotonic() + PATIENCE
    while not server.started:
        assert thread.is_alive() and monotonic() < deadline, "the server did not start"
        sleep(0.005)
    try:
        yield f"http://127.0.0.1:{opened.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        opened.close()
