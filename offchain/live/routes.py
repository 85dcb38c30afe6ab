"""`GET /v1/ws`."""

from litestar import WebSocket, websocket
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.exceptions import PermissionDeniedException
from litestar.types import ControllerRouterHandler

from offchain.live.door import may_ask
from offchain.live.live import Live
from offchain.live.wire import wire_of

PATH = "/v1/ws"


@websocket(PATH)
async def live_socket(socket: WebSocket[None, None, State], live: NamedDependency[Live]) -> None:
    """Live updates, see docs/live.md. A page of a site that is not allowed gets 403 and no connection."""
    if not may_ask(socket.headers.get("origin"), socket.headers.get("host"), live.origins):
        raise PermissionDeniedException("pages of this site may not connect: its origin is not on the allow-list")
    wire = wire_of(socket.scope)
    await socket.accept()
    await live.serve(wire, socket.client.host if socket.client else "", socket.receive)


ROUTES: list[ControllerRouterHandler] = [live_socket]
