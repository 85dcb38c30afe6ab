"""What an operator may choose for the API as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ApiOptions:
    """Limits and permissions, the same for every route."""

    origins: tuple[str, ...] = ()
    """Other sites whose pages may read the API, such as `https://app.example.org`; none by default."""
    connect: tuple[str, ...] = ()
    """Addresses besides our own that pages served by this app may connect to, such as a node's."""
    rate: int = 50
    """Requests a second of one address, on average; 0 means no limit."""
    burst: int = 200
    """Requests of one address at once."""
    max_body: int = 65_536
    """Bytes of a request's body."""
    max_query: int = 2_048
    """Bytes of a request's query."""
    hsts: bool = False
    """Say Strict-Transport-Security: only where every request arrives over TLS."""

    def __post_init__(self) -> None:
        """ValueError for a limit that lets nothing through."""
        for name in ("rate", "burst", "max_body", "max_query"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} must not be negative")
        if self.rate and self.burst < 1:
            raise ValueError("burst must be at least 1 where rate is set")
        if "*" in self.origins:
            raise ValueError("origins are named one by one: '*' would let every site read a private API")
