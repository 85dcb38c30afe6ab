"""What every source of prices can do."""

from typing import Protocol

from offchain.prices.quote import Quote


class Source(Protocol):
    """Gives the latest price of some pairs, all in one request."""

    name: str
    """As in the settings, one of `SOURCES`."""
    pairs: tuple[str, ...]
    """The pairs it has."""
    is_live: bool
    """Whether its prices happen now. A recording may be played so fast that honest steps look wild."""

    async def quotes(self, now_ms: int) -> list[Quote]:
        """The latest quotes, at most one a pair, pairs it does not know today left out; SourceError when it has none.

        `now_ms` is the time in force, unix milliseconds.
        """

    async def close(self) -> None:
        """Close connections."""
