"""uvicorn's WebSocket protocol, with a way for the hub to its transport: give `LiveProtocol` to uvicorn as `ws`.

Through ASGI every message of every client costs a task's turn and an encoding of its own, a client that does not read
can't be told why it is closed, and its connection stays until TCP gives up.
"""

from collections.abc import Mapping
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

from offchain.live.message import Message

EXTENSION = "percosec.wire"
"""Where a connection's ASGI scope holds its wire, among the extensions."""
CLOSE_SECONDS = 5.0
"""How long a client may take to answer a close frame before the connection is torn down."""


class LiveProtocol(WebSocketsSansIOProtocol):
    """One connection."""

    def handle_connect(self, event: Request) -> None:
        """Offer the wire to the application, which runs from the next turn of the loop on."""
        super().handle_connect(event)
        if self.response.status_code == 101:
            extensions: Any = self.scope["extensions"]
            extensions[EXTENSION] = Wire(self)

    def keepalive_timeout(self) -> None:
        """What waits for a dead client would keep the connection until TCP gives up."""
        super().keepalive_timeout()
        self.loop.call_later(CLOSE_SECONDS, self.transport.abort)


class Wire:
    """The way to one client: it never waits, and it knows how much is unread."""

    def __init__(self, protocol: LiveProtocol) -> None:
        self._protocol = protocol

    @property
    def waiting(self) -> int:
        """Bytes that were sent and have not left this process; what the kernel holds is not counted."""
        return self._protocol.transport.get_write_buffer_size()

    @property
    def closed(self) -> bool:
        """Whether nothing can be sent any more."""
        protocol = self._protocol
        return protocol.close_sent or protocol.disconnected or protocol.transport.is_closing()

    def send(self, message: Message) -> None:
        """Send it as soon as the client reads; nothing on a closed connection."""
        if not self.closed:
            self._protocol.transport.write(message.frame)

    def close(self, code: int, reason: str) -> None:
        """Say why, behind what is unread, and close; what does not answer within CLOSE_SECONDS is torn down."""
        if self.closed:
            return
        protocol = self._protocol
        protocol.queue.put_nowait({"type": "websocket.disconnect", "code": code, "reason": reason})
        protocol.conn.send_close(code, reason)
        protocol.transport.write(b"".join(protocol.conn.data_to_send()))
        protocol.close_sent = True
        if protocol.read_paused:
            protocol.read_paused = False
            protocol.transport.resume_reading()
        protocol.close_timer = protocol.loop.call_later(CLOSE_SECONDS, protocol.transport.abort)

    async def drained(self) -> None:
        """Until the client has read most of what was sent, or is gone."""
        await self._protocol.writable.wait()


def wire_of(scope: Mapping[str, Any]) -> Wire:
    """The wire of a connection; RuntimeError when the server was started without LiveProtocol."""
    found = (scope.get("extensions") or {}).get(EXTENSION)
    if not isinstance(found, Wire):
        raise RuntimeError("live updates need uvicorn with ws=offchain.live.wire.LiveProtocol")
    return found
