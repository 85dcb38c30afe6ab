"""The app on a port: opened before anything else starts, closed by a signal."""

import asyncio
import contextlib
import logging
import signal
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import uvicorn
from litestar import Litestar

from offchain.live.wire import LiveProtocol
from offchain.serve.errors import ServeError
from offchain.serve.garbage import settle

SIGNALS = (signal.SIGINT, signal.SIGTERM)
CLOSE_SECONDS = 2
"""Clients with a connection have so long to take what was sent to them."""
LOOK_SECONDS = 0.05
WS_MESSAGE = 65_536
"""Bytes of a WebSocket message that are taken in at all; `[live]` says how many a client may send."""


@contextmanager
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """A socket; ServeError where the address can't be used."""
    try:
        family, kind, number, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        opened = socket.socket(family, kind, number)  # with the protocol named, asyncio switches Nagle off
    except (OSError, UnicodeError) as error:
        raise ServeError(f"{host} is no address to listen on ({error}): choose another --host") from None
    with opened:
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind(address)
            opened.listen(2_048)
        except OSError as error:
            raise ServeError(
                f"can't listen on {host} port {port} ({error.strerror}): stop what uses it, or choose another --port"
            ) from None
        yield opened


def url_of(opened: socket.socket) -> str:
    """Where a client on this machine finds it."""
    host, port = opened.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # any address is also this machine's
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def stop_on_signals() -> asyncio.Event:
    """Set by Ctrl-C or SIGTERM; a second one leaves at once."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def asked() -> None:
        for number in SIGNALS:
            loop.remove_signal_handler(number)
        stop.set()

    for number in SIGNALS:
        loop.add_signal_handler(number, asked)
    return stop


class Server:
    """uvicorn, without its own ideas about signals."""

    def __init__(self, app: Litestar, proxies: Sequence[str]) -> None:
        """`proxies`: addresses whose X-Forwarded-For is believed."""
        self._uvicorn = _Quiet(
            uvicorn.Config(
                app,
                log_config=None,
                log_level=logging.WARNING,
                access_log=False,
                ws=LiveProtocol,
                ws_max_size=WS_MESSAGE,
                ws_per_message_deflate=False,  # a compressor for each connection, and none for all of them together
                lifespan="on",
                proxy_headers=True,
                forwarded_allow_ips=list(proxies),
                server_header=False,
                timeout_graceful_shutdown=CLOSE_SECONDS,
            )
        )

    async def run(self, opened: socket.socket, stop: asyncio.Event, ready: asyncio.Event) -> None:
        """Serve until `stop` is set, and until the app's services have ended. ServeError when it can't start."""
        serving = asyncio.create_task(self._uvicorn.serve([opened]), name="server")
        watching = asyncio.create_task(self._watch(stop, ready), name="server-watch")
        try:
            await serving
        except SystemExit:
            raise ServeError("the app did not start: see the messages above") from None
        finally:
            watching.cancel()
            await asyncio.gather(watching, return_exceptions=True)

    async def _watch(self, stop: asyncio.Event, ready: asyncio.Event) -> None:
        while not self._uvicorn.started:
            await asyncio.sleep(LOOK_SECONDS)
        settle()
        ready.set()
        await stop.wait()
        self._uvicorn.should_exit = True


class _Quiet(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """The signals are ours."""
        yield
