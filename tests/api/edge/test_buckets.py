"""Token buckets on a clock of one's own."""

import pytest

from offchain.api.edge import buckets as module
from offchain.api.edge.buckets import Buckets, client_key


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_then_the_rate() -> None:
    clock = Clock()
    buckets = Buckets(rate=2, burst=3, clock=clock)
    assert [buckets.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]
    assert buckets.take("b") == 0.0
    clock.now = 0.25
    assert buckets.take("a") == pytest.approx(0.25)
    clock.now = 0.5
    assert buckets.take("a") == 0.0
    clock.now = 100.0
    assert [buckets.take("a") for _ in range(4)] == [0.0, 0.0, 0.0, 0.5]


def test_no_rate_is_no_limit() -> None:
    buckets = Buckets(rate=0, burst=0)
    assert {buckets.take("a") for _ in range(1_000)} == {0.0}


def test_memory_is_bounded_and_forgets_the_longest_idle(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 2)
    buckets = Buckets(rate=1, burst=1, clock=Clock())
    for address in ("a", "b", "a", "c"):
        buckets.take(address)
    assert buckets.take("a") > 0
    assert buckets.take("b") == 0.0


@pytest.mark.parametrize(
    ("host", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("not:an:address", "not:an:address"),
    ],
)
def test_who_counts_as_one_client(host: str, key: str) -> None:
    assert client_key(host) == key
