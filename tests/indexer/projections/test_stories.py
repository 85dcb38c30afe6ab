"""What people live through on the real programs is projected from events alone, without a difference."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.indexer.projections import lived as more
from tests.indexer.projections.audited import audited
from tests.stories import (
    test_creator,
    test_forced_resolution,
    test_guardian,
    test_held_exit,
    test_missed_epochs,
    test_queued_payout,
    test_restriction,
    test_trader,
    test_two_providers,
)

STORIES: tuple[Callable[..., Any], ...] = (
    test_creator.test_a_creator_registers_a_market_and_stands_first_in_line,
    test_forced_resolution.test_a_position_beyond_the_extreme_is_resolved_by_anyone,
    test_guardian.test_a_stop_of_deposits_lapses,
    test_guardian.test_a_stop_of_registrations_lapses,
    test_held_exit.test_anyone_ends_an_exit_that_a_provider_holds,
    test_missed_epochs.test_ten_missed_epochs_in_one_call,
    test_queued_payout.test_a_payout_waits_for_a_stranger,
    test_restriction.test_a_restriction_and_its_release,
    test_trader.test_a_trader_wins_vests_and_withdraws,
    test_two_providers.test_two_providers,
    more.doubtful_prices,
    more.leave_doubtful,
    more.owe_for_a_week,
    more.end_a_generation_of_profits,
)


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__.removeprefix("test_"))
def test_a_story_is_projected_whole(story: Callable[..., Any]) -> None:
    world = more.lived()
    story(*(world, world.market)[: story.__code__.co_argcount])
    assert audited(world.local).mismatches == []


def test_a_handover_is_projected_whole() -> None:
    world = more.lived()
    more.hand_over(world)
    assert audited(world.local).mismatches == []
