"""What one server process does and where it listens: `[serve]` of seahorse.toml, `PERCOSEC_SERVE_*` and flags."""

from dataclasses import dataclass

ROLES = MARKET, INDEXER, PROCESSOR, KEEPER, PRICES, MONITOR, API = (
    *("market", "indexer", "processor"),
    *("keeper", "prices", "monitor", "api"),
)
"""What a process can do, in the order in which it starts. `market` is a local chain with a running market on it."""
SERVICES = ROLES[1:]
"""What runs on any cluster."""
ANALYTICS = ("auto", "off", "on", "public")
_HIGHEST_PORT = 65_535


@dataclass(frozen=True)
class ServeSettings:
    """One process of `percosec serve`. Everything has a default."""

    roles: tuple[str, ...] = ()
    """Names of `ROLES`; empty: all of them, or `SERVICES` where a node or another cluster is given."""
    host: str = "127.0.0.1"
    """Address to listen on; beyond this machine put a reverse proxy with TLS before it."""
    port: int = 8080
    """Port of API, live updates and status; 0 takes a free one."""
    proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    """Addresses of reverse proxies, whose X-Forwarded-For says which client asks; others' is ignored."""
    data: str = ""
    """Folder of the local chain, its database and the log; empty: `percosec/serve` in the user's data folder."""
    chain_port: int = 8_899
    """Port of the local chain's JSON-RPC, WebSockets one higher; 0 takes free ones."""
    stop_seconds: int = 30
    """How long services may take to finish what they are at before they are cut off, seconds."""
    analytics: str = "auto"
    """The team's pages: `auto` (on a loopback address only), `off`, `on`, or `public` (on any address)."""

    def __post_init__(self) -> None:
        """ValueError names a value out of bounds."""
        unknown = [name for name in self.roles if name not in ROLES]
        if unknown:
            raise ValueError(f"roles names {unknown[0]!r}: choose from {', '.join(ROLES)}")
        if len(set(self.roles)) != len(self.roles):
            raise ValueError("roles names a role twice")
        if not self.host:
            raise ValueError("host is empty: 127.0.0.1 listens on this machine only")
        for name in ("port", "chain_port"):
            if not 0 <= getattr(self, name) <= _HIGHEST_PORT:
                raise ValueError(f"{name} must be 0 .. {_HIGHEST_PORT}, not {getattr(self, name)}")
        if self.stop_seconds < 1:
            raise ValueError(f"stop_seconds must be above 0, not {self.stop_seconds}")
        if self.analytics not in ANALYTICS:
            raise ValueError(f"analytics is {self.analytics!r}: choose one of {', '.join(ANALYTICS)}")
