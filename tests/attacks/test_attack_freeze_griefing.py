"""Someone who wins nothing keeps honest providers from their money.

Incident class: griefing by freeze. Funds that stopped withdrawals "while a claim is pending" or "until the data is
fresh" could be held shut by dust claims, by an operator who went home, or by one large holder who never collected.
Here the bound is notice + 14 days after the request, whoever does what.
"""

from collections.abc import Callable

import pytest

from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.units import atoms
from tests.attacks.moves import bankrupt, check_solvent, score, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

NOTICE, FORCE_AFTER, EXIT_AFTER = 96, 1344, 672
STAKE = atoms("50000")


def no_crank(world: World, market: Market) -> None:
    """Keepers, price and score stop for good."""


def full_use(world: World, market: Market) -> None:
    """The open interest needs all of the pool, and grows as it may."""
    size = market.perp().oi_cap * 99 // 100 // (8_000 * 10**6)
    market.open(market.trader("900000"), False, str(size), "800000")
    for _ in range(2):
        world.advance(epochs=1)
        score(world, market)
    assert market.pool().utilization_rate > 7_000


def dust_deficit(world: World, market: Market) -> None:
    """A deficit below the threshold, reported again and again, never claimable."""
    market.liquidate(*bankrupt(world, market, "6850"))
    for _ in range(5):
        world.advance(seconds=1)
        market.report(world.user())
    assert market.pool().unsettled > 0


def reserved_payout(world: World, market: Market) -> None:
    """A payout is reserved and nobody releases it."""
    market.liquidate(*bankrupt(world, market, "6000"))
    market.report()
    assert market.pool().reserved > 0


def hoarder(world: World, market: Market) -> None:
    """A request of most of the pool that its owner never executes."""
    whale = market.cover("500000", "whale")
    entry = world.epoch
    market.request(whale, entry)
    full_use(world, market)


def dust_requests(world: World, market: Market) -> None:
    """Twenty requests of a share each, none of them ever executed."""
    for number in range(20):
        small = market.cover("10", f"small {number}")
        market.request(small, world.epoch, 1)


def guardian_stop(world: World, market: Market) -> None:
    """The guardian stops what a guardian can stop."""
    guardian = world.guardian.key
    world.send(insurance_pool.stop_deposits(guardian), risk_engine.stop_registrations(guardian))


def delisting(world: World, market: Market) -> None:
    """The admin takes the engine off the list."""
    world.send(risk_engine.remove_engine(world.admin.key, world.at.demo_market))


def everything(world: World, market: Market) -> None:
    """All of them together."""
    dust_requests(world, market)
    dust_deficit(world, market)
    guardian_stop(world, market)
    delisting(world, market)


GRIEFS = [
    *(no_crank, full_use, dust_deficit, reserved_payout, hoarder, dust_requests, guardian_stop, delisting, everything)
]


@pytest.fixture
def honest(world: World, market: Market) -> tuple[User, int]:
    """A provider with 50 000 among 450 000 of others."""
    market.cover("400000", "others")
    return market.cover("50000", "honest"), world.epoch


@pytest.mark.parametrize("grief", GRIEFS)
@pytest.mark.parametrize("by_stranger", [False, True])
def test_attack_nobody_is_held_beyond_notice_and_14_days(
    world: World,
    market: Market,
    honest: tuple[User, int],
    grief: Callable[[World, Market], None],
    by_stranger: bool,
) -> None:
    """At the forced date the request pays whole, without a price, a score or anybody's leave."""
    provider, entry = honest
    market.request(provider, entry)
    start = world.epoch
    grief(world, market)
    world.go_to_epoch(start + NOTICE + FORCE_AFTER)
    owed = min(market.position_of(provider, entry).request_value, worth(market, 50_000 * 10**6))
    market.withdraw(provider, entry, caller=world.user() if by_stranger else None)
    # 30 bps is the dearest early exit.
    assert world.balance(provider) >= owed * 9_970 // 10_000 - 1
    assert owed >= STAKE - atoms("1000")
    assert market.position_of(provider, entry).shares == 0
    check_solvent(world, market)


@pytest.mark.parametrize("grief", [dust_deficit, reserved_payout, dust_requests, guardian_stop, delisting])
def test_attack_no_dust_delays_an_ordinary_withdrawal(
    world: World, market: Market, honest: tuple[User, int], grief: Callable[[World, Market], None]
) -> None:
    """Where open interest leaves room, the notice is all there is to wait for."""
    provider, entry = honest
    market.request(provider, entry)
    start = world.epoch
    grief(world, market)
    world.go_to_epoch(start + NOTICE)
    score(world, market)
    market.withdraw(provider, entry)
    assert world.balance(provider) > STAKE - atoms("1000")
    check_solvent(world, market)


def test_attack_a_guardian_stops_deposits_and_nothing_else(
    world: World, market: Market, honest: tuple[User, int]
) -> None:
    """Within the stop: request, cancel, request, claim, execute; and no second stop for 30 days."""
    provider, entry = honest
    world.advance(epochs=1)
    guardian_stop(world, market)
    with world.expect_error("E_PAUSED"):
        market.deposit(world.user(usdc="100"), "100")
    market.request(provider, entry)
    world.send(insurance_pool.cancel_withdrawal(provider.key, market.id, entry))
    market.request(provider, entry)
    score(world, market)
    market.claim(*bankrupt(world, market, "6000"))
    world.advance(epochs=NOTICE)
    with world.expect_error("E_EARLY"):
        world.send(insurance_pool.stop_deposits(world.guardian.key))
    score(world, market)
    market.withdraw(provider, entry)
    assert world.balance(provider) > STAKE * 95 // 100


def test_attack_a_hoarder_restricts_the_market_no_longer_than_the_forced_date(
    world: World, market: Market, honest: tuple[User, int]
) -> None:
    """A whale's request that waits keeps EXIT up; from the forced date on anyone has it paid, and EXIT ends."""
    whale, entry = market.cover("500000", "whale"), world.epoch
    trader = market.trader("2000000")
    nonces = [market.open(trader, is_long, "800", "400000") for is_long in (True, False)]
    market.request(whale, entry)
    start = world.epoch
    world.go_to_epoch(start + NOTICE + EXIT_AFTER)
    score(world, market)
    world.send(insurance_pool.flag_exit(world.keeper.key, market.id, whale.key, entry))
    world.send(insurance_pool.report_reserve(world.keeper.key, market.id))
    market.sync()
    assert market.pool().exit and market.perp().reasons & 8
    for nonce in nonces:
        market.close(trader, nonce)
    stranger = world.user()
    world.go_to_epoch(start + NOTICE + FORCE_AFTER - 1)
    with world.expect_error("E_AUTHORITY"):
        market.withdraw(whale, entry, caller=stranger)
    world.advance(epochs=1)
    market.withdraw(whale, entry, caller=stranger)
    assert world.balance(whale) > atoms("490000")
    score(world, market)
    assert not market.pool().exit
    assert not market.inputs().exit
    market.sync()
    assert not market.perp().reasons & 8


def test_attack_a_stranger_executes_only_to_the_provider(
    world: World, market: Market, honest: tuple[User, int]
) -> None:
    """Anyone may press the button after the forced date, and the money has one way to go."""
    provider, entry = honest
    market.request(provider, entry)
    world.advance(epochs=NOTICE + FORCE_AFTER)
    thief = world.user()
    for token in (thief.token, market.m.pool_vault, market.m.vault):
        with world.expect_error("E_RELATION"):
            execute = insurance_pool.execute_withdrawal(thief.key, market.id, provider.key, entry, token, 0)
            world.send(execute)
    assert world.balance(provider) == 0


def test_attack_a_dust_request_restricts_nobody_that_has_room(
    world: World, market: Market, honest: tuple[User, int]
) -> None:
    """EXIT over one share, flagged again and again: each report of a pool with room ends it."""
    small, entry = market.cover("10", "small"), world.epoch
    market.request(small, entry, 1)
    world.advance(epochs=NOTICE + EXIT_AFTER - 1)
    flag = insurance_pool.flag_exit(small.key, market.id, small.key, entry)
    with world.expect_error("E_EARLY"):
        world.send(flag)
    for _ in range(3):
        world.advance(epochs=1)
        world.send(flag)
        score(world, market)
        assert not market.pool().exit
        assert market.perp().reasons & 8 == 0
