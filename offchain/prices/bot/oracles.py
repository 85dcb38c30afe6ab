"""Feeds that follow an oracle: the price is the oracle's own account, and the adapter program checks it. Anyone may."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import AsyncChain
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.oracles import sources as oracles
from offchain.prices.bot.due import Offer


class OracleWriter:
    """Brings the price of the account that Pyth or Switchboard keeps up to date."""

    def __init__(self, source: str, caller: Pubkey, chain: AsyncChain, at: Addresses, cluster: str) -> None:
        """`source` is `pyth` or `switchboard`; `caller` pays."""
        self.source = source
        self._caller = caller
        self._chain = chain
        self._at = at
        self._cluster = cluster
        self._reading: oracles.Reading | None = None

    async def offer(self, feed: PriceFeed, now: int) -> Offer | None:
        """See `Writer.offer`."""
        own, rules = await self._chain.accounts(oracles.accounts_of(feed, self.source, self._at))
        self._reading = oracles.read(feed, self.source, own, rules, self._at, self._cluster)
        if self._reading is None:
            return None
        price = self._reading.price
        return Offer(price.price, price.conf, price.publish_time)

    def instruction(self, feed: PriceFeed, offer: Offer) -> Instruction:
        """See `Writer.instruction`; the adapter reads the price itself."""
        if self._reading is None:
            raise ValueError("nothing was offered")
        return oracles.instruction(feed, self.source, self._reading, self._caller, self._at)

    def objection(self, feed: PriceFeed) -> str:
        """See `Writer.objection`."""
        if oracles.oracle_of(feed, self._at) == self.source:
            return ""
        return f"the feed is written by {feed.writer}, which is not this cluster's {self.source} adapter"
