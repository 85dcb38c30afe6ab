"""The chain on ports of this machine."""

import logging
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep

import uvicorn

from offchain.localnet.app import create_app
from offchain.localnet.chain import LocalChain
from offchain.localnet.endpoints import HOST, Endpoints, local_endpoints
from offchain.localnet.errors import LocalnetError

HTTP_PORT = 8899
WS_PORT = 8900
_START_SECONDS = 10.0


@contextmanager
def serving(chain: LocalChain, port: int = 0, ws_port: int = 0) -> Iterator[Endpoints]:
    """Serve `chain` from a background thread; port 0 takes a free one. WebSockets work on both ports.

    Raises LocalnetError if a port is in use.
    """
    with _listening(port, ws_port) as sockets:
        server = _server(chain)
        thread = Thread(target=server.run, kwargs={"sockets": sockets}, name="percosec-localnet", daemon=True)
        thread.start()
        try:
            _wait_started(server, thread)
            yield _endpoints(sockets)
        finally:
            server.should_exit = True
            thread.join(timeout=_START_SECONDS)


def serve(chain: LocalChain, port: int, ws_port: int, ready: Callable[[Endpoints], None]) -> None:
    """Serve `chain` until interrupted. Calls `ready` once the ports are open. Raises LocalnetError if one is in use."""
    with _listening(port, ws_port) as sockets:
        ready(_endpoints(sockets))
        _server(chain).run(sockets=sockets)


def _server(chain: LocalChain) -> uvicorn.Server:
    return uvicorn.Server(
        uvicorn.Config(
            create_app(chain),
            log_level=logging.WARNING,
            access_log=False,
            ws="websockets-sansio",
            timeout_graceful_shutdown=1,
        )
    )


@contextmanager
def _listening(port: int, ws_port: int) -> Iterator[list[socket.socket]]:
    with _bind(port) as http, _bind(ws_port) as ws:
        yield [http, ws]


def _bind(port: int) -> socket.socket:
    opened = socket.socket(proto=socket.IPPROTO_TCP)  # asyncio switches Nagle off only for a named protocol
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        opened.bind((HOST, port))
        opened.listen()
    except (OSError, OverflowError) as error:
        opened.close()
        raise LocalnetError(
            f"cannot listen on port {port} ({error}): stop what uses it or choose others with --port and --ws-port"
        ) from None
    return opened


def _endpoints(sockets: list[socket.socket]) -> Endpoints:
    http, ws = (opened.getsockname()[1] for opened in sockets)
    return local_endpoints(http, ws)


def _wait_started(server: uvicorn.Server, thread: Thread) -> None:
    deadline = monotonic() + _START_SECONDS
    while not server.started:
        if not thread.is_alive() or monotonic() > deadline:
            raise LocalnetError("the local chain's server did not start: see the messages above")
        sleep(0.005)
