"""A WebSocket client that costs next to nothing, so that thousands of them measure the server and not themselves."""

import asyncio
import base64
import re
import secrets
from collections.abc import Callable
from time import monotonic_ns

KEY = re.compile(rb'"total_shares":"(\d+)"')
"""What tells the updates apart: every deposit makes new shares."""
_TEXT, _PING, _PONG = 1, 9, 10
_SHORT = 126
Seen = Callable[["Client", bytes, int], None]


class Client(asyncio.Protocol):
    """Shakes hands, asks for a topic, and tells of every frame that names shares."""

    def __init__(self, path: str, ask: bytes, ready: Callable[[], None], seen: Seen, lost: Callable[[], None]) -> None:
        """`ask`: a message to send first, empty for none."""
        self._path, self._ask = path, ask
        self._ready, self._seen, self._lost = ready, seen, lost
        self.latest = ""
        """The last update that it saw."""
        self._buffer = b""
        self._open = False
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the upgrade."""
        self._transport = transport  # type: ignore[assignment]
        key = base64.b64encode(secrets.token_bytes(16)).decode()
        head = f"GET {self._path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        self._send(f"{head}Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())

    def data_received(self, data: bytes) -> None:
        """Whatever the server sent, complete frames only."""
        now = monotonic_ns()
        self._buffer += data
        if not self._open and not self._upgraded():
            return
        while (frame := self._frame()) is not None:
            self._take(*frame, now)

    def connection_lost(self, exc: Exception | None) -> None:
        """The server closed it, or the measurement is over."""
        self._lost()

    def close(self) -> None:
        """Be done."""
        if self._transport is not None:
            self._transport.abort()

    def _upgraded(self) -> bool:
        head, end, rest = self._buffer.partition(b"\r\n\r\n")
        if not end:
            return False
        if b" 101 " not in head:
            self.close()
            return False
        self._buffer, self._open = rest, True
        if self._ask:
            self._send(masked(_TEXT, self._ask))
        else:
            self._ready()
        return True

    def _frame(self) -> tuple[int, bytes] | None:
        """The next whole frame: opcode and payload."""
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        length, start = buffer[1], 2
        if length >= _SHORT:
            start = 4 if length == _SHORT else 10
            length = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + length:
            return None
        self._buffer = buffer[start + length :]
        return buffer[0] & 15, buffer[start : start + length]

    def _take(self, kind: int, payload: bytes, now: int) -> None:
        if kind == _PING:
            self._send(masked(_PONG, payload))
        elif kind == _TEXT:
            if payload.startswith(b'{"type":"snapshot"'):
                self._ready()
            else:
                self._seen(self, payload, now)

    def _send(self, data: bytes) -> None:
        if self._transport is not None:
            self._transport.write(data)


def masked(kind: int, payload: bytes) -> bytes:
    """A client's frame; the mask of zeros is allowed, and saves the work."""
    length = len(payload)
    head = bytes((0x80 | kind, 0x80 | length)) if length < _SHORT else b""
    if not head:
        head = bytes((0x80 | kind, 0x80 | _SHORT)) + length.to_bytes(2, "big")
    return head + bytes(4) + payload
