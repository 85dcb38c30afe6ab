"""request_withdrawal: value and early fee are fixed, the shares stay at risk."""

import pytest
from solders.pubkey import Pubkey

from tests.model.pool import requests
from tests.programs.bench.cover import LOCK, Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, check_state, now, only, position

CEILING = 15_000
"""Vesting, one price, an event with the pool and the position before and after."""


def named(cover: Cover, who: Provider) -> dict[str, Pubkey]:
    return {"provider": who.key, "position": cover.at.provider_position(who.key, 100)}


def test_fixes_value_and_fee_and_keeps_the_shares_at_risk(cover: Cover, lp: Provider) -> None:
    cover.premium(33 * USDC)
    cover.later(40)
    before = cover.position_state(lp)
    expected_pool, expected = requests.request(now(cover), position(cover, lp), 700 * USDC, cover.epoch)
    event = only(cover.pool("request_withdrawal", {"shares": 700 * USDC}, **named(cover, lp)), "WithdrawalRequested")
    assert cover.units <= CEILING
    assert (now(cover), position(cover, lp)) == (expected_pool, expected)
    assert expected.request_value > 700 * USDC
    assert (expected_pool.pending_shares, expected_pool.pending_value) == (700 * USDC, expected.request_value)
    assert expected_pool.total_shares == 1_000 * USDC
    check_moment(cover, event, lp.key)
    check_state(event.position_before, before)
    check_state(event.position_after, cover.position_state(lp))
    check_state(event.pool_after, cover.pool_state)
    assert event.pool_before.vest_epoch == 100


@pytest.mark.parametrize(
    ("waited", "fee"), [(0, 30), (1, 30), (68, 29), (672, 20), (LOCK - 1, 11), (LOCK, 0), (LOCK + 500, 0)]
)
def test_early_fee_falls_with_the_lock_that_remains(cover: Cover, lp: Provider, waited: int, fee: int) -> None:
    cover.later(waited)
    cover.pool("request_withdrawal", {"shares": 1}, **named(cover, lp))
    assert cover.position_state(lp).request_fee_bps == fee


def test_value_is_less_the_unsettled_deficit(cover: Cover, lp: Provider) -> None:
    cover.pool("note_unsettled", {"unsettled": 400 * USDC})
    cover.pool("request_withdrawal", {"shares": 1_000 * USDC}, **named(cover, lp))
    value = cover.position_state(lp).request_value
    assert value == 1_000 * USDC * (600 * USDC + USDC) // (1_000 * USDC + USDC)


def test_refuses_a_second_request(cover: Cover, lp: Provider) -> None:
    cover.pool("request_withdrawal", {"shares": 1}, **named(cover, lp))
    with cover.refused("E_REQUEST", cover.at.pool, named(cover, lp)["position"]):
        cover.pool("request_withdrawal", {"shares": 1}, **named(cover, lp))


@pytest.mark.parametrize("shares", [0, 1_000 * USDC + 1])
def test_refuses_more_than_there_is_and_nothing(cover: Cover, lp: Provider, shares: int) -> None:
    with cover.refused("E_AMOUNT", cover.at.pool, named(cover, lp)["position"]):
        cover.pool("request_withdrawal", {"shares": shares}, **named(cover, lp))


def test_refuses_a_wiped_generation(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    with cover.refused("E_GENERATION", cover.at.pool, named(cover, lp)["position"]):
        cover.pool("request_withdrawal", {"shares": 1}, **named(cover, lp))


def test_refuses_strangers_and_other_pools(cover: Cover, lp: Provider) -> None:
    where = named(cover, lp)
    with cover.refused("E_AUTHORITY", cover.at.pool, where["position"]):
        cover.pool("request_withdrawal", {"shares": 1}, **(where | {"provider": cover.wallet()}))
    other = cover.open_market(2)
    cover.open_peers(other)
    with cover.refused("E_STATE", other.pool, where["position"]):
        cover.pool("request_withdrawal", {"shares": 1}, **(where | {"pool": other.pool}))
    cover.set_pool_terms(other)
    with cover.refused("E_RELATION", other.pool, where["position"]):
        cover.pool("request_withdrawal", {"shares": 1}, **(where | {"pool": other.pool}))
