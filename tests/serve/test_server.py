"""Where a server listens."""

import socket

import pytest

from offchain.serve.errors import ServeError
from offchain.serve.server import listening, url_of


def test_a_free_port_is_found_and_told() -> None:
    with listening("127.0.0.1", 0) as opened:
        assert url_of(opened) == f"http://127.0.0.1:{opened.getsockname()[1]}"
        with socket.create_connection(opened.getsockname()):
            pass


def test_every_address_is_also_this_machines() -> None:
    with listening("0.0.0.0", 0) as opened:
        assert url_of(opened).startswith("http://127.0.0.1:")
    with listening("::1", 0) as opened:
        assert url_of(opened).startswith("http://[::1]:")


def test_a_port_in_use_and_no_address_are_one_sentence() -> None:
    with (
        listening("127.0.0.1", 0) as opened,
        pytest.raises(ServeError, match="stop what uses it, or choose another --port"),
        listening("127.0.0.1", opened.getsockname()[1]),
    ):
        pass
    with pytest.raises(ServeError, match="no address to listen on"), listening("no such host.invalid", 0):
        pass
