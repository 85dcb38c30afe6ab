"""Pyth's Hermes: `GET /v2/updates/price/latest?ids[]=ID`."""

from collections.abc import Mapping

import msgspec

from offchain.chain.oracles.feed_ids import pyth_feed
from offchain.prices.errors import SourceError
from offchain.prices.quote import Quote, checked_time, micro
from offchain.prices.sources.http import connect, fetch
from offchain.settings.prices import PYTH

KEY_NAME = "PYTH_API_KEY"
"""Environment variable with the key that Hermes servers ask for."""
PATH = "v2/updates/price/latest"


class _Price(msgspec.Struct):
    price: str
    conf: str
    expo: int
    publish_time: int


class _Feed(msgspec.Struct):
    id: str
    price: _Price


class _Answer(msgspec.Struct):
    parsed: list[_Feed]


class PythSource:
    """All pairs in one request a second, far below the limit of Hermes (30 in ten seconds)."""

    name = PYTH
    is_live = True

    def __init__(self, url: str, feeds: Mapping[str, str], timeout_ms: int, key: str = "") -> None:
        """`feeds`: pair -> id, 64 hexadecimal digits (FeedError for others). The key is sent as a bearer token."""
        self._pairs = {bytes(pyth_feed(feed)).hex(): pair for pair, feed in feeds.items()}
        self.pairs = tuple(feeds)
        headers = {"authorization": f"Bearer {key}"} if key else None
        self._client = connect(url, timeout_ms, headers)
        query = [("ids[]", feed) for feed in self._pairs]
        # One id that Pyth has dropped must not take the others' prices away.
        self._query = [*query, ("parsed", "true"), ("ignore_invalid_price_ids", "true")]

    async def quotes(self, now_ms: int) -> list[Quote]:
        """See `Source.quotes`."""
        answer = await fetch(self._client, PATH, self._query, _Answer, KEY_NAME)
        try:
            return [self._quote(feed) for feed in answer.parsed if feed.id in self._pairs]
        except ValueError as error:
            raise SourceError("garbage", f"{self._client.base_url.host} answered nonsense: {error}") from None

    async def close(self) -> None:
        """See `Source.close`."""
        await self._client.aclose()

    def _quote(self, feed: _Feed) -> Quote:
        price, conf = micro(_integer(feed.price.price), feed.price.expo), _integer(feed.price.conf)
        return Quote(
            pair=self._pairs[feed.id],
            source=self.name,
            price=price,
            conf=micro(conf, feed.price.expo, up=True),
            publish_time=checked_time(feed.price.publish_time),
        )


def _integer(text: str) -> int:
    if not text.removeprefix("-").isdecimal() or not text.isascii() or len(text) > 30:
        raise ValueError(f"{text[:20]!r} is no integer")
    return int(text)
