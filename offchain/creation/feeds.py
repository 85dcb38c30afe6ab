"""The price feeds on a chain, by what people call them."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.oracles.feed_ids import HEX_ID, PAIR, SOURCES, publisher_feed, pyth_feed
from offchain.chain.units import format_price
from offchain.creation.errors import CreationError
from offchain.settings.project import Cluster


@dataclass(frozen=True)
class Feed:
    """One feed."""

    address: Pubkey
    account: PriceFeed
    pair: str
    """What its price is of, where seahorse.toml says so; else empty."""

    @property
    def source(self) -> str:
        """Who writes it."""
        return next((name for name, number in SOURCES.items() if number == self.account.source), "unknown")

    @property
    def label(self) -> str:
        """Pair or address, source and price."""
        price = f"{format_price(self.account.price)} USD" if self.account.price else "no price yet"
        return f"{self.pair or self.address} ({self.source}, {price})"


def read_feeds(chain: Chain, at: Addresses, cluster: Cluster) -> list[Feed]:
    """Every feed that the admin has opened."""
    found = chain.owned_by(at.risk_engine, bytes(PriceFeed.discriminator))
    names = {publisher_feed(market.pair): market.pair for market in cluster.markets if PAIR.fullmatch(market.pair)}
    feeds = [(address, decode(PriceFeed, account.data)) for address, account in found]
    return sorted((Feed(key, feed, names.get(feed.feed_id, "")) for key, feed in feeds), key=lambda feed: feed.label)


def find_feed(feeds: list[Feed], text: str) -> Feed:
    """The feed of a pair (publisher), a Pyth id in hex, a feed id or a feed's address; CreationError lists them."""
    wanted = _ids(text.strip())
    for feed in feeds:
        if wanted & {feed.address, feed.account.feed_id}:
            return feed
    known = "; ".join(feed.label for feed in feeds) or "there is none"
    raise CreationError(
        f"there is no feed {text[:70]!r} on this chain ({known}): the admin opens one with "
        "`percosec admin plan open-feed`"
    )


def _ids(text: str) -> set[Pubkey]:
    if PAIR.fullmatch(text):
        return {publisher_feed(text)}
    if HEX_ID.fullmatch(text):
        return {pyth_feed(text)}
    try:
        return {Pubkey.from_string(text)}
    except ValueError:
        return set()
