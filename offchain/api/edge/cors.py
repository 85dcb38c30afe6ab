"""Which other sites' pages may read answers: those on the operator's list, each named in full."""

from offchain.api.edge.headers import Headers

METHODS = b"GET, HEAD, POST, OPTIONS"
REQUEST_HEADERS = b"accept, content-type, if-none-match"
EXPOSED = b"etag, retry-after, link"
DAY = b"86400"


class Origins:
    """The allow-list."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self._allowed = {origin.rstrip("/").encode() for origin in allowed}
        self._vary: Headers = [(b"vary", b"origin")] if allowed else []

    def answer_headers(self, origin: bytes | None) -> Headers:
        """What any answer says to a page of this origin."""
        if origin is None or origin not in self._allowed:
            return self._vary
        return [*self._vary, (b"access-control-allow-origin", origin), (b"access-control-expose-headers", EXPOSED)]

    def preflight_headers(self, origin: bytes) -> Headers:
        """What a browser is told that asks before it sends; nothing is granted to others."""
        found = self.answer_headers(origin)
        if origin not in self._allowed:
            return found
        return [
            *found,
            (b"access-control-allow-methods", METHODS),
            (b"access-control-allow-headers", REQUEST_HEADERS),
            (b"access-control-max-age", DAY),
        ]
