"""Addresses of nodes: what is a URL, which cluster a host stands for, and where WebSockets listen."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from offchain.settings.table import SettingsError

PUBLIC = ("mainnet", "devnet", "testnet")
"""Words in the host names of public clusters' nodes."""


def split_url(url: str, schemes: tuple[str, ...], key: str) -> SplitResult:
    """The parts of a URL; SettingsError when it is none, or of another scheme."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in schemes and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise SettingsError(f"{key} {shown(url)!r} is no URL: write for example {schemes[0]}://127.0.0.1:8899")
    return parts


def is_loopback(host: str) -> bool:
    """Whether this name or address means the machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def cluster_of(host: str) -> str | None:
    """The public cluster that a host name speaks of (api.devnet.solana.com), None where it tells nothing."""
    return next((name for name in PUBLIC if name in host), None)


def websocket_of(url: str) -> str:
    """Where a node at this URL listens for WebSockets: the same place, one port higher if one is named."""
    parts = split_url(url, ("http", "https"), "--rpc")
    scheme = "wss" if parts.scheme == "https" else "ws"
    if parts.port is None:
        return parts._replace(scheme=scheme).geturl()
    place = parts.netloc.removesuffix(f":{parts.port}")
    return parts._replace(scheme=scheme, netloc=f"{place}:{parts.port + 1}").geturl()


def shown(url: str) -> str:
    """The URL as it may be printed: paths, queries and passwords of RPC providers are secrets."""
    scheme, separator, rest = url.partition("://")
    if not separator:
        return url[:80]
    host = rest.split("/", 1)[0].split("?", 1)[0]
    hidden = "/..." if rest.strip("/") != host else ""
    return f"{scheme}://{'...@' if '@' in host else ''}{host.rpartition('@')[2]}{hidden}"
