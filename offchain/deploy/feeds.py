"""The price feeds that the markets of a deployment read."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.chain.oracles.feed_ids import PUBLISHER, SOURCES, feed_id
from offchain.deploy.errors import DeployError
from offchain.deploy.target import Target
from offchain.settings.markets import MarketSettings

_WRITER = b"writer"
"""Seed of the address with which an adapter signs, followed by the feed's id; the risk engine derives the same."""


@dataclass(frozen=True)
class Feed:
    """One feed of the risk engine."""

    pair: str
    source: str
    feed_id: Pubkey
    address: Pubkey
    number: int
    """The source as the risk engine numbers it."""
    given_writer: Pubkey
    """What `open_feed` is given: a publisher's key, or an adapter's program id."""

    @property
    def writer(self) -> Pubkey:
        """Who the feed takes prices from."""
        if self.source == PUBLISHER:
            return self.given_writer
        return Pubkey.find_program_address([_WRITER, bytes(self.feed_id)], self.given_writer)[0]


def feed_of(market: MarketSettings, target: Target) -> Feed:
    """The feed that a market reads. DeployError where the project file does not say who writes it."""
    found = feed_id(market.source, _name(market, target))
    if market.source == PUBLISHER:
        writer, key = target.cluster.publisher, f"clusters.{target.cluster.name}.publisher"
    else:
        writer = target.cluster.adapters.get(market.source, "")
        key = f"clusters.{target.cluster.name}.adapters.{market.source}"
    if not writer:
        raise DeployError(f"{market.name} reads a feed of {market.source}: fill in {key} in seahorse.toml")
    return Feed(
        market.pair,
        market.source,
        found,
        target.at.feed(found),
        SOURCES[market.source],
        Pubkey.from_string(writer),
    )


def feeds_of(target: Target) -> list[Feed]:
    """Every feed once, in the order of the markets."""
    return list(
        {feed.address: feed for feed in (feed_of(market, target) for market in target.cluster.markets)}.values()
    )


def _name(market: MarketSettings, target: Target) -> str:
    """What the source calls the pair: its own name for a publisher, else as `[prices.pairs]` has it."""
    if market.source == PUBLISHER:
        return market.pair
    prices = target.project.sections.get("prices")
    pairs = prices.values.get("pairs", {}) if prices is not None else {}
    name = pairs.get(market.pair, {}).get(market.source, "")
    if not name:
        raise DeployError(
            f'{market.name} reads {market.pair} from {market.source}: write its id into [prices.pairs."{market.pair}"] '
            f"of seahorse.toml as {market.source} = ..."
        )
    return str(name)
