"""An epoch of market time in real time."""

import pytest

from offchain.settings.stage import StageSettings
from offchain.stage.pace import FLOW_SECONDS, Beat


def test_by_default_a_quarter_of_an_hour_takes_fifteen_seconds() -> None:
    beat = Beat(900, StageSettings().speed)
    steps = list(beat.steps())
    assert beat.real_seconds == 15.0
    assert sum(pause for pause, _ in steps) == pytest.approx(15.0)
    assert sum(seconds for _, seconds in steps) == FLOW_SECONDS
    assert {seconds for _, seconds in steps} == {5}, "five chain seconds a second: a price is never near its limit"


@pytest.mark.parametrize("speed", [1, 2, 7, 12, 13, 60, 900, 3_600, 100_000])
def test_time_flows_forward_and_never_beyond_its_epoch(speed: int) -> None:
    beat = Beat(900, speed)
    steps = list(beat.steps())
    assert sum(pause for pause, _ in steps) == pytest.approx(900 / speed)
    moved = sum(seconds for _, seconds in steps)
    assert FLOW_SECONDS <= moved < 900
    assert all(seconds >= 0 for _, seconds in steps)
    assert moved >= int(900 / speed) or moved == 899, "chain time is never slower than real time"


def test_a_day_at_the_speed_of_real_time_has_no_jumps() -> None:
    assert sum(seconds for _, seconds in Beat(900, 1).steps()) == 899


@pytest.mark.parametrize(
    ("field", "value"), [("speed", -1), ("start", 1_583_884_801), ("slow_from", -1), ("patience", 0)]
)
def test_values_out_of_bounds_are_named(field: str, value: int) -> None:
    with pytest.raises(ValueError, match=field):
        StageSettings(**{field: value})
