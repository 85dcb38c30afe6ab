"""Differences between states, and states out of differences."""

import random

import pytest

from offchain.live.changes import apply_change, changes
from offchain.live.frames import Change, Item


def test_each_kind_of_change_is_told_as_small_as_it_can_be() -> None:
    before = {"a": {"x": "1", "y": [1], "z": None}, "b": {"x": "2"}, "c": {"x": "3"}}
    after = {"a": {"x": "1", "y": [1, 2], "z": None}, "c": {"x": "3"}, "d": {"x": "4"}}
    assert changes(before, after) == [
        Change("b", gone=True),
        Change("a", set={"y": [1, 2]}),
        Change("d", item={"x": "4"}),
    ]
    assert changes(after, after) == []


def test_an_item_of_other_fields_is_told_whole() -> None:
    assert changes({"a": {"x": 1, "y": 2}}, {"a": {"x": 1}}) == [Change("a", item={"x": 1})]


def test_a_field_that_becomes_nothing_is_told() -> None:
    assert changes({"a": {"x": 1}}, {"a": {"x": None}}) == [Change("a", set={"x": None})]


@pytest.mark.parametrize("seed", range(20))
def test_changes_applied_to_one_state_give_the_other(seed: int) -> None:
    dice = random.Random(seed)

    def state() -> dict[str, Item]:
        keys = [key for key in "abcdef" if dice.random() < 0.7]
        return {key: {name: dice.randrange(3) for name in dice.choice(("xyz", "xyz", "xy"))} for key in keys}

    before, after = state(), state()
    held = dict(before)
    for change in changes(before, after):
        apply_change(held, change)
    assert held == after


def test_a_change_of_what_is_not_held_is_noticed() -> None:
    for change in (Change("a", gone=True), Change("a", set={"x": 1})):
        with pytest.raises(KeyError):
            apply_change({}, change)
