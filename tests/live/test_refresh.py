"""What is looked at without a nudge, and what becomes of a nudge that got lost."""

from offchain.live.nudge import Nudge
from offchain.live.refresh import LOOK_SECONDS, SECONDS, Refresh
from offchain.live.topics import TOPICS


def test_every_topic_is_looked_at_again() -> None:
    assert set(SECONDS) == set(TOPICS)
    refresh = Refresh()
    assert set(TOPICS) < refresh.due(0.0)
    assert refresh.due(0.1) == set() and refresh.pause(0.1) == min(SECONDS.values()) - 0.1
    assert refresh.due(min(SECONDS.values())) == {
        name for name, often in SECONDS.items() if often == min(SECONDS.values())
    }


def test_a_slot_that_no_nudge_told_of_counts_as_lost_at_the_second_look() -> None:
    refresh, now = Refresh(), 100.0
    refresh.heard(Nudge(slot=5))

    def look(stored: int) -> bool:
        nonlocal now
        now += LOOK_SECONDS
        refresh.due(now)
        return refresh.lost(stored)

    assert not look(5) and not look(6), "the nudge may be on its way"
    assert look(6)
    assert not look(6), "once"
    assert not look(7)
    refresh.heard(Nudge(slot=7))
    assert not look(7) and not look(7)
    refresh.heard(Nudge(rolled_back_to=6))
    assert not look(6)
    assert look(6)
