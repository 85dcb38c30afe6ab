"""Volatility against numpy, on made-up and recorded prices with gaps."""

import csv
import random
from itertools import pairwise
from pathlib import Path

import numpy as np

from tests.model.volatility.window import DAYS, Window, deviation, take_sample, volatility_factor

DATA = Path(__file__).resolve().parents[2] / "offchain" / "data" / "btc_usd_15m_2023q1.csv"
Sample = tuple[int, int]


def window_of(samples: list[Sample]) -> Window:
    window = Window()
    for epoch, price in samples:
        window = take_sample(window, price, epoch)
    return window


def numpy_deviation(samples: list[Sample]) -> float:
    """Annualised deviation: a return over k epochs is k samples of it in the count and one in the sums."""
    counted = [after for (before, _), (after, _) in pairwise(samples) if after - before <= 96]
    last_day = counted[-1] // 96
    returns, counts = [], []
    for (before_epoch, before), (epoch, price) in pairwise(samples):
        if epoch - before_epoch <= 96 and epoch // 96 > last_day - DAYS:
            returns.append(np.log(price / before))
            counts.append(epoch - before_epoch)
    values, n = np.array(returns), np.sum(counts)
    variance = np.sum(values**2) / n - (np.sum(values) / n) ** 2
    return float(np.sqrt(variance * 35_040))


def assert_agrees(samples: list[Sample]) -> None:
    exact = deviation(window_of(samples)) / 10**9
    assert abs(exact - numpy_deviation(samples)) < 1e-6 * max(1.0, exact)


def test_without_gaps_it_is_the_population_deviation() -> None:
    source = random.Random(2)
    samples, price = [], 50_000_000_000
    for epoch in range(1_000):
        samples.append((epoch, price))
        price = price * source.randint(9_900, 10_100) // 10_000
    logs = np.diff(np.log(np.array([price for _, price in samples])))
    assert abs(deviation(window_of(samples)) / 10**9 - np.std(logs) * np.sqrt(35_040)) < 1e-6
    assert_agrees(samples)


def test_with_random_gaps() -> None:
    for seed in range(5):
        source = random.Random(seed)
        samples, epoch, price = [], source.randint(0, 10_000), 8_000_000_000
        for _ in range(1_500):
            samples.append((epoch, price))
            epoch += source.choice([1, 1, 1, 1, 2, 3, 50, 96, 97, 400])
            price = price * source.randint(9_700, 10_300) // 10_000
        assert_agrees(samples)


def test_recorded_quarter_with_its_missing_candle() -> None:
    with DATA.open() as file:
        rows = list(csv.DictReader(file))
    samples = [(int(row["unix_time"]) // 900, round(float(row["close"]) * 1e6)) for row in rows]
    gaps = [after[0] - before[0] for before, after in pairwise(samples)]
    assert max(gaps) > 1
    for end in (100, 2_000, 5_000, len(samples)):
        assert_agrees(samples[:end])


def test_warm_up_is_96_updates() -> None:
    calm = [(epoch, 1_000_000 + epoch % 2) for epoch in range(96)]
    assert volatility_factor(window_of(calm[:95])) == 1_000_000
    assert volatility_factor(window_of(calm)) < 1_000_000


def test_an_alternating_one_per_cent_series_by_hand() -> None:
    """Returns +-ln(1.01) = 0.00995033: deviation 0.00995033 * sqrt(35 040) = 1.862600, factor 931 300 of 1e6."""
    samples = [(epoch, 100_000_000 if epoch % 2 == 0 else 101_000_000) for epoch in range(101)]
    window = window_of(samples)
    assert deviation(window) // 1_000 == 1_862_599
    assert volatility_factor(window) == 931_300


def test_a_gap_above_a_day_only_replaces_the_price() -> None:
    window = window_of([(0, 100), (1, 101), (98, 500)])
    assert (window.updates, len(window.returns), window.last_price) == (2, 1, 500)


def test_a_sample_counts_once() -> None:
    window = window_of([(0, 100), (1, 101)])
    assert take_sample(window, 999, 1) == window
