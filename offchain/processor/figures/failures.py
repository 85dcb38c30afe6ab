"""How often each instruction fails with which code, and whether that has changed."""

from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

import msgspec

from offchain.processor.figures.periods import ONE

RECENT_SECONDS = 3_600
"""The last hour is compared ..."""
BASELINE_SECONDS = 86_400
"""... with the day before it."""
LEAST_FAILURES = 5
"""Fewer say nothing."""
CHI_SQUARED = (10_828, 1_000)
"""Difference beyond chance: 10.828 is passed by one comparison in a thousand where nothing has changed."""


class Call(NamedTuple):
    """Which instruction."""

    program: str
    instruction: str


class Failure(NamedTuple):
    """How it failed."""

    program: str
    instruction: str
    code: str


class Change(StrEnum):
    """What the last hour is against the day before."""

    NONE = "none"
    UP = "up"
    """More often, beyond chance."""
    DOUBLED = "doubled"
    """At least twice as often, beyond chance."""
    DOWN = "down"
    """Less often, beyond chance."""


class FailureRate(msgspec.Struct, frozen=True):
    """One code of one instruction. Rates are 1e6 = every call, rounded down."""

    program: str
    instruction: str
    code: str
    """Stable code such as E_LOCKED; empty for the sum over all codes."""
    calls: int
    failed: int
    """In the last hour, as `calls` and `rate_e6`."""
    rate_e6: int
    baseline_calls: int
    baseline_failed: int
    """In the day before, as `baseline_calls` and `baseline_rate_e6`."""
    baseline_rate_e6: int
    change: Change


class Counts(NamedTuple):
    """Calls and failures of one span of time."""

    calls: Mapping[Call, int]
    failures: Mapping[Failure, int]


def failure_rates(recent: Counts, baseline: Counts) -> list[FailureRate]:
    """A row for each instruction and code that failed, and one for all codes of it; the most failures first."""
    now, before = _with_sums(recent.failures), _with_sums(baseline.failures)
    rows = []
    for failure in now.keys() | before.keys():
        call = Call(failure.program, failure.instruction)
        n, m = recent.calls.get(call, 0), baseline.calls.get(call, 0)
        k, o = now[failure], before[failure]
        rows.append(FailureRate(*failure, n, k, _rate(k, n), m, o, _rate(o, m), change(k, n, o, m)))
    return sorted(rows, key=lambda row: (-row.failed, -row.baseline_failed, row.program, row.instruction, row.code))


def change(failed: int, calls: int, baseline_failed: int, baseline_calls: int) -> Change:
    """Whether two rates differ beyond chance, by the chi-squared test of two proportions, in integers."""
    if calls == 0 or baseline_calls == 0 or failed + baseline_failed < LEAST_FAILURES:
        return Change.NONE
    difference = failed * baseline_calls - baseline_failed * calls
    if not _beyond_chance(difference, failed + baseline_failed, calls, baseline_calls):
        return Change.NONE
    if difference < 0:
        return Change.DOWN
    # A rise from nothing is one of more than twice, but of few failures it is none yet.
    if failed < LEAST_FAILURES:
        return Change.NONE
    return Change.DOUBLED if failed * baseline_calls >= 2 * baseline_failed * calls else Change.UP


def _beyond_chance(difference: int, failed: int, calls: int, baseline_calls: int) -> bool:
    total = calls + baseline_calls
    above = difference * difference * total
    below = calls * baseline_calls * failed * (total - failed)
    return below > 0 and above * CHI_SQUARED[1] >= CHI_SQUARED[0] * below


def _with_sums(failures: Mapping[Failure, int]) -> Counter[Failure]:
    counts: Counter[Failure] = Counter(failures)
    for failure, count in failures.items():
        counts[failure._replace(code="")] += count
    return counts


def _rate(failed: int, calls: int) -> int:
    return failed * ONE // calls if calls else 0
