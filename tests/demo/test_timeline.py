"""When prices are published, and recorded time on the chain's clock."""

from offchain.chain.epochs import Schedule
from offchain.demo.ticks import EpochTicks, Tick
from offchain.demo.timeline import START_EPOCH, Publication, Timeline, merged, publications

CALM = [EpochTicks(0, 900, (Tick(900, 10_000),)), EpochTicks(1, 1_800, (Tick(1_800, 10_100),))]
STEP = [EpochTicks(0, 900, (Tick(900, 10_000),)), EpochTicks(3, 3_600, (Tick(3_600, 9_899), Tick(3_825, 9_900)))]


def test_every_tick_is_published_once_while_the_price_moves_little() -> None:
    assert list(publications(0, CALM)) == [
        Publication(900, 0, 10_000, 0, True),
        Publication(1_800, 0, 10_100, 1, True),
    ]


def test_a_move_beyond_one_percent_is_published_again_after_a_minute() -> None:
    assert list(publications(1, STEP)) == [
        Publication(900, 1, 10_000, 0, True),
        Publication(3_600, 1, 9_899, 3, True),
        Publication(3_660, 1, 9_899, 3, False, repeats=True),
        Publication(3_825, 1, 9_900, 3, False),
    ]


def test_markets_are_merged_by_time() -> None:
    assert [(p.time, p.market) for p in merged(CALM, STEP)] == [
        (900, 0),
        (900, 1),
        (1_800, 0),
        (3_600, 1),
        (3_660, 1),
        (3_825, 1),
    ]


def test_recorded_time_on_full_and_on_shortened_epochs() -> None:
    tick, again = Publication(9_900, 0, 1, 1, True), Publication(9_960, 0, 1, 1, False, repeats=True)
    later = Publication(10_350, 0, 1, 1, False)
    full = Timeline(9_000, Schedule(9_000 - START_EPOCH * 900, 900))
    assert [full.chain_time(each) for each in (tick, again, later)] == [9_900, 9_960, 10_350]
    short = Timeline(9_000, Schedule(1_000, 8))
    start = 1_000 + START_EPOCH * 8
    assert [short.chain_time(each) for each in (tick, again, later)] == [start + 8, start + 9, start + 12]
