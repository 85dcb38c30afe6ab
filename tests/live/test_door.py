"""Who may connect."""

import pytest

from offchain.live.door import Door, may_ask, network_of
from offchain.settings.live import LiveSettings


def test_addresses_of_one_network_share_their_connections() -> None:
    assert network_of("2001:db8::1") == network_of("2001:db8::ffff:1") != network_of("2001:db8:0:1::1")
    assert network_of("::ffff:192.0.2.1") == network_of("192.0.2.1") != network_of("192.0.2.2")
    door = Door(LiveSettings(clients_per_address=1))
    assert door.enter("2001:db8::1") is None and door.enter("2001:db8::2") is not None
    assert door.enter("192.0.2.1") is None
    door.leave("2001:db8::1")
    assert door.enter("2001:db8::2") is None and door.open == 2


@pytest.mark.parametrize(
    ("origin", "host", "may"),
    [
        (None, "api.example", True),
        ("https://api.example", "api.example", True),
        ("http://127.0.0.1:8080", "127.0.0.1:8080", True),
        ("https://app.example", "api.example", True),
        ("https://evil.example", "api.example", False),
        ("null", "api.example", False),
        ("https://api.example", None, False),
    ],
)
def test_pages_may_connect_from_here_and_from_the_list(origin: str | None, host: str | None, may: bool) -> None:
    assert may_ask(origin, host, {"https://app.example"}) is may
