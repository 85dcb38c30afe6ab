"""Numbers, snapshots and the ring of one topic."""

import json
from typing import Any

from offchain.live.frames import Since
from offchain.live.message import Message
from offchain.live.stream import GAP, SUBSCRIBED, Stream
from offchain.live.topics import POOL, Topic

Parts = dict[str, dict[str, dict[str, Any]]]


def stream(frames: int = 10, size: int = 10_000) -> Stream:
    found = Stream(Topic(POOL), frames, size)
    assert found.take(parts(1), True, 5) is not None
    return found


def parts(value: int) -> Parts:
    return {"m": {"k": {"value": value}}}


def read(message: Message | None) -> dict[str, Any]:
    assert message is not None
    found: dict[str, Any] = json.loads(message.payload)
    return found


def test_deltas_count_up_and_nothing_changed_is_no_frame() -> None:
    one = stream()
    assert one.take(parts(1), True, 6) is None
    second = read(one.take(parts(2), True, 7))
    assert (second["seq"], second["as_of_slot"], second["changes"]) == (2, 7, [{"key": "k", "set": {"value": 2}}])
    assert read(one.snapshot(SUBSCRIBED))["seq"] == 2


def test_a_snapshot_is_encoded_once_until_something_changes() -> None:
    one = stream()
    first = one.snapshot(SUBSCRIBED)
    assert one.snapshot(SUBSCRIBED) is first and one.snapshot(GAP) is not first
    one.take(parts(1), True, 6)
    assert read(one.snapshot(SUBSCRIBED))["as_of_slot"] == 6, "the slot is that of the last look"
    one.take(parts(2), True, 6)
    assert one.snapshot(SUBSCRIBED) is not first


def test_missed_frames_are_those_after_the_last_one() -> None:
    one = stream()
    for value in (2, 3, 4):
        one.take(parts(value), True, value)
    assert [read(message)["seq"] for message in one.missed(Since(one.id, 2)) or ()] == [3, 4]
    assert one.missed(Since(one.id, 4)) == []
    assert one.missed(Since(one.id, 0)) is not None
    for since in (Since(one.id, 5), Since("other", 2), Since(one.id, -1)):
        assert one.missed(since) is None


def test_the_ring_is_bounded_by_frames_and_by_bytes() -> None:
    by_frames, by_bytes = stream(frames=2), stream(size=300)
    for one in (by_frames, by_bytes):
        for value in range(2, 20):
            one.take(parts(value), True, value)
        assert one.missed(Since(one.id, 5)) is None
        assert one.missed(Since(one.id, one.seq - 1)) is not None


def test_a_dropped_slot_gives_a_snapshot_and_forgets_what_was_told() -> None:
    one = stream()
    one.take(parts(2), True, 9)
    told = read(one.restart(parts(1), 7, 8))
    assert (told["type"], told["reason"], told["rolled_back_to"]) == ("snapshot", "rolled_back", 8)
    assert (told["seq"], told["as_of_slot"], told["items"]) == (3, 7, {"k": {"value": 1}})
    assert one.missed(Since(one.id, 1)) is None, "a delta over a dropped slot would be a lie"
    assert one.missed(Since(one.id, 3)) == []


def test_only_the_parts_that_were_read_are_replaced() -> None:
    one = stream()
    one.take({"n": {"j": {"value": 7}}}, False, 6)
    assert one.items() == {"k": {"value": 1}, "j": {"value": 7}}
    one.take({"m": {}}, False, 7)
    assert one.items() == {"j": {"value": 7}}
    one.take({}, True, 8)
    assert one.items() == {}
