"""The price feeds on a chain, by what people call them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.oracles.feed_ids import (
    HEX_ID,
    PAIR,
    FeedSource,
    publisher_feed,
    pyth_feed,
    source_name,
    switchboard_feed,
)
from offchain.chain.units import format_price
from offchain.creation.errors import CreationError
from offchain.settings.markets import MarketSettings
from offchain.settings.prices import PairSettings


@dataclass(frozen=True)
class Feed:
    """One feed."""

    address: Pubkey
    account: PriceFeed
    pair: str
    """What its price is of, where seahorse.toml says so; else empty."""

    @property
    def source(self) -> FeedSource:
        """Who writes it."""
        return source_name(self.account.source)

    @property
    def label(self) -> str:
        """Pair or address, source and price."""
        price = f"{format_price(self.account.price)} USD" if self.account.price else "no price yet"
        return f"{self.pair or self.address} ({self.source}, {price})"


def read_feeds(chain: Chain, at: Addresses, names: Mapping[Pubkey, str]) -> list[Feed]:
    """Every feed that the admin has opened; `names` maps feed ids to pairs."""
    found = chain.owned_by(at.risk_engine, bytes(PriceFeed.discriminator))
    feeds = [(address, decode(PriceFeed, account.data)) for address, account in found]
    return sorted((Feed(key, feed, names.get(feed.feed_id, "")) for key, feed in feeds), key=lambda feed: feed.label)


def pair_names(markets: Iterable[MarketSettings], pairs: Mapping[str, PairSettings]) -> dict[Pubkey, str]:
    """Feed id -> pair, for every pair that seahorse.toml names."""
    names: dict[Pubkey, str] = {}
    for pair in {*pairs, *(market.pair for market in markets)}:
        if PAIR.fullmatch(pair):
            names[publisher_feed(pair)] = pair
    for pair, called in pairs.items():
        if called.pyth:
            names[pyth_feed(called.pyth)] = pair
        if called.switchboard:
            names[switchboard_feed(called.switchboard)] = pair
    return names


def find_feed(feeds: list[Feed], text: str) -> Feed:
    """The feed of a pair, a Pyth id in hex, a feed id or a feed's address; CreationError lists them otherwise."""
    text = text.strip()
    wanted = _ids(text)
    found = [feed for feed in feeds if feed.pair == text or wanted & {feed.address, feed.account.feed_id}]
    if len(found) == 1:
        return found[0]
    if found:
        choice = "; ".join(f"{feed.address} {feed.label}" for feed in found)
        raise CreationError(f"{text} has several feeds, give the address of one: {choice}")
    known = "; ".join(feed.label for feed in feeds) or "there is none"
    raise CreationError(
        f"there is no feed {text[:70]!r} on this chain ({known}): the admin opens one with "
        "`percosec admin plan open-feed`"
    )


def _ids(text: str) -> set[Pubkey]:
    if HEX_ID.fullmatch(text):
        return {pyth_feed(text)}
    try:
        return {Pubkey.from_string(text)}
    except ValueError:
        return set()
