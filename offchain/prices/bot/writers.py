"""How a price gets into a feed, by the feed's source."""

from collections.abc import Callable
from typing import Protocol

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.instructions import risk_engine
from offchain.prices.bot.due import Offer
from offchain.prices.quote import Quote


class Writer(Protocol):
    """One way to write feeds."""

    source: str
    """`publisher`, `pyth` or `switchboard`."""

    async def offer(self, feed: PriceFeed, now: int) -> Offer | None:
        """The price that could be written at chain time `now`; None when there is none."""

    def instruction(self, feed: PriceFeed, offer: Offer) -> Instruction:
        """What writes it."""

    def objection(self, feed: PriceFeed) -> str:
        """Why it can't write this feed, empty when it can."""


class PublisherWriter:
    """Writes captured prices with the publisher's own signature; development builds only."""

    source = "publisher"

    def __init__(self, writer: Pubkey, feed: Pubkey, price: Callable[[], Quote | None], at: Addresses) -> None:
        """`price` gives the pair's price in use."""
        self._writer = writer
        self._feed = feed
        self._price = price
        self._at = at

    async def offer(self, feed: PriceFeed, now: int) -> Offer | None:
        """The captured price. Its time is the chain's: the chain's clock may run a little behind the source's."""
        quote = self._price()
        if quote is None:
            return None
        return Offer(quote.price, quote.conf, min(quote.publish_time, now))

    def instruction(self, feed: PriceFeed, offer: Offer) -> Instruction:
        """See `Writer.instruction`."""
        return risk_engine.push_price(self._writer, self._feed, offer.price, offer.conf, offer.publish_time, self._at)

    def objection(self, feed: PriceFeed) -> str:
        """See `Writer.objection`."""
        if feed.writer == self._writer:
            return ""
        return f"the feed is written by {feed.writer}, not by {self._writer}: give that key with --keypair"
