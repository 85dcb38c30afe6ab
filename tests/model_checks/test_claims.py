"""Claims worked by hand, the published example among them."""

from dataclasses import replace

import pytest

from tests.model.claims.registry import NoClaim, Receipt, Registry, Report, complete, report
from tests.model.pool.deposits import deposit
from tests.model.pool.payouts import claim_fee, request_payout
from tests.model.pool.requests import request
from tests.model.pool.shares import assets_for
from tests.model.pool.state import Pool, ledger
from tests.model.pool.withdrawals import execute
from tests.model.refusals import Refused

USDC = 1_000_000


def pool_of(amount: int) -> Pool:
    return deposit(Pool(), amount, 0)[0]


def claimed(pool: Pool, deficit: int, unvested_profit: int = 0) -> tuple[Registry, Pool, Receipt]:
    registry = Registry(threshold=1_000 * USDC)
    registry, pool, result = report(registry, pool, Report(deficit, 0, 0, unvested_profit))
    assert isinstance(result, Receipt)
    return complete(registry, pool)


def test_a_deficit_of_100_000_on_a_pool_of_60_000() -> None:
    registry, pool, receipt = claimed(pool_of(60_000 * USDC), 100_000 * USDC)
    assert receipt.payout == 60_000 * USDC
    assert receipt.fee == 30 * USDC
    assert receipt.net_paid == 59_970 * USDC
    assert receipt.uncovered == 40_000 * USDC
    assert (receipt.executor_fee, pool.claim_fees, pool.treasury_fees) == (18 * USDC, 18 * USDC, 12 * USDC)
    assert not receipt.fully_covered
    assert (registry.settled, registry.next_sequence, registry.open) == (100_000 * USDC, 2, None)


def test_a_wiped_pool_starts_a_new_generation() -> None:
    pool, position = deposit(Pool(), 60_000 * USDC, 0)
    pool, position = request(pool, position, position.shares, 1)
    pool = request_payout(pool, 1, 100_000 * USDC)
    assert (pool.generation, pool.total_shares, pool.pending_shares, pool.pending_value) == (1, 0, 0, 0)
    assert (pool.total_deposits, pool.available, pool.high_water_mark) == (0, 0, 10**9)
    pool, late = deposit(pool, 10 * USDC, 2)
    assert late.shares == 10 * USDC and late.generation == 1
    after, emptied, paid = execute(pool, position, 97)
    assert (paid.net, emptied.shares, after) == (0, 0, pool)


def test_a_pool_is_wiped_below_a_ten_thousandth_and_not_at_it() -> None:
    kept = request_payout(pool_of(100 * USDC), 1, 99_990_000)
    assert (kept.generation, kept.available) == (0, 10_000)
    ended = request_payout(pool_of(100 * USDC), 1, 99_990_001)
    assert (ended.generation, ended.available, ended.residual) == (1, 0, 9_999)


def test_the_order_of_the_tiers() -> None:
    pool = replace(pool_of(1_000 * USDC), residual=10, first_loss=200, unvested=3_000, vest_end=96)
    booked = request_payout(pool, 1, 4_000)
    assert booked.reserved is not None
    assert (booked.reserved.first_loss, booked.reserved.premium, booked.reserved.capital) == (210, 3_000, 790)
    assert (booked.residual, booked.first_loss, booked.unvested) == (0, 0, 0)
    assert booked.available == 1_000 * USDC - 790
    assert (booked.reserved.fee, booked.reserved.executor_fee, booked.reserved.net) == (2, 1, 3_998)
    assert ledger(booked) == ledger(pool)


def test_the_fee_rounds_up_and_the_executor_down() -> None:
    assert claim_fee(60_000 * USDC) == (30 * USDC, 18 * USDC)
    assert claim_fee(1) == (1, 0)
    assert claim_fee(2_001) == (2, 1)
    assert claim_fee(0) == (0, 0)


def test_at_the_threshold_there_is_no_claim_and_it_adds_up() -> None:
    registry, pool = Registry(threshold=1_000), pool_of(100 * USDC)
    registry, pool, result = report(registry, pool, Report(1_000, 0, 0, 0))
    assert result == NoClaim(1_000)
    assert (pool.unsettled, registry.settled, registry.no_claims) == (1_000, 0, 1)
    registry, pool, result = report(registry, pool, Report(1_001, 7, 5, 0))
    assert isinstance(result, Receipt) and (result.deficit, result.margin_tier, result.fund_tier) == (1_001, 7, 5)
    assert pool.unsettled == 0


def test_while_a_payout_is_reserved_a_report_changes_nothing() -> None:
    registry, pool = Registry(threshold=1_000), pool_of(100 * USDC)
    registry, pool, _ = report(registry, pool, Report(5_000, 0, 0, 0))
    assert report(registry, pool, Report(9_000, 0, 0, 0)) == (registry, pool, None)
    registry, pool, _ = complete(registry, pool)
    _, _, second = report(registry, pool, Report(9_000, 0, 0, 0))
    assert isinstance(second, Receipt) and (second.sequence, second.deficit) == (2, 4_000)


def test_a_repeated_report_pays_nothing_twice_and_the_counter_never_falls() -> None:
    registry, pool, _ = claimed(pool_of(100_000 * USDC), 5_000 * USDC)
    assert report(registry, pool, Report(5_000 * USDC, 0, 0, 0))[2] == NoClaim(0)
    with pytest.raises(Refused, match="E_COUNTER"):
        report(registry, pool, Report(5_000 * USDC - 1, 0, 0, 0))


def test_unvested_profit_comes_last() -> None:
    _, _, receipt = claimed(pool_of(60_000 * USDC), 100_000 * USDC, 15_000 * USDC)
    assert (receipt.profit_tier, receipt.uncovered) == (15_000 * USDC, 40_000 * USDC)
    _, _, covered = claimed(pool_of(60_000 * USDC), 5_000 * USDC, 15_000 * USDC)
    assert (covered.profit_tier, covered.fully_covered) == (0, True)


def test_arrears_are_taken_from_the_payout_once() -> None:
    pool = replace(pool_of(100_000 * USDC), arrears=40 * USDC)
    _, pool, receipt = claimed(pool, 2_000 * USDC)
    assert (receipt.fee, receipt.arrears_offset, receipt.net_paid) == (USDC, 40 * USDC, 1_959 * USDC)
    assert (pool.unvested, pool.total_offset, pool.vest_end) == (40 * USDC, 40 * USDC, 96)
    assert request_payout(pool, 2, 2_000 * USDC).total_offset == 40 * USDC


def test_two_providers_lose_pro_rata() -> None:
    pool, small = deposit(Pool(), 1_000 * USDC, 0)
    pool, large = deposit(pool, 3_000 * USDC, 5)
    pool = request_payout(pool, 1, 2_000 * USDC)
    assert pool.total_deposits == 2_000 * USDC
    assert assets_for(pool, small.shares) == 500_124_968
    assert assets_for(pool, large.shares) == 1_500_374_906


def test_both_can_leave_after_a_payout_although_principal_was_reduced() -> None:
    pool, first = deposit(Pool(), 1_000 * USDC, 0)
    pool, second = deposit(pool, 1_000 * USDC, 0)
    pool = replace(request_payout(pool, 1, 1_000 * USDC), score_epoch=1_440)
    pool, first = request(pool, first, first.shares, 1_344)
    pool, second = request(pool, second, second.shares, 1_344)
    pool, first, one = execute(pool, first, 1_440)
    assert pool.total_deposits == 0
    pool, second, two = execute(pool, second, 1_440)
    assert (one.net, two.net) == (500_249_875, 499_750_125)
    assert (pool.available, pool.total_shares) == (0, 0)
