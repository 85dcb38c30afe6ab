"""Damping: when a condition becomes an alert, and when that ends."""

import random

from offchain.monitoring.alerts.damping import Damping

KEY, OTHER = ("price_stale", "feed"), ("payout_queued", "market")


def test_a_condition_has_to_stand_before_it_is_raised() -> None:
    damping = Damping(10_000, 60_000)
    assert damping.look({KEY: ""}, {}, 0).raised == []
    assert damping.look({KEY: ""}, {}, 9_999).raised == []
    assert damping.look({KEY: ""}, {}, 10_000).raised == [KEY]


def test_a_break_starts_the_wait_anew() -> None:
    damping = Damping(10_000, 60_000)
    damping.look({KEY: ""}, {}, 0)
    damping.look({}, {}, 9_000)
    assert damping.look({KEY: ""}, {}, 10_000).raised == []
    assert damping.look({KEY: ""}, {}, 20_000).raised == [KEY]


def test_an_alert_is_cleared_when_its_condition_is_gone_long_enough() -> None:
    damping = Damping(10_000, 60_000)
    active = {KEY: "row"}
    assert damping.look({}, active, 0).cleared == []
    assert damping.look({KEY: ""}, active, 50_000).cleared == [], "it is back"
    assert damping.look({}, active, 55_000).cleared == []
    assert damping.look({}, active, 114_999).cleared == []
    assert damping.look({}, active, 115_000).cleared == [KEY]


def test_a_standing_alert_is_not_raised_again_even_by_a_new_process() -> None:
    damping = Damping(0, 0)
    assert damping.look({KEY: "", OTHER: ""}, {KEY: "row"}, 0).raised == [OTHER]


def test_flapping_raises_once_and_clears_once() -> None:
    """A condition that comes and goes every few seconds for an hour, and then is gone."""
    damping, active, told = Damping(10_000, 60_000), {}, []
    dice = random.Random(7)
    for second in range(0, 3_600 + 120, 5):
        standing = {KEY: ""} if second < 3_600 and (second < 20 or dice.random() < 0.5) else {}
        changes = damping.look(standing, active, second * 1_000)
        for key in changes.raised:
            active[key] = "row"
            told.append("raised")
        for key in changes.cleared:
            del active[key]
            told.append("cleared")
    assert told == ["raised", "cleared"]


def test_what_gets_on_between_looks_is_no_standstill() -> None:
    """On a fast chain every price is old when it is looked at, but never the same one."""
    damping, active = Damping(10_000, 60_000), {KEY: "row"}
    for second in range(0, 300, 5):
        assert damping.look({KEY: str(second)}, {}, second * 1_000).raised == []
    assert damping.look({KEY: "stuck"}, {}, 300_000).raised == []
    assert damping.look({KEY: "stuck"}, {}, 309_000).raised == []
    assert damping.look({KEY: "stuck"}, {}, 310_000).raised == [KEY]
    for second in range(320, 400, 5):
        changes = damping.look({KEY: str(second)}, active, second * 1_000)
        assert changes.cleared == ([KEY] if second >= 380 else [])
