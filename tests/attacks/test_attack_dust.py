"""Rounding that goes to the caller: an atom a call, thousands of calls.

Incident class: rounding drains. Invariants of swap and lending pools were broken by deposits and withdrawals of odd
sizes whose rounding favoured the user, often after the price of a share had been moved to an ugly number.
"""

import random
from collections.abc import Callable
from fractions import Fraction

import pytest

from offchain.chain.instructions import insurance_pool
from offchain.chain.units import USDC_DECIMALS, atoms
from tests.attacks.moves import VIRTUAL, bankrupt, check_solvent, route, score, trade_volume, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

COUNT = 12
LOCK = 1344
UNIT = 10**USDC_DECIMALS


def after_premium(world: World, market: Market) -> None:
    """A share price above one, at some odd ratio, and a premium that still vests."""
    trade_volume(market)
    world.advance(epochs=1)
    score(world, market)
    route(world, market)
    world.advance(epochs=37)
    score(world, market)


def after_loss(world: World, market: Market) -> None:
    """A share price below one."""
    market.claim(*bankrupt(world, market, "6000"))
    world.advance(epochs=1)
    world.push_price("8000")
    world.advance(seconds=70)
    score(world, market)


def after_both(world: World, market: Market) -> None:
    """A loss and then a premium."""
    after_loss(world, market)
    market.sync()
    after_premium(world, market)


def untouched(world: World, market: Market) -> None:
    """A share price of one."""


def crowd(world: World, market: Market, seed: int, request: bool = False) -> list[tuple[User, int]]:
    """Deposits of random, mostly odd sizes in one epoch, with their requests if asked for: users and atoms."""
    dice = random.Random(seed)
    deposits = []
    for _ in range(COUNT):
        amount = dice.choice([10 * UNIT, 10 * UNIT + 1, dice.randint(10 * UNIT, 10 ** dice.randint(8, 12))])
        user = world.user()
        world.set_balance(user.token, amount)
        world.send(insurance_pool.deposit(user.key, market.id, user.token, amount, 0, world.epoch))
        deposits.append((user, amount))
        if request:
            market.request(user, world.epoch)
            assert amount - 1_000 <= market.position_of(user, world.epoch).request_value <= amount
    return deposits


@pytest.mark.parametrize("history", [untouched, after_premium, after_loss, after_both])
def test_attack_deposit_and_request_at_once_never_gains_an_atom(
    world: World, market: Market, history: Callable[[World, Market], None]
) -> None:
    """Whatever a share costs, a request fixes at most the deposit, before any early fee; execution pays no more."""
    market.cover("200000")
    history(world, market)
    entry = world.epoch
    people = crowd(world, market, 1, request=True)
    world.advance(epochs=96)
    score(world, market)
    for user, amount in people:
        market.withdraw(user, entry)
        assert amount * 996 // 1_000 < world.balance(user) < amount
    check_solvent(world, market)


@pytest.mark.parametrize("history", [untouched, after_loss])
@pytest.mark.parametrize("seed", [2, 3])
def test_attack_a_whole_cycle_in_random_parts_never_gains_an_atom(
    world: World, market: Market, history: Callable[[World, Market], None], seed: int
) -> None:
    """No fee hides the rounding: after the lock, in three requests of random sizes, with nothing left to vest."""
    other, first = market.cover("200000"), world.epoch
    history(world, market)
    kept = worth(market, market.position_of(other, first).shares)
    entry, dice = world.epoch, random.Random(seed)
    people = crowd(world, market, seed)
    world.advance(epochs=LOCK)
    for part in range(3):
        for user, _ in people:
            shares = market.position_of(user, entry).shares
            market.request(user, entry, shares if part == 2 else dice.randint(1, shares // 2))
        world.advance(epochs=96)
        score(world, market)
        assert market.pool().unvested == 0
        for user, _ in people:
            market.withdraw(user, entry)
    assert all(market.position_of(user, entry).shares == 0 for user, _ in people)
    # One may get the atoms that another's rounding left behind; all of them together get none.
    assert all(abs(world.balance(user) - amount) <= 1_000 for user, amount in people)
    assert sum(world.balance(user) for user, _ in people) <= sum(amount for _, amount in people)
    assert worth(market, market.position_of(other, first).shares) >= kept
    check_solvent(world, market)


@pytest.mark.parametrize("history", [after_premium, after_loss, after_both])
def test_attack_request_and_cancel_in_a_loop(
    world: World, market: Market, history: Callable[[World, Market], None]
) -> None:
    """Forty requests and cancellations of random sizes: neither shares nor value grow, nobody else's shrink."""
    other = market.cover("200000", "other")
    first = world.epoch
    history(world, market)
    user, entry, dice = world.user(usdc="12345.678901"), world.epoch, random.Random(4)
    market.deposit(user, "12345.678901")
    start, kept = market.position_of(user, entry).shares, worth(market, market.position_of(other, first).shares)
    value = worth(market, start)
    for _ in range(40):
        market.request(user, entry, dice.choice([1, 2, dice.randint(1, start), start]))
        world.send(insurance_pool.cancel_withdrawal(user.key, market.id, entry))
    after = market.position_of(user, entry)
    assert after.shares == start
    assert worth(market, after.shares) == value <= atoms("12345.678901")
    assert worth(market, market.position_of(other, first).shares) == kept
    assert (market.pool().pending_shares, market.pool().pending_value) == (0, 0)


@pytest.mark.parametrize("history", [after_premium, after_loss])
def test_attack_executing_a_single_share_pays_at_most_its_worth(
    world: World, market: Market, history: Callable[[World, Market], None]
) -> None:
    """One share, two shares, three: each pays its worth rounded down and leaves the rest of the pool no poorer."""
    market.cover("200000", "other")
    history(world, market)
    user, entry = world.user(usdc="50"), world.epoch
    market.deposit(user, "50")
    world.advance(epochs=LOCK)
    for shares in (1, 2, 3, 999):
        market.request(user, entry, shares)
        world.advance(epochs=96)
        score(world, market)
        pool, before = market.pool(), world.balance(user)
        price = Fraction(pool.available_balance + VIRTUAL, pool.total_shares + VIRTUAL)
        market.withdraw(user, entry)
        paid = world.balance(user) - before
        pool = market.pool()
        assert paid <= shares * price
        assert Fraction(pool.available_balance + VIRTUAL, pool.total_shares + VIRTUAL) >= price
    check_solvent(world, market)


def test_attack_dribbling_through_the_cap_gains_nothing(world: World, market: Market) -> None:
    """Partial executions while the cap lets little through: the parts sum up to no more than the whole."""
    market.cover("100000", "other")
    runner, entry = market.cover("100000", "runner"), world.epoch
    trader = market.trader("500000")
    market.open(trader, False, "140", "160000")
    small = [market.open(trader, False, "10", "20000") for _ in range(4)]
    world.advance(epochs=LOCK)
    score(world, market)
    market.sync()
    market.request(runner, entry)
    value = market.position_of(runner, entry).request_value
    world.advance(epochs=96)
    score(world, market)
    parts = 0
    while market.position_of(runner, entry).requested_shares:
        market.withdraw(runner, entry)
        parts += 1
        market.close(trader, small.pop())
        world.advance(epochs=1)
        score(world, market)
        world.advance(epochs=1)
        score(world, market)
    assert parts > 2
    assert world.balance(runner) <= value <= atoms("100000")
    check_solvent(world, market)
