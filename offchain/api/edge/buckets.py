"""Token buckets by address: how often one client may ask."""

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address
from time import monotonic

MOST = 20_000
"""Addresses remembered; the longest idle one is forgotten first."""
_PREFIX = 64
"""Bits of an IPv6 address that one customer of a network is given."""


class Buckets:
    """Of one process: replicas each count for themselves."""

    def __init__(self, rate: int, burst: int, clock: Callable[[], float] = monotonic) -> None:
        """`rate` requests a second, `burst` at once; a rate of 0 refuses nothing."""
        self._rate = rate
        self._burst = float(burst)
        self._clock = clock
        self._filled: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> float:
        """Take a token: 0.0 when there was one, otherwise the seconds until there is."""
        if not self._rate:
            return 0.0
        now = self._clock()
        tokens, since = self._filled.get(address, (self._burst, now))
        tokens = min(self._burst, tokens + (now - since) * self._rate)
        wait = 0.0 if tokens >= 1 else (1 - tokens) / self._rate
        self._filled[address] = (tokens - 1 if wait == 0.0 else tokens, now)
        self._filled.move_to_end(address)
        if len(self._filled) > MOST:
            self._filled.popitem(last=False)
        return wait


def client_key(host: str) -> str:
    """Who counts as one client: an IPv4 address, or the network of an IPv6 address."""
    if ":" not in host:
        return host
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(IPv6Address(int(address) >> (128 - _PREFIX) << (128 - _PREFIX)))
