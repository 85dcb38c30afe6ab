"""Slot, height, unix time and epoch move together and never back."""

import time

import pytest

from offchain.localnet.clock import ChainClock
from offchain.localnet.errors import LocalnetError
from tests.localnet.wallet import START


def test_driven_clock_stands_still() -> None:
    clock = ChainClock("driven", START)
    clock.follow()
    time.sleep(0.02)
    clock.follow()
    assert (clock.unix_timestamp, clock.height, clock.slot, clock.epoch) == (START, 1, 1, 0)


def test_slots_follow_seconds() -> None:
    clock = ChainClock("driven", START)
    clock.warp_to(START + 900)
    assert clock.unix_timestamp == START + 900
    assert clock.height == clock.slot == 1 + 900 * 10 // 4


def test_a_transaction_takes_a_slot_but_no_block() -> None:
    clock = ChainClock("driven", START)
    for _ in range(3):
        clock.land()
    assert (clock.unix_timestamp, clock.height, clock.slot) == (START, 1, 4)


def test_epoch_and_its_start() -> None:
    clock = ChainClock("driven", START)
    clock.warp_to(START + 432_000 * 4 // 10 - 1)
    assert clock.epoch == 0
    assert clock.sysvar().epoch_start_timestamp == START
    clock.warp_to(START + 432_000 * 4 // 10)
    sysvar = clock.sysvar()
    assert (sysvar.epoch, sysvar.leader_schedule_epoch) == (1, 2)
    assert sysvar.epoch_start_timestamp == START + 172_800
    assert sysvar.slot == 432_001


def test_a_transaction_can_begin_an_epoch() -> None:
    clock = ChainClock("driven", START)
    clock.warp_to(START + 172_799)
    while clock.epoch == 0:
        clock.land()
    assert clock.slot == 432_000
    assert clock.sysvar().epoch_start_timestamp == START + 172_799


def test_time_does_not_go_back() -> None:
    clock = ChainClock("driven", START)
    clock.warp_to(START)
    with pytest.raises(LocalnetError, match="cannot go back to"):
        clock.warp_to(START - 1)


@pytest.mark.parametrize("wrong", [-1, 1 << 40, 1 << 70])
def test_impossible_times(wrong: int) -> None:
    with pytest.raises(LocalnetError, match="not a unix time"):
        ChainClock("driven", wrong)
    with pytest.raises(LocalnetError, match="not a unix time"):
        ChainClock("driven", START).warp_to(wrong)


def test_real_clock_runs_and_cannot_be_moved() -> None:
    before = int(time.time())
    clock = ChainClock("real", None)
    assert before - 1 <= clock.unix_timestamp <= time.time() + 1
    height = clock.height
    time.sleep(0.45)
    clock.follow()
    assert clock.height > height
    with pytest.raises(LocalnetError, match="follows real time"):
        clock.warp_to(int(time.time()) + 100)


def test_real_clock_can_start_at_another_time() -> None:
    began = time.monotonic()
    clock = ChainClock("real", START)
    clock.follow()
    assert START <= clock.unix_timestamp <= START + 1 + (time.monotonic() - began)


def test_resume_where_the_state_stood() -> None:
    first = ChainClock("driven", START)
    first.warp_to(START + 1_000)
    first.land()
    second = ChainClock("driven", None)
    second.resume(first.state(), None)
    assert second.state() | {"offset_ms": 0} == first.state() | {"offset_ms": 0}


def test_resume_later_but_not_earlier() -> None:
    first = ChainClock("driven", START)
    first.warp_to(START + 1_000)
    second = ChainClock("driven", START + 2_000)
    second.resume(first.state(), START + 2_000)
    assert second.unix_timestamp == START + 2_000
    with pytest.raises(LocalnetError, match="has reached"):
        ChainClock("driven", START).resume(first.state(), START)


def test_real_time_passes_while_the_chain_is_down() -> None:
    state = ChainClock("real", None).state()
    state["now_ms"] -= 60_000
    state["genesis_ms"] -= 60_000
    clock = ChainClock("real", None)
    clock.resume(state, None)
    clock.follow()
    assert clock.unix_timestamp >= state["now_ms"] // 1000 + 59


def test_driven_state_goes_on_in_real_time_from_where_it_stood() -> None:
    driven = ChainClock("driven", START)
    began = time.monotonic()
    clock = ChainClock("real", None)
    clock.resume(driven.state(), None)
    clock.follow()
    assert START <= clock.unix_timestamp <= START + 1 + (time.monotonic() - began)


def test_time_may_pass_without_blocks() -> None:
    clock = ChainClock("driven", START)
    clock.warp_to(START + 825, blocks=1)
    assert (clock.unix_timestamp, clock.height) == (START + 825, 2)
    clock.warp_to(START + 827)
    assert (clock.unix_timestamp, clock.height) == (START + 827, 7)
    clock.warp_to(START + 829, blocks=100)
    assert clock.height == 12, "never more blocks than the time holds"
    with pytest.raises(LocalnetError, match="-1 blocks"):
        clock.warp_to(START + 900, blocks=-1)


def test_blocks_left_out_survive_a_restart() -> None:
    clock = ChainClock("driven", START)
    clock.warp_to(START + 825, blocks=3)
    again = ChainClock("driven", START)
    again.resume(clock.state(), None)
    assert (again.unix_timestamp, again.height) == (clock.unix_timestamp, clock.height) == (START + 825, 4)
    old = clock.state()
    del old["idle_ms"]
    again.resume(old, None)
    assert again.height == 1 + 825 * 10 // 4
