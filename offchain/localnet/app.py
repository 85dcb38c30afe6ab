"""The chain behind HTTP and WebSocket: one Litestar application, both on the same path."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from litestar import Litestar, Request, Response, WebSocket, get, post, websocket
from litestar.config.cors import CORSConfig
from litestar.datastructures import State
from litestar.exceptions import WebSocketDisconnect

from offchain.localnet.chain import LocalChain
from offchain.localnet.limits import SLOT_MILLISECONDS
from offchain.localnet.pubsub.session import Session
from offchain.localnet.rpc.dispatch import answer


def create_app(chain: LocalChain) -> Litestar:
    """The application for one chain. Browsers of any origin may use it, as with a test validator."""

    @post("/", operation_id="rpc", status_code=200)
    async def rpc(request: Request[None, None, State]) -> Response[bytes]:
        """One JSON-RPC request or a batch. A content-encoding header is ignored: anchorpy sends a false one."""
        return Response(answer(chain, await request.body()), media_type="application/json")

    @get("/health", operation_id="health")
    async def health() -> str:
        """For the tools that wait for a validator."""
        return "ok"

    @websocket("/")
    async def pubsub(socket: WebSocket[None, None, State]) -> None:
        """Subscriptions."""
        await socket.accept()
        session = Session(chain)
        chain.listen(session)
        sender = asyncio.create_task(_send(socket, session))
        try:
            while True:
                session.receive(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            chain.unlisten(session)
            sender.cancel()

    @asynccontextmanager
    async def ticking(_app: Litestar) -> AsyncIterator[None]:
        task = asyncio.create_task(_tick(chain))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return Litestar(
        [rpc, health, pubsub],
        cors_config=CORSConfig(allow_origins=["*"]),
        lifespan=[ticking],
        logging_config=None,
        openapi_config=None,
    )


async def _send(socket: WebSocket[None, None, State], session: Session) -> None:
    while (message := await session.outgoing.get()) is not None:
        await socket.send_data(message, mode="text")
    await socket.close(code=1008, reason="too many unread messages")


async def _tick(chain: LocalChain) -> None:
    while True:
        await asyncio.sleep(SLOT_MILLISECONDS / 1000)
        chain.tick()
