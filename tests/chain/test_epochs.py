"""Epochs and scaled waits."""

import pytest

from offchain.chain.epochs import Schedule


def test_epoch_boundaries() -> None:
    schedule = Schedule(genesis=1000, epoch_seconds=900)
    assert [schedule.epoch(now) for now in (1000, 1899, 1900, 2800)] == [0, 0, 1, 2]
    assert schedule.start(2) == 2800


def test_before_the_genesis() -> None:
    with pytest.raises(ValueError, match="before the genesis"):
        Schedule(1000, 900).epoch(999)


def test_waits_scale_with_short_epochs_and_never_vanish() -> None:
    assert Schedule(0, 900).wait(60) == 60
    assert Schedule(0, 90).wait(60) == 6
    assert Schedule(0, 1).wait(60) == 1


def test_an_epoch_lasts() -> None:
    with pytest.raises(ValueError, match="at least one second"):
        Schedule(0, 0)
