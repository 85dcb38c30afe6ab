"""The price bot: one lane for each feed that this process can write."""

from collections import Counter
from collections.abc import Sequence

from offchain.prices.bot.lane import FeedLane
from offchain.prices.status import BotStatus


class PriceBot:
    """Its lanes, turned by the price service or by hand."""

    def __init__(self, lanes: Sequence[FeedLane]) -> None:
        self.lanes = tuple(lanes)

    def status(self) -> BotStatus:
        """What it did."""
        counts: Counter[str] = Counter()
        for lane in self.lanes:
            counts.update(lane.counts)
        return BotStatus(tuple(lane.status() for lane in self.lanes), dict(counts))
