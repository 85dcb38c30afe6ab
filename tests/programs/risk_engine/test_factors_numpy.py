"""Volatility and funding factors on recorded prices with gaps, against numpy in floating point.

The twin shares the programs' formulas; numpy does not. Prices are closes of real candles: hourly ones through the crash
of March 2020 (every sample spans four epochs), and quarter-hourly ones of 2023 with missed epochs and outages put in.
No funding was recorded: the rate of eight hours is a hundredth of their return, which has the right size and swings.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

import offchain.data
from offchain.chain.generated.risk_engine.accounts import RiskScore
from offchain.demo.candles import Candle, read_candles
from tests.programs.risk_engine.blank import blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import GENESIS, World

DATA = Path(offchain.data.__path__[0])
EPOCH = 900
DAY = 96
WINDOW_DAYS = 30
EPOCHS_PER_YEAR = 35_040
GAP_MAX = 96
EIGHT_HOURS = 32
RATES = 90
FULL = 1_000_000
ROUNDING = 2
"""The programs round up and take the logarithm to about 1e-8: at most so many millionths."""


@dataclass
class Reference:
    """What numpy needs of the past."""

    epochs: list[int] = field(default_factory=list)
    prices: list[float] = field(default_factory=list)
    cumulative: list[tuple[int, int]] = field(default_factory=list)
    """(8-hour window, cumulative funding when it was first seen)."""

    def note(self, epoch: int, price: float, funding: int) -> None:
        self.epochs.append(epoch)
        self.prices.append(price)
        window = epoch // EIGHT_HOURS
        if not self.cumulative or window > self.cumulative[-1][0]:
            self.cumulative.append((window, funding))

    def volatility(self) -> float:
        """Annualised deviation of the returns of thirty days, each weighted with the epochs it spans; 200 % is 1."""
        epochs, logs = np.array(self.epochs), np.log(np.array(self.prices))
        spans, returns, days = np.diff(epochs), np.diff(logs), epochs[1:] // DAY
        kept = spans <= GAP_MAX
        newest = days[kept].max()
        kept &= days > newest - WINDOW_DAYS
        total = spans[kept].sum()
        variance = (returns[kept] ** 2).sum() / total - (returns[kept].sum() / total) ** 2
        return min(1.0, float(np.sqrt(variance * EPOCHS_PER_YEAR)) / 2)

    def funding(self) -> float:
        """Deviation of the last ninety rates of eight hours; 0.10 % is 1."""
        windows, sums = np.array(self.cumulative).T
        spans = np.diff(windows)
        rates = np.repeat(np.trunc(np.diff(sums) / spans), spans)[-RATES:]
        return min(1.0, float(np.std(rates)) / 1e6)


def funding_of(candles: list[Candle]) -> dict[int, int]:
    """Cumulative funding (1e9) at each candle: a hundredth of the return of each passed 8 hours."""
    sums, total, last, window = {}, 0, candles[0].close, candles[0].time // (EIGHT_HOURS * EPOCH)
    for candle in candles:
        current = candle.time // (EIGHT_HOURS * EPOCH)
        if current > window:
            total += int(1e7 * (candle.close / last - 1))
            last, window = candle.close, current
        sums[candle.time] = total
    return sums


def live(world: World) -> Lab:
    """A market without any past."""
    lab = blank_lab(world)
    register(lab)
    for peer in ("premium", "pool", "handler"):
        lab.send(f"push_terms_{peer}")
    return lab


def replay(world: World, candles: Iterable[Candle], cumulative: dict[int, int]) -> tuple[list[RiskScore], Reference]:
    """Each candle's close as the price of its epoch, scored; every score is compared as soon as it is warm."""
    lab, reference, scores = live(world), Reference(), []
    for candle in candles:
        world.go_to_epoch((candle.time - GENESIS) // EPOCH)
        world.push_price(f"{candle.close / 1e6:.6f}")
        lab.set_statistics(cum_funding=cumulative[candle.time])
        lab.send("update_score")
        reference.note(world.epoch, candle.close, cumulative[candle.time])
        score = lab.market.score()
        scores.append(score)
        if score.samples >= 96:
            assert abs(score.volatility_factor - FULL * reference.volatility()) <= ROUNDING
        if score.funding_samples >= 9:
            assert abs(score.funding_variance_factor - FULL * reference.funding()) <= ROUNDING
    return scores, reference


def read(name: str, start: int, days: int) -> list[Candle]:
    """The candles of some days."""
    series = read_candles(DATA / name).candles
    return [candle for candle in series if start <= candle.time < start + days * DAY * EPOCH]


def test_hourly_through_the_crash_of_march_2020() -> None:
    """Forty days: the first ten leave the window again, and the crash shows."""
    recorded = read("btc_usd_1h_2020-01-17_2020-04-09.csv", GENESIS - 25 * DAY * EPOCH, 40)
    # the world's epoch 0 is 10 March 2020: the record is moved behind its first day
    later = 26 * DAY * EPOCH
    moved = [replace(candle, time=candle.time + later) for candle in recorded]
    scores, reference = replay(World.fresh(), moved, funding_of(moved))
    assert len(scores) == 960
    quiet, wild = scores[23 * 24].volatility_factor, scores[-1].volatility_factor
    assert quiet < 400_000 < 700_000 < wild
    assert reference.epochs[-1] - reference.epochs[0] > WINDOW_DAYS * DAY


@pytest.mark.parametrize("missing", [0.0, 0.3])
def test_quarter_hourly_with_missed_epochs_and_outages(missing: float) -> None:
    """Eight days of which some quarters, twenty hours and thirty hours are missing."""
    draw, start = Random(7), 1_673_568_000
    candles = read("btc_usd_15m_2023q1.csv", start, 8)
    outages = [(3 * DAY, 3 * DAY + 80), (5 * DAY, 5 * DAY + 120)] if missing else []
    kept = [
        candle
        for number, candle in enumerate(candles)
        if draw.random() >= missing and not any(first <= number < last for first, last in outages)
    ]
    scores, reference = replay(World.fresh(), kept, funding_of(candles))
    spans = np.diff(np.array(reference.epochs))
    assert (spans.max() > GAP_MAX) == bool(missing)
    assert not scores[-1].provisional
    whole = np.diff(np.log([candle.close for candle in candles]))
    deviation = float(np.std(whole) * np.sqrt(EPOCHS_PER_YEAR)) / 2
    assert scores[-1].volatility_factor / FULL == pytest.approx(deviation, rel=0.25 if missing else 0.01)
