"""request_payout: the loss is booked at once, tier by tier."""

import pytest

from offchain.chain.addresses import LOCALNET
from tests.model.pool import payouts
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_state, now, only

CEILING = 15_000
"""A dozen 128-bit divisions and an event with the pool before and after."""


def book(cover: Cover, claimable: int, sequence: int = 1) -> None:
    """Books it and compares pool and event with the twin."""
    before, pool = cover.pool_state, now(cover)
    expected = payouts.request_payout(pool, sequence, claimable)
    event = only(cover.payout(claimable, sequence), "PayoutRequested")
    assert cover.units <= CEILING
    assert now(cover) == expected
    reserved = expected.reserved
    assert reserved is not None
    assert (event.market_id, event.actor) == (cover.market, LOCALNET.handler_config)
    assert (event.sequence, event.claimable, event.payout) == (sequence, claimable, reserved.payout)
    assert (event.first_loss, event.premium, event.capital) == (reserved.first_loss, reserved.premium, reserved.capital)
    assert (event.offset, event.fee, event.net) == (reserved.offset, reserved.fee, reserved.net)
    check_state(event.pool_before, before)
    check_state(event.pool_after, cover.pool_state)


def with_every_tier(cover: Cover) -> None:
    cover.stake(40 * USDC)
    cover.premium(20 * USDC)
    cover.later(10)
    cover.pool("report_reserve")
    cover.change_pool(residual=10 * USDC)
    vault = cover.balance(cover.at.pool_vault) + 10 * USDC
    cover.store.put(cover.at.pool_vault, cover.store.get(cover.tokens(cover.at.pool, vault)))


def test_worked_example(cover: Cover) -> None:
    who = cover.provider()
    cover.deposit(who, 60_000 * USDC)
    book(cover, 100_000 * USDC)
    pool = cover.pool_state
    assert (pool.reserved_payout, pool.reserved_fee, pool.reserved) == (60_000 * USDC, 30 * USDC, 59_970 * USDC)
    assert (pool.claim_fees, pool.treasury_fees) == (18 * USDC, 12 * USDC)
    assert (pool.generation, pool.total_shares, pool.available_balance) == (1, 0, 0)


@pytest.mark.parametrize(
    ("claimable", "first_loss", "premium"),
    [
        (1, 1, 0),
        (10 * USDC, 10 * USDC, 0),
        (50 * USDC, 50 * USDC, 0),
        (55 * USDC, 50 * USDC, 5 * USDC),
        (500 * USDC, 50 * USDC, None),
        (2_000 * USDC, 50 * USDC, None),
    ],
)
def test_tiers_pay_in_order(cover: Cover, lp: Provider, claimable: int, first_loss: int, premium: int | None) -> None:
    with_every_tier(cover)
    unvested = cover.pool_state.unvested
    book(cover, claimable)
    pool = cover.pool_state
    assert pool.reserved_first_loss == first_loss
    assert pool.reserved_premium == (unvested if premium is None else premium)
    assert pool.reserved_payout == min(claimable, first_loss + unvested + pool.reserved_capital)


def test_leftovers_pay_before_the_stake(cover: Cover, lp: Provider) -> None:
    with_every_tier(cover)
    book(cover, 15 * USDC)
    assert (cover.pool_state.residual, cover.pool_state.first_loss) == (0, 35 * USDC)


def test_unsettled_is_settled_and_utilisation_follows(cover: Cover, lp: Provider) -> None:
    cover.pool("note_unsettled", {"unsettled": 300 * USDC})
    cover.set_risk(required=100 * USDC)
    book(cover, 500 * USDC)
    assert cover.pool_state.unsettled == 0
    assert cover.pool_state.utilization_rate == 2_000


def test_principal_shrinks_with_the_capital(cover: Cover, lp: Provider) -> None:
    book(cover, 333 * USDC + 1)
    assert cover.pool_state.total_deposits == 1_000 * USDC - 333 * USDC - 1


def test_fee_is_rounded_up(cover: Cover, lp: Provider) -> None:
    book(cover, 1)
    pool = cover.pool_state
    assert (pool.reserved_fee, pool.reserved, pool.claim_fees, pool.treasury_fees) == (1, 0, 0, 1)


@pytest.mark.parametrize(
    ("arrears", "total", "acknowledged", "offset"),
    [
        (7 * USDC, 0, 0, 7 * USDC),
        (7 * USDC, 5 * USDC, 1 * USDC, 3 * USDC),
        (7 * USDC, 9 * USDC, 1 * USDC, 0),
        (10_000 * USDC, 0, 0, 99_950_000),
    ],
)
def test_arrears_are_deducted_once(
    cover: Cover, lp: Provider, arrears: int, total: int, acknowledged: int, offset: int
) -> None:
    cover.change_pool(arrears=arrears, total_offset=total, acknowledged_offset=acknowledged)
    book(cover, 100 * USDC)
    pool = cover.pool_state
    assert (pool.reserved_offset, pool.total_offset, pool.unvested) == (offset, total + offset, offset)
    assert pool.reserved == 100 * USDC - pool.reserved_fee - offset


def test_offset_vests_no_faster_than_what_is_there(cover: Cover, lp: Provider) -> None:
    cover.premium(500 * USDC)
    cover.change_pool(arrears=7 * USDC)
    book(cover, 100 * USDC)
    pool = cover.pool_state
    assert (pool.unvested, pool.vest_end, pool.vest_epoch) == (407 * USDC, 196, 100)


@pytest.mark.parametrize(("left", "generation"), [(100_000, 0), (99_999, 1)])
def test_generation_ends_below_a_ten_thousandth(cover: Cover, lp: Provider, left: int, generation: int) -> None:
    cover.premium(5 * USDC)
    position = cover.at.provider_position(lp.key, 100)
    cover.pool("request_withdrawal", {"shares": 5 * USDC}, provider=lp.key, position=position)
    cover.change_pool(exit=True, arrears=3 * USDC)
    book(cover, 1_005 * USDC - left)
    pool = cover.pool_state
    assert pool.generation == generation
    assert pool.exit is (generation == 0)
    assert (pool.pending_shares, pool.total_shares == 0) == ((0, True) if generation else (5 * USDC, False))
    if generation:
        assert pool.residual == left + 3 * USDC


def test_empty_pool_pays_nothing_but_answers(cover: Cover) -> None:
    book(cover, 5_000 * USDC)
    pool = cover.pool_state
    assert (pool.reserved_sequence, pool.reserved_payout, pool.generation) == (1, 0, 0)


def test_refuses_a_second_payout_before_the_release(cover: Cover, lp: Provider) -> None:
    cover.payout(10 * USDC)
    with cover.refused("E_STATE", cover.at.pool):
        cover.payout(10 * USDC, sequence=2)


def test_refuses_anyone_but_the_handler(cover: Cover, lp: Provider) -> None:
    for stranger in (cover.admin, LOCALNET.risk_config, LOCALNET.premium_config, cover.market):
        with cover.refused("E_AUTHORITY", cover.at.pool):
            cover.pool("request_payout", {"sequence": 1, "claimable": 1}, handler=stranger)
