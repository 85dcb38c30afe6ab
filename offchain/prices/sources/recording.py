"""Candle files that are played as if they happened now: the default on localnet."""

from collections.abc import Mapping

from offchain.prices.quote import Quote
from offchain.prices.sources.replay import Replay
from offchain.settings.prices import RECORDING

CONFIDENCE_PART = 2_000
"""The confidence given is the price divided by this: 0.05 %."""


class RecordingSource:
    """Answers at once, with a fresh quote of every pair each second."""

    name = RECORDING
    is_live = False

    def __init__(self, replays: Mapping[str, Replay]) -> None:
        """`replays`: pair -> its recording."""
        self._replays = dict(replays)
        self.pairs = tuple(replays)

    async def quotes(self, now_ms: int) -> list[Quote]:
        """See `Source.quotes`."""
        return [self._quote(pair, replay.price_at(now_ms), now_ms) for pair, replay in self._replays.items()]

    async def close(self) -> None:
        """See `Source.close`."""

    def _quote(self, pair: str, price: int, now_ms: int) -> Quote:
        return Quote(pair, self.name, price, price // CONFIDENCE_PART, now_ms // 1_000)
