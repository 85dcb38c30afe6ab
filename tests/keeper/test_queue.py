"""The queue: weight, lanes, groups and rest."""

import asyncio

import pytest
from solders.pubkey import Pubkey

from offchain.keeper.job import Job, Lane
from offchain.keeper.queue import Queue
from tests.support.patience import PATIENCE

MARKETS = [Pubkey.new_unique() for _ in range(3)]


class Clock:
    """Seconds that a test moves."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def job(market: int, key: str, lane: Lane = Lane.URGENT, weight: int = 0) -> Job:
    return Job("liquidation", MARKETS[market], key, (), lane, weight=weight)


async def test_the_heaviest_goes_first() -> None:
    queue = Queue(Clock())
    queue.offer([job(0, "small", weight=1), job(1, "large", weight=9), job(2, "middle", weight=5)])
    assert [(await queue.next(Lane.URGENT)).key for _ in range(3)] == ["large", "middle", "small"]


async def test_a_market_has_one_job_of_a_lane_under_way() -> None:
    queue = Queue(Clock())
    taken = queue.offer([job(0, "a", weight=1), job(0, "b", weight=2), job(0, "c", Lane.ROUTINE)])
    assert [found.key for found in taken] == ["b", "c"]
    first = await queue.next(Lane.URGENT)
    assert queue.offer([job(0, "a")]) == []
    queue.release(first)
    assert [found.key for found in queue.offer([job(0, "a")])] == ["a"]


async def test_an_urgent_job_does_not_wait_for_routine_ones() -> None:
    queue = Queue(Clock())
    waiting = asyncio.create_task(queue.next(Lane.URGENT))
    queue.offer([job(0, "score", Lane.ROUTINE)])
    await asyncio.sleep(0)
    assert not waiting.done()
    queue.offer([job(1, "liquidation")])
    assert (await asyncio.wait_for(waiting, PATIENCE)).key == "liquidation"


@pytest.mark.parametrize(("lane", "rests"), [(Lane.URGENT, (0.5, 1, 2, 5, 5)), (Lane.ROUTINE, (1, 2, 5, 15, 60, 60))])
def test_refused_jobs_rest_longer_each_time_until_they_succeed(lane: Lane, rests: tuple[float, ...]) -> None:
    clock = Clock()
    queue = Queue(clock)
    refused = job(0, "again", lane)
    for rest in rests:
        queue.refused(refused)
        clock.now += rest - 0.01
        assert queue.offer([refused]) == []
        clock.now += 0.02
        assert queue.offer([refused]) == [refused]
        queue.release(refused)
    queue.refused(refused)
    queue.succeeded(refused)
    assert queue.offer([refused]) == [refused]


async def test_clearing_drops_what_waits() -> None:
    queue = Queue(Clock())
    queue.offer([job(0, "a"), job(1, "b", Lane.ROUTINE)])
    assert queue.lengths() == {"urgent": 1, "routine": 1}
    queue.clear()
    assert queue.lengths() == {"urgent": 0, "routine": 0}
    assert len(queue.offer([job(0, "a")])) == 1
