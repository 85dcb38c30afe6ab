"""The two recordings that are played side by side."""

from dataclasses import dataclass
from fractions import Fraction

from offchain.demo.calm import calm_epochs
from offchain.demo.candles import CandleSeries
from offchain.demo.scenario import MarketPlan, calm_market, stormy_market
from offchain.demo.ticks import EPOCH_SECONDS, EpochTicks, deepen, epochs_of, ticks_of
from offchain.demo.timeline import Publication, merged


@dataclass(frozen=True)
class Recording:
    """Prices of both markets by epoch, from the same start."""

    stormy: list[EpochTicks]
    calm: list[EpochTicks]

    @property
    def start(self) -> int:
        """Recorded time of the first epoch, unix seconds."""
        return self.stormy[0].start

    @property
    def end(self) -> int:
        """Recorded time at which the last epoch ends."""
        return self.stormy[-1].start + EPOCH_SECONDS

    @property
    def epochs(self) -> int:
        """Epochs from the first to the last, missed ones included."""
        return self.stormy[-1].number + 1

    def plans(self) -> tuple[MarketPlan, MarketPlan]:
        """Both markets, each planned from its own first price."""
        return stormy_market(self.stormy[0].ticks[0].price), calm_market(self.calm[0].ticks[0].price)

    def publications(self) -> list[Publication]:
        """Everything that is published, in order of time."""
        return list(merged(self.stormy, self.calm))


def record(series: CandleSeries, crash_scale: Fraction) -> Recording:
    """The candles asked for, and calm prices beside them."""
    stormy = epochs_of(deepen(ticks_of(series), crash_scale))
    return Recording(stormy, calm_epochs(stormy[0].start, stormy[-1].number + 1))
