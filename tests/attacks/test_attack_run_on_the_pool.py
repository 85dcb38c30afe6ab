"""Everybody wants out at once, or looks as if.

Incident class: bank runs. First come, first served paid the fast in full and left the loss to the slow; the answer of
most, to close the door, made everybody run at the first rumour. Here a run takes the notice, stays at risk until it is
paid, and ends in payment at a date nobody can move.
"""

import pytest

from offchain.chain.instructions import insurance_pool
from offchain.chain.units import atoms
from tests.attacks.moves import check_solvent, score, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

NOTICE, EXIT_AFTER, FORCE_AFTER = 96, 672, 1344
EACH = atoms("50000")
COUNT = 8


class Run:
    """Eight providers with 50 000 each, both sides of an open interest that needs half the pool, and eight requests."""

    def __init__(self, world: World, market: Market) -> None:
        self.world, self.market = world, market
        self.people = [market.cover("50000", f"provider {number}") for number in range(COUNT)]
        self.entry = world.epoch
        self.trader = market.trader("1000000")
        self.nonces = [market.open(self.trader, is_long, "300", "300000") for is_long in (True, False)]
        self.loser = market.trader("100000")
        self.loss = market.open(self.loser, True, "20", "10000")
        world.advance(epochs=1)
        score(world, market)
        self.start = world.epoch
        for each in self.people:
            market.request(each, self.entry)

    def withdraw(self, provider: User) -> int:
        """Execute a request; what it paid."""
        before = self.world.balance(provider)
        self.market.withdraw(provider, self.entry)
        return self.world.balance(provider) - before

    def break_small(self) -> tuple[User, int]:
        """A price gap that bankrupts the small position and that the two large ones survive."""
        for _ in range(2):
            self.world.advance(seconds=30)
            self.market.price("7100")
        return self.loser, self.loss

    def go(self, epochs: int) -> None:
        """So many epochs after the requests, with a fresh score."""
        self.world.go_to_epoch(self.start + epochs)
        score(self.world, self.market)


@pytest.fixture
def run(world: World, market: Market) -> Run:
    """The run has begun."""
    return Run(world, market)


def test_attack_nobody_outruns_the_notice(world: World, market: Market, run: Run) -> None:
    """Until the last second of the notice the pool is whole."""
    run.go(NOTICE - 1)
    world.advance(seconds=899)
    for each in run.people:
        with world.expect_error("E_NOTICE"):
            market.withdraw(each, run.entry)
    assert market.pool().available_balance >= COUNT * EACH


def test_attack_a_run_does_not_leave_the_claim_unpaid(world: World, market: Market, run: Run) -> None:
    """All capital is under notice, and a claim is paid from all of it as if nobody had asked for any."""
    run.go(NOTICE - 1)
    market.claim(*run.break_small())
    record = market.record(1)
    assert record.fully_covered and record.capital_tier > atoms("2000")
    share = record.capital_tier // COUNT
    values = [worth(market, market.position_of(each, run.entry).shares) for each in run.people]
    assert max(values) - min(values) == 0
    assert abs(values[0] - (EACH - share)) <= 10**6
    check_solvent(world, market)


def test_attack_the_fast_take_the_free_part_and_no_more(world: World, market: Market, run: Run) -> None:
    """Under the cap the first are served; what open interest needs stays, whatever the order and the parts."""
    run.go(NOTICE)
    free = market.pool().available_balance - -(-market.pool().required_reserve * 10_000 // 8_500)
    assert 0 < free < COUNT * EACH
    paid, refused = 0, 0
    for each in run.people:
        pool = market.pool()
        if pool.available_balance - -(-pool.required_reserve * 10_000 // 8_500) > 0:
            paid += run.withdraw(each)
        else:
            with world.expect_error("E_UTILIZATION"):
                market.withdraw(each, run.entry)
            refused += 1
    pool = market.pool()
    assert paid <= free and refused > 0
    assert pool.available_balance * 8_500 >= pool.required_reserve * 10_000
    check_solvent(world, market)


def test_attack_the_slow_lose_nothing_to_the_fast(world: World, market: Market, run: Run) -> None:
    """Who was served first and who last: at the end all have the same, to the fee and the atom."""
    run.go(NOTICE)
    first = run.people[0]
    run.withdraw(first)
    run.world.go_to_epoch(run.start + NOTICE + FORCE_AFTER)
    for each in run.people[1:]:
        run.withdraw(each)
    got = [world.balance(each) for each in run.people]
    assert max(got) - min(got) <= 10
    assert min(got) >= EACH * 997 // 1_000 - 10
    assert market.pool().total_shares == 0
    check_solvent(world, market)


def test_attack_a_run_restricts_the_market_until_it_is_served(world: World, market: Market, run: Run) -> None:
    """After a week the waiting is visible as EXIT: open interest may only fall, and what falls pays the run."""
    run.go(NOTICE + EXIT_AFTER)
    last = run.people[-1]
    world.send(insurance_pool.flag_exit(world.keeper.key, market.id, last.key, run.entry))
    world.send(insurance_pool.report_reserve(world.keeper.key, market.id))
    world.advance(seconds=1)
    market.price("8000")
    assert market.perp().reasons & 8
    with world.expect_error("E_RESTRICTED"):
        market.open(run.trader, True, "1", "1000")
    for nonce in run.nonces:
        market.close(run.trader, nonce)
    market.close(run.loser, run.loss)
    for _ in range(2):
        world.advance(epochs=1)
        score(world, market)
    assert market.pool().required_reserve == 0
    for each in run.people:
        run.withdraw(each)
    assert min(world.balance(each) for each in run.people) >= EACH * 997 // 1_000 - 10
    world.advance(epochs=1)
    score(world, market)
    assert not market.pool().exit and not market.perp().reasons & 8


def test_attack_the_cap_can_not_be_refilled_against_the_run(world: World, market: Market, run: Run) -> None:
    """Traders can't open against capital that has asked to leave: the cap on open interest counts it as gone."""
    run.go(1)
    market.sync()
    assert market.perp().oi_cap == 0
    with world.expect_error("E_OI_CAP"):
        market.open(run.trader, True, "1", "1000")


def test_attack_forced_payment_needs_nobody(world: World, market: Market, run: Run) -> None:
    """No price, no score, no crank from the requests on: at the forced date all are paid, in any order."""
    world.go_to_epoch(run.start + NOTICE + FORCE_AFTER - 1)
    with world.expect_error("E_STALE"):
        market.withdraw(run.people[0], run.entry)
    world.advance(epochs=1)
    for each in reversed(run.people):
        run.withdraw(each)
    got = [world.balance(each) for each in run.people]
    assert max(got) - min(got) <= 10
    check_solvent(world, market)


def test_attack_a_run_can_not_take_a_reserved_payout(world: World, market: Market, run: Run) -> None:
    """Everybody leaves between report and release: the market's money is no longer in the pool's price."""
    run.go(NOTICE - 1)
    market.liquidate(*run.break_small())
    market.report()
    reserved = market.pool().reserved
    world.go_to_epoch(run.start + NOTICE + FORCE_AFTER)
    for each in run.people:
        run.withdraw(each)
    assert market.pool().reserved == reserved > 0
    held = world.balance(market.m.vault)
    market.release()
    assert world.balance(market.m.vault) - held == reserved
    check_solvent(world, market)


def test_attack_asking_early_for_little_gains_no_place(world: World, market: Market) -> None:
    """There is no queue to hold a place in: a request can't grow, and a second one starts its own notice."""
    market.cover("100000", "others")
    runner, entry = market.cover("50000", "runner"), world.epoch
    market.request(runner, entry, 1)
    world.advance(epochs=NOTICE)
    score(world, market)
    with world.expect_error("E_REQUEST"):
        market.request(runner, entry)
    world.send(insurance_pool.cancel_withdrawal(runner.key, market.id, entry))
    market.request(runner, entry)
    with world.expect_error("E_NOTICE"):
        market.withdraw(runner, entry)
    assert world.balance(runner) == 0
