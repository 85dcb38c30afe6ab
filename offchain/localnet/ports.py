"""Free ports on this machine."""

import random
import socket

from offchain.localnet.endpoints import HOST
from offchain.localnet.errors import LocalnetError

_LOWEST, _HIGHEST = 20_000, 32_000
"""Below the range from which systems hand out ports by themselves."""

_TRIES = 50


def free_block(size: int) -> int:
    """The first of `size` neighbouring free ports. Raises LocalnetError if none are found."""
    for _ in range(_TRIES):
        first = random.randrange(_LOWEST, _HIGHEST - size)  # noqa: S311  # no secret
        if all(_is_free(port) for port in range(first, first + size)):
            return first
    raise LocalnetError(f"no {size} neighbouring free ports between {_LOWEST} and {_HIGHEST}: close other programs")


def _is_free(port: int) -> bool:
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
        with socket.socket(socket.AF_INET, kind) as probe:
            try:
                probe.bind((HOST, port))
            except OSError:
                return False
    return True
