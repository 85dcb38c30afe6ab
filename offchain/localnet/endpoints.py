"""Where a chain can be reached."""

from dataclasses import dataclass

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Endpoints:
    """URLs of a chain's JSON-RPC and WebSocket interfaces."""

    http: str
    ws: str


def local_endpoints(port: int, ws_port: int) -> Endpoints:
    """The endpoints on these ports of this machine."""
    return Endpoints(f"http://{HOST}:{port}", f"ws://{HOST}:{ws_port}")
