"""Who may connect: by the address of the client and by the page that asks."""

from collections import Counter
from collections.abc import Collection
from ipaddress import IPv6Address, ip_address, ip_network

from offchain.settings.live import LiveSettings

ANY = "*"
_NETWORK_BITS = 64


class Door:
    """Counts the connections of each address."""

    def __init__(self, settings: LiveSettings) -> None:
        self._settings = settings
        self._open: Counter[str] = Counter()
        self.refused = 0

    @property
    def open(self) -> int:
        """Connections at the moment."""
        return self._open.total()

    def enter(self, address: str) -> str | None:
        """Count a connection in; why not, when there are too many."""
        place = network_of(address)
        if self.open >= self._settings.clients:
            self.refused += 1
            return "the server has all the connections it takes: try again later"
        if self._open[place] >= self._settings.clients_per_address:
            self.refused += 1
            return f"{self._settings.clients_per_address} connections of one address: close one, use more topics on it"
        self._open[place] += 1
        return None

    def leave(self, address: str) -> None:
        """Count it out again."""
        place = network_of(address)
        self._open[place] -= 1
        if not self._open[place]:
            del self._open[place]


def network_of(address: str) -> str:
    """What counts as one address: of IPv6 the network of 64 bits, which is what one subscriber gets."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return str(ip_network((found, _NETWORK_BITS), strict=False))
    return str(found)


def may_ask(origin: str | None, host: str | None, allowed: Collection[str]) -> bool:
    """Whether a page of this origin may connect: one of the allow-list or of this server itself.

    Programs other than browsers send no origin; browsers always do.
    """
    if origin is None or ANY in allowed or origin in allowed:
        return True
    return host is not None and origin.partition("://")[2] == host
