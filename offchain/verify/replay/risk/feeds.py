"""Price feeds from the prices that were pushed: newest, lagging and provisional price."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.settings.parameters import Parameters
from offchain.verify.replay.arithmetic import BPS
from offchain.verify.replay.problems import Problems
from offchain.verify.replay.step import Step

NOMINAL_EPOCH = 900
"""Waits are scaled for shorter epochs."""


@dataclass(slots=True)
class Feed:
    """What a feed remembers; times in unix seconds."""

    price: int = 0
    publish_time: int = 0
    candidate: tuple[int, int] = (0, 0)
    lag: tuple[int, int] = (0, 0)
    provisional: bool = False
    doubt: tuple[int, int] = (0, 0)
    sample: tuple[int, int] | None = None
    """Price and epoch: the first price of an epoch."""
    updates: int = 0


class Feeds:
    """Every feed of the risk engine."""

    def __init__(self, parameters: Parameters, problems: Problems) -> None:
        self._parameters = parameters
        self._problems = problems
        self._all: dict[Pubkey, Feed] = {}
        self._genesis = 0
        self._epoch_seconds = NOMINAL_EPOCH

    def epoch_at(self, now: int) -> int:
        """The epoch of a unix time."""
        return (now - self._genesis) // self._epoch_seconds

    def sample(self, feed: Pubkey) -> tuple[int, int] | None:
        """The last sample of a feed: price and epoch."""
        return self._all[feed].sample

    def init_config(self, step: Step) -> None:
        """The calendar; the length of an epoch scales the waits."""
        self._genesis, self._epoch_seconds = step.number("genesis"), step.number("epoch_seconds")

    def open_feed(self, step: Step) -> None:
        """A new feed."""
        self._all[step.at("feed")] = Feed()

    def push_price(self, step: Step) -> None:
        """A price that the feed accepted."""
        feed = self._all[step.at("feed")]
        price, conf, time = step.number("price"), step.number("conf"), step.number("publish_time")
        self._judge(feed, price, conf, time)
        self._remember(feed, price, time)
        feed.price, feed.publish_time = price, time
        epoch = self.epoch_at(step.now)
        if feed.sample is None or epoch > feed.sample[1]:
            feed.sample = (price, epoch)
        feed.updates += 1

    def sync_market(self, step: Step) -> None:
        """The prices that the market is told must be the feed's."""
        feed = self._all[step.at("feed")]
        told = step.call.children[0].data
        found = (
            int.from_bytes(told[8:16], "little"),
            int.from_bytes(told[16:24], "little", signed=True),
            int.from_bytes(told[24:32], "little"),
            told[32] != 0,
        )
        expected = (feed.price, feed.publish_time, feed.lag[0], feed.provisional)
        self._problems.compare(f"price told to the market by {step.place}", expected, found)

    def _wait(self, seconds: int) -> int:
        return max(1, seconds * self._epoch_seconds // NOMINAL_EPOCH)

    def _fits(self, price: int, conf: int, reference: int) -> bool:
        step = abs(price - reference) * BPS <= reference * self._parameters.step_bps
        return step and conf * BPS <= price * self._parameters.conf_bps

    def _judge(self, feed: Feed, price: int, conf: int, time: int) -> None:
        if not feed.provisional:
            if not self._fits(price, conf, feed.price if feed.updates else price):
                feed.provisional, feed.doubt = True, (price, time)
        elif time >= feed.doubt[1] + self._wait(self._parameters.confirm_wait):
            if self._fits(price, conf, feed.doubt[0]):
                feed.provisional = False
            else:
                feed.doubt = (price, time)

    def _remember(self, feed: Feed, price: int, time: int) -> None:
        newest = (feed.price, feed.publish_time)
        wait = self._wait(self._parameters.lag_wait)
        if not feed.updates:
            feed.candidate = (price, time)
        elif time >= newest[1] + wait:
            feed.lag = feed.candidate = newest
        elif time >= feed.candidate[1] + wait:
            feed.lag, feed.candidate = feed.candidate, newest
