"""One message for any number of clients: encoded once, framed once."""

import msgspec

from offchain.live.frames import Answer

_encode = msgspec.json.Encoder().encode
_SHORT, _MIDDLE = 126, 65_536


class Message:
    """JSON, and the same as a whole WebSocket text frame (RFC 6455: frames to clients are not masked)."""

    __slots__ = ("frame", "payload")

    def __init__(self, answer: Answer) -> None:
        self.payload = _encode(answer)
        self.frame = _header(len(self.payload)) + self.payload

    def __len__(self) -> int:
        """Bytes on the wire."""
        return len(self.frame)


def _header(length: int) -> bytes:
    """Final text frame of this many bytes."""
    if length < _SHORT:
        return bytes((0x81, length))
    if length < _MIDDLE:
        return b"\x81\x7e" + length.to_bytes(2, "big")
    return b"\x81\x7f" + length.to_bytes(8, "big")
