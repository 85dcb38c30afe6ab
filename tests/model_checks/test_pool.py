"""Shares, vesting, fees and withdrawals, worked by hand."""

from dataclasses import replace
from typing import Any

import pytest

from tests.model.pool import stake
from tests.model.pool.deposits import deposit, top_up
from tests.model.pool.payouts import request_payout
from tests.model.pool.requests import cancel, early_fee_bps, flag_exit, report_reserve, request
from tests.model.pool.shares import assets_for, shares_for
from tests.model.pool.state import Pool, Position, ledger
from tests.model.pool.utilization import utilization_bps, withdrawable
from tests.model.pool.vesting import credit, credit_premium, vest
from tests.model.pool.withdrawals import execute
from tests.model.refusals import Refused

USDC = 1_000_000


def funded(amount: int = 1_000 * USDC, **changes: Any) -> tuple[Pool, Position]:
    """A pool with one deposit in epoch 0, lock 1344, notice 96."""
    pool, position = deposit(Pool(), amount, 0)
    return replace(pool, **changes), position


def fresh(pool: Pool, epoch: int, required: int = 0) -> Pool:
    """The pool after a score of the epoch."""
    return replace(pool, score_epoch=epoch, required_reserve=required)


def test_the_first_deposit_gets_a_share_an_atom() -> None:
    pool, position = funded()
    assert position.shares == pool.total_shares == 1_000 * USDC
    assert position.unlock_epoch == 1_344
    assert assets_for(pool, position.shares) == 1_000 * USDC


def test_a_deposit_below_ten_usdc_is_refused() -> None:
    with pytest.raises(Refused, match="E_MIN_DEPOSIT"):
        deposit(Pool(), 10 * USDC - 1, 0)


def test_inflating_the_share_price_costs_more_than_it_takes() -> None:
    """A depositor of 10 USDC gives the pool 1 000 USDC: the next one loses less than a share's price, 92 atoms."""
    pool, attacker = funded(10 * USDC, performance_fee_bps=0)
    pool = vest(credit_premium(pool, 1_000 * USDC, 0, 0, 0), 96)
    pool, victim = deposit(pool, 100 * USDC, 96)
    assert victim.shares == 1_088_031
    assert assets_for(pool, victim.shares) == 99_999_945
    assert assets_for(pool, attacker.shares) == 919_090_958


def test_shares_and_assets_round_down() -> None:
    pool = Pool(available=14 * USDC, total_shares=9 * USDC)
    assert shares_for(pool, 1) == 0
    assert shares_for(pool, 3) == 2
    assert assets_for(pool, 1) == 1
    assert assets_for(pool, 3) == 4


def test_below_price_one_assets_never_exceed_what_is_there() -> None:
    pool = Pool(available=5 * USDC, total_shares=10 * USDC)
    assert 10 * USDC * 6 // 11 == 5_454_545
    assert assets_for(pool, 10 * USDC) == 5 * USDC


def test_known_deficits_lower_withdrawals_not_the_price_of_deposits() -> None:
    pool, _ = funded(999 * USDC, unsettled=100 * USDC)
    assert assets_for(pool, 1_000) == 900
    assert shares_for(pool, 1_000) == 1_000


def test_vesting_is_linear_over_a_day() -> None:
    pool, _ = funded(performance_fee_bps=0)
    pool = credit(pool, 96_000, 0)
    assert vest(pool, 24).unvested == 72_000
    assert vest(vest(pool, 24), 48).unvested == 48_000
    assert vest(pool, 95).unvested == 1_000
    assert vest(pool, 96).unvested == 0
    assert vest(pool, 1_000).available == 1_000 * USDC + 96_000


def test_the_end_is_the_amount_weighted_mean_to_the_nearest_epoch() -> None:
    """300 end at 96, 100 more at 48 + 96 = 144: half of the 300 is left, (150 * 96 + 100 * 144) / 250 = 115.2."""
    pool, _ = funded(performance_fee_bps=0)
    pool = vest(credit(pool, 300, 0), 48)
    assert pool.unvested == 150
    assert credit(pool, 100, 48).vest_end == 115
    assert credit(pool, 150, 48).vest_end == 120
    assert credit(pool, 1, 48).vest_end == 96


def test_performance_fee_only_above_the_mark_and_rounded_up() -> None:
    """1 000 shares of 1 atom fell to 900; 150 vest: 50 of them lift the price above the mark; 5 % of 50 = 2.5, up."""
    pool = Pool(available=900, total_shares=1_000, unvested=150, vest_end=96)
    vested = vest(pool, 96)
    assert vested.treasury_fees == 3
    assert vested.available == 1_047
    assert vested.high_water_mark == 1_000_046_954
    assert vest(replace(pool, unvested=100), 96).treasury_fees == 0


def test_without_shares_premium_becomes_first_loss_money() -> None:
    pool = vest(Pool(unvested=100, vest_end=96), 48)
    assert (pool.residual, pool.unvested, pool.available) == (50, 50, 0)


def test_epoch_premium_starts_anew_each_epoch() -> None:
    pool = credit_premium(credit_premium(Pool(), 5, 1, 0, 0), 7, 1, 0, 0)
    assert pool.epoch_premium == 12
    assert credit_premium(pool, 3, 2, 9, 4).epoch_premium == 3


def test_utilization_and_what_may_leave() -> None:
    assert utilization_bps(Pool()) == 0
    assert utilization_bps(Pool(required_reserve=1)) == 1_000_000
    assert utilization_bps(Pool(required_reserve=1, available=3)) == 3_334
    assert withdrawable(Pool(required_reserve=850, available=1_500)) == 500
    assert withdrawable(Pool(required_reserve=851, available=1_500)) == 498
    assert withdrawable(Pool(required_reserve=851, available=1_000)) == 0


def test_early_fee_at_start_half_and_end_of_the_lock() -> None:
    assert early_fee_bps(1_344, 1_344) == 30
    assert early_fee_bps(672, 1_344) == 20
    assert early_fee_bps(673, 1_344) == 21
    assert early_fee_bps(1, 1_344) == 11
    assert early_fee_bps(0, 1_344) == 0


def test_an_early_withdrawal_at_half_the_lock_pays_twenty_bps_that_stay() -> None:
    pool, position = funded()
    pool, position = request(pool, position, position.shares, 672)
    with pytest.raises(Refused, match="E_NOTICE"):
        execute(fresh(pool, 767), position, 767)
    pool, position, paid = execute(fresh(pool, 768), position, 768)
    assert (paid.gross, paid.fee, paid.net) == (1_000 * USDC, 2 * USDC, 998 * USDC)
    assert (pool.unvested, pool.available, pool.total_shares, pool.total_deposits) == (2 * USDC, 0, 0, 0)
    assert position.shares == position.deposited == 0


def test_a_request_pays_the_lower_value_and_gives_up_the_gain() -> None:
    pool, position = funded(performance_fee_bps=0)
    pool, other = deposit(pool, 1_000 * USDC, 0)
    pool, position = request(pool, position, position.shares, 1_344)
    pool = replace(pool, available=pool.available + 200 * USDC)
    after, position, paid = execute(fresh(pool, 1_440), position, 1_440)
    assert paid.net == 1_000 * USDC
    assert paid.given_up == after.unvested == 99_950_024
    assert ledger(after) == ledger(pool) - paid.net
    assert other.shares == after.total_shares


def test_cancelling_burns_the_gain() -> None:
    pool, position = funded(performance_fee_bps=0)
    pool, _ = deposit(pool, 1_000 * USDC, 0)
    pool, position = request(pool, position, position.shares, 1_344)
    pool = replace(pool, available=pool.available + 200 * USDC)
    after, kept = cancel(pool, position, 1_350)
    assert kept.shares == 909_132_213
    assert after.unvested == 99_950_024 and ledger(after) == ledger(pool)
    assert assets_for(after, kept.shares) <= 1_000 * USDC
    assert (after.pending_shares, after.pending_value, kept.requested_shares) == (0, 0, 0)


def test_the_cap_serves_in_part_and_the_rest_waits() -> None:
    pool, position = funded()
    pool, position = request(pool, position, position.shares, 1_344)
    pool = fresh(pool, 1_440, 510 * USDC)
    pool, position, paid = execute(pool, position, 1_440)
    assert (paid.gross, paid.burnt, paid.rest) == (400 * USDC, 400 * USDC, 600 * USDC)
    assert (pool.pending_shares, pool.pending_value, pool.available) == (600 * USDC,) * 3
    assert pool.total_deposits == position.deposited == 600 * USDC
    with pytest.raises(Refused, match="E_UTILIZATION"):
        execute(pool, position, 1_440)


def test_the_exit_mark_after_a_week_and_the_forced_payment_after_two() -> None:
    pool, position = funded()
    pool, position = request(pool, position, position.shares, 1_344)
    pool = fresh(pool, 1_344, 1_000 * USDC)
    with pytest.raises(Refused, match="E_EARLY"):
        flag_exit(pool, position, 1_440 + 671)
    pool = flag_exit(pool, position, 1_440 + 672)
    assert report_reserve(pool, 2_112).exit
    assert not report_reserve(replace(pool, required_reserve=0), 2_112).exit
    with pytest.raises(Refused, match="E_STALE"):
        execute(pool, position, 1_440 + 1_343)
    pool, position, paid = execute(pool, position, 1_440 + 1_344)
    assert paid.net == 1_000 * USDC and pool.available == 0


def test_the_last_provider_below_price_one_can_leave() -> None:
    pool, position = funded(100 * USDC)
    pool = replace(pool, available=40 * USDC)
    pool, position = request(pool, position, position.shares, 1_344)
    pool, position, paid = execute(fresh(pool, 1_440), position, 1_440)
    assert (paid.net, pool.available, position.shares) == (40 * USDC, 0, 0)


def test_who_follows_the_last_provider_buys_no_known_loss() -> None:
    """1 000 USDC with 900 of known deficit: the last provider leaves with 100.9, the rest pays the deficit first."""
    pool, position = funded(unsettled=900 * USDC)
    pool, position = request(pool, position, position.shares, 1_344)
    pool, position, paid = execute(fresh(pool, 1_440), position, 1_440)
    assert (paid.net, pool.residual, pool.available, pool.high_water_mark) == (100_899_100, 899_100_900, 0, 10**9)
    pool, newcomer = deposit(pool, 900 * USDC, 1_441)
    assert assets_for(pool, newcomer.shares) == 899_101_897
    booked = request_payout(pool, 1, 1_000 * USDC)
    assert booked.reserved is not None and booked.reserved.first_loss == 899_100_900
    assert assets_for(booked, newcomer.shares) == 799_100_900


def test_top_up_only_in_its_epoch() -> None:
    pool, position = funded()
    assert top_up(pool, position, 10 * USDC, 0)[1].deposited == 1_010 * USDC
    with pytest.raises(Refused, match="E_EPOCH"):
        top_up(pool, position, 10 * USDC, 1)


def test_one_request_at_a_time_and_within_the_shares() -> None:
    pool, position = funded()
    with pytest.raises(Refused, match="E_AMOUNT"):
        request(pool, position, position.shares + 1, 1)
    pool, position = request(pool, position, 1, 1)
    with pytest.raises(Refused, match="E_REQUEST"):
        request(pool, position, 1, 1)


def test_the_stake_leaves_only_without_open_interest() -> None:
    pool = stake.request(stake.fund(Pool(), 100), 100, 0)
    with pytest.raises(Refused, match="E_NOTICE"):
        stake.execute(fresh(pool, 95), 95)
    with pytest.raises(Refused, match="E_OPEN_INTEREST"):
        stake.execute(fresh(pool, 96, 1), 96)
    after, paid = stake.execute(replace(fresh(pool, 96), first_loss=60), 96)
    assert (paid, after.first_loss, after.stake_request) == (60, 0, 0)
