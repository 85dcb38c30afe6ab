"""What one would write: a Litestar handler that keeps its sockets in a list and sends each of them JSON.

It hears of the pool's program by solana-py's WebSocket client, reads the pool's account and decodes it by anchorpy's
class. Run as `python -m scripts.benches.live.plain HTTP WS POOL PORT`.
"""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn
from litestar import Litestar, WebSocket, get, websocket
from litestar.datastructures import State
from litestar.exceptions import WebSocketDisconnect
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Confirmed
from solana.rpc.websocket_api import connect
from solders.pubkey import Pubkey
from solders.rpc.config import RpcTransactionLogsFilterMentions

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import InsurancePool


def create_app(http: str, ws: str, pool: Pubkey) -> Litestar:
    """The application."""
    sockets: list[WebSocket[Any, Any, Any]] = []

    @websocket("/v1/ws")
    async def live(socket: WebSocket[None, None, State]) -> None:
        await socket.accept()
        sockets.append(socket)
        try:
            while True:
                await socket.receive_text()
        except WebSocketDisconnect:
            sockets.remove(socket)

    @get("/v1/health")
    async def health() -> str:
        return "ok"

    @asynccontextmanager
    async def following(_app: Litestar) -> AsyncIterator[None]:
        task = asyncio.create_task(follow(http, ws, pool, sockets))
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return Litestar([live, health], lifespan=[following], logging_config=None)


async def follow(http: str, ws: str, pool: Pubkey, sockets: list[WebSocket[Any, Any, Any]]) -> None:
    """Tell all of them of every transaction of the program."""
    async with AsyncClient(http, commitment=Confirmed) as client, connect(ws) as chain:
        await chain.logs_subscribe(RpcTransactionLogsFilterMentions(LOCALNET.insurance_pool), Confirmed)
        await chain.recv()
        async for _ in chain:
            found = await InsurancePool.fetch(client, pool, Confirmed, LOCALNET.insurance_pool)
            if found is None:
                continue
            shown = {name: str(value) for name, value in vars(found).items()}
            for socket in list(sockets):
                await socket.send_json({"topic": "pool", "pool": shown})


if __name__ == "__main__":
    node, events, account, port = sys.argv[1:]
    uvicorn.run(create_app(node, events, Pubkey.from_string(account)), port=int(port), log_level="warning")
