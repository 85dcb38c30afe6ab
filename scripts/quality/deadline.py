"""Pytest plugin: a mutant may make a test wait for ever for what no longer happens; such a test fails after a while."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from types import FrameType

import pytest

SECONDS = 120
"""Far above any single test on the embedded chain, also on a busy machine."""


def _fail(_: int, __: FrameType | None) -> None:
    raise TimeoutError(f"no end after {SECONDS} s")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Iterator[None]:
    """Raise in the test when its time is over."""
    before = signal.signal(signal.SIGALRM, _fail)
    signal.alarm(SECONDS)
    try:
        return (yield)
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
