"""Feeds that follow an oracle: the price is the oracle's own account, and the adapter program checks it. Anyone may."""

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import AsyncChain
from offchain.chain.generated.pyth_adapter.accounts import Rules as PythRules
from offchain.chain.generated.risk_engine.accounts import PriceFeed
from offchain.chain.generated.switchboard_adapter.accounts import Rules as SwitchboardRules
from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD
from offchain.chain.oracles.prices import OraclePrice
from offchain.prices.bot.due import Offer


class PythWriter:
    """Brings the price of the account that Pyth itself keeps up to date."""

    source = PYTH

    def __init__(self, caller: Pubkey, feed_id: Pubkey, chain: AsyncChain, at: Addresses) -> None:
        """`caller` pays."""
        self._caller = caller
        self._feed_id = feed_id
        self._chain = chain
        self._at = at
        self._update = pyth.sponsored_account(feed_id)
        self._second: Pubkey | None = None

    async def offer(self, now: int) -> Offer | None:
        """See `Writer.offer`; OracleError when there is no such account."""
        update, rules = await self._chain.accounts([self._update, self._at.feed_rules(PYTH, self._feed_id)])
        found = PythRules.decode(rules.data) if rules else None
        self._second = found.second.pull_feed if found and found.has_second else None
        return _offer(pyth.read_account(update, self._update).micro)

    def instruction(self, offer: Offer) -> Instruction:
        """See `Writer.instruction`; the adapter reads the price itself."""
        return pyth.crank(self._caller, self._feed_id, self._update, self._second, self._at)

    def objection(self, feed: PriceFeed) -> str:
        """See `Writer.objection`."""
        return _objection(feed, self._at, PYTH, self._feed_id)


class SwitchboardWriter:
    """Brings the result of a Switchboard pull feed."""

    source = SWITCHBOARD

    def __init__(self, caller: Pubkey, feed_id: Pubkey, chain: AsyncChain, at: Addresses, cluster: str) -> None:
        """`caller` pays; `feed_id` is the pull feed's address."""
        self._caller = caller
        self._feed_id = feed_id
        self._chain = chain
        self._at = at
        self._cluster = cluster
        self._second: Pubkey | None = None

    async def offer(self, now: int) -> Offer | None:
        """See `Writer.offer`; OracleError when there is no such account."""
        feed, rules = await self._chain.accounts([self._feed_id, self._at.feed_rules(SWITCHBOARD, self._feed_id)])
        found = SwitchboardRules.decode(rules.data) if rules else None
        self._second = pyth.sponsored_account(found.second) if found and found.has_second else None
        return _offer(switchboard.read_account(feed, self._feed_id, self._cluster).micro)

    def instruction(self, offer: Offer) -> Instruction:
        """See `Writer.instruction`; the adapter reads the price itself."""
        return switchboard.crank(self._caller, self._feed_id, self._second, self._at)

    def objection(self, feed: PriceFeed) -> str:
        """See `Writer.objection`."""
        return _objection(feed, self._at, SWITCHBOARD, self._feed_id)


def _offer(price: OraclePrice) -> Offer:
    return Offer(price.price, price.conf, price.publish_time)


def _objection(feed: PriceFeed, at: Addresses, oracle: str, feed_id: Pubkey) -> str:
    if feed.writer == at.feed_writer(oracle, feed_id):
        return ""
    return f"the feed is written by {feed.writer}, which is not this cluster's {oracle} adapter"
