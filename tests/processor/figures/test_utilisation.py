"""Utilisation weighted by time, against numpy second by second."""

import numpy as np
import pytest

from offchain.processor.figures.utilisation import Step, utilisation

CAP = 8_500


def by_second(steps: list[Step], begin: int, end: int) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """The utilisation in each second."""
    times, values = np.array([time for time, _ in steps]), np.array([bps for _, bps in steps])
    return np.asarray(values[np.searchsorted(times, np.arange(begin, end), side="right") - 1])


@pytest.mark.parametrize("seed", range(5))
def test_against_every_second(seed: int) -> None:
    random = np.random.default_rng(seed)
    times = sorted(int(time) for time in random.integers(1_000, 90_000, 40))
    steps = [(time, int(bps)) for time, bps in zip(times, random.integers(0, 12_000, 40), strict=True)]
    begin, end = steps[3][0] + 1, 95_000
    found = utilisation(steps[3:], 1, begin, end, CAP)
    seconds = by_second(steps, begin, end)
    assert found is not None
    assert found.mean_bps == -(-int(seconds.sum()) // len(seconds))
    assert found.max_bps == max(int(seconds.max()), steps[-1][1])
    assert found.above_cap_bps == -(-int((seconds > CAP).sum()) * 10_000 // len(seconds))
    assert (found.from_time, found.to_time, found.now_bps) == (begin, end, steps[-1][1])


def test_a_change_moves_the_mean_and_its_length_too() -> None:
    steps = [(0, 5_000), (50, 9_000)]
    found = utilisation(steps, 1, 0, 100, CAP)
    assert found is not None and (found.mean_bps, found.above_cap_bps) == (7_000, 5_000)
    later = utilisation([(0, 5_000), (75, 9_000)], 1, 0, 100, CAP)
    assert later is not None and (later.mean_bps, later.above_cap_bps) == (6_000, 2_500)


def test_a_history_of_this_very_second() -> None:
    found = utilisation([(100, 9_000)], 7, 0, 100, CAP)
    assert found is not None and (found.from_time, found.mean_bps, found.above_cap_bps) == (100, 9_000, 10_000)
    assert utilisation([], 7, 0, 100, CAP) is None


def test_the_cap_itself_is_not_above_the_cap() -> None:
    found = utilisation([(0, CAP)], 1, 0, 10, CAP)
    assert found is not None and found.above_cap_bps == 0
