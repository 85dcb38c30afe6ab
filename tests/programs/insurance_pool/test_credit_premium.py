"""credit_premium: a premium vests over a day; arrears and acknowledged offsets are noted."""

from offchain.chain.addresses import LOCALNET
from tests.model.pool import vesting
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_state, now, only

CEILING = 22_000
"""Vesting, a token transfer, an event with the pool before and after."""


def test_credits_after_vesting_what_was_there(cover: Cover, lp: Provider) -> None:
    cover.premium(60 * USDC)
    cover.later(20)
    before = cover.pool_state
    expected = vesting.credit_premium(now(cover), 11 * USDC + 3, cover.epoch, 5, 2)
    cover.change_pool(total_offset=2)
    event = only(cover.premium(11 * USDC + 3, arrears=5, acknowledged=2), "PremiumCredited")
    assert cover.units <= CEILING
    cover.change_pool(total_offset=0)
    assert now(cover) == expected
    assert (event.market_id, event.actor, event.epoch) == (cover.market, LOCALNET.premium_config, cover.epoch)
    assert (event.amount, event.arrears, event.acknowledged_offset) == (11 * USDC + 3, 5, 2)
    assert (event.epoch_premium_before, event.epoch_premium_after) == (60 * USDC, 11 * USDC + 3)
    check_state(event.pool_before, before)
    check_state(event.pool_after, cover.pool_state)


def test_premiums_of_one_epoch_add_up(cover: Cover, lp: Provider) -> None:
    cover.premium(7 * USDC)
    cover.premium(5 * USDC)
    pool = now(cover)
    assert (pool.epoch_premium, pool.premium_epoch, pool.unvested) == (12 * USDC, cover.epoch, 12 * USDC)


def test_nothing_is_a_premium_too(cover: Cover, lp: Provider) -> None:
    expected = vesting.credit_premium(now(cover), 0, cover.epoch, 9, 0)
    cover.premium(0, arrears=9)
    assert now(cover) == expected
    assert now(cover).vest_end == 0


def test_fee_only_above_the_high_water_mark(cover: Cover, lp: Provider) -> None:
    cover.payout(100 * USDC)
    cover.release_by_hand()
    cover.premium(150 * USDC)
    cover.later(48)
    before = now(cover)
    expected = vesting.vest(before, cover.epoch)
    cover.premium(0)
    assert now(cover).treasury_fees == expected.treasury_fees == before.treasury_fees
    cover.later(48)
    expected = vesting.vest(now(cover), cover.epoch)
    cover.premium(0)
    assert now(cover).treasury_fees == expected.treasury_fees
    gain = 50 * USDC - (before.available - 900 * USDC)
    assert abs(expected.treasury_fees - before.treasury_fees - gain * 5 // 100) <= 200_000
    assert now(cover).high_water_mark == expected.high_water_mark > 10**9


def test_the_mark_in_atoms_is_rounded_up_for_the_providers(cover: Cover, lp: Provider) -> None:
    """1 000 000 001 / 1e9 of the 1 001 000 000 shares, virtual ones included, is 1 001 000 001.001 atoms: 20 of the 22
    vested are above it and cost one atom, 21 would cost two."""
    cover.change_pool(high_water_mark=10**9 + 1)
    cover.premium(22)
    cover.later(96)
    before = now(cover)
    assert (before.available, before.total_shares) == (1_000 * USDC, 1_000 * USDC)
    cover.premium(0)
    assert now(cover) == vesting.credit_premium(before, 0, cover.epoch, 0, 0)
    assert now(cover).treasury_fees - before.treasury_fees == 1


def test_without_shares_what_vests_is_the_protocols(cover: Cover) -> None:
    cover.premium(10 * USDC)
    cover.later(96)
    cover.premium(0)
    pool = now(cover)
    assert (pool.residual, pool.unvested, pool.available, pool.treasury_fees) == (10 * USDC, 0, 0, 0)


def test_refuses_anyone_but_the_premium_manager(cover: Cover) -> None:
    args = {"amount": 1, "epoch": 100, "arrears": 0, "acknowledged": 0}
    for stranger in (cover.admin, LOCALNET.risk_config, LOCALNET.handler_config):
        with cover.refused("E_AUTHORITY", cover.at.pool):
            cover.pool("credit_premium", args, premium=stranger, escrow=cover.tokens(stranger, 1))


def test_refuses_another_vault(cover: Cover) -> None:
    args = {"amount": 1, "epoch": 100, "arrears": 0, "acknowledged": 0}
    escrow = cover.tokens(LOCALNET.premium_config, 1)
    with cover.refused("E_VAULT", cover.at.pool, escrow):
        cover.pool("credit_premium", args, escrow=escrow, vault=cover.tokens(cover.at.pool))
