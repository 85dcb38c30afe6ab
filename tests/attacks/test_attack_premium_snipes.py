"""Capital that is there for the moment in which income is booked, and gone after it.

Incident class: yield sniping. Vaults that book a harvest at once were drained by deposits made just before it (the
share price jumped and the guest left with other people's yield); rewards that count standing, not time, alike.
"""

import pytest

from offchain.chain.events.generated.insurance_pool import PremiumCredited
from offchain.chain.instructions import insurance_pool, premium_manager
from offchain.chain.units import atoms
from tests.attacks.moves import check_solvent, leave, route, score, trade_volume, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

GUEST = atoms("900000")
VEST = 96


@pytest.fixture
def honest(world: World, market: Market) -> User:
    """One provider with 100 000, and a premium in the escrow that is not routed yet."""
    provider = market.cover("100000")
    trade_volume(market)
    world.advance(epochs=1)
    score(world, market)
    assert market.premium().escrow_ledger > atoms("200")
    return provider


def gain_of(market: Market, guest: User, entry: int) -> int:
    """What the guest's shares are worth above the deposit, before any fee for leaving early."""
    position = market.position_of(guest, entry)
    return worth(market, position.shares) - position.deposited_amount


def test_attack_deposit_just_before_a_premium_and_leave_right_after(world: World, market: Market, honest: User) -> None:
    """Nine tenths of the pool arrive before the premium is routed and ask to leave in the same epoch."""
    guest = world.user(usdc="900000")
    market.deposit(guest, "900000")
    entry = world.epoch
    route(world, market)
    assert market.pool().unvested > atoms("200")
    assert gain_of(market, guest, entry) <= 0
    market.request(guest, entry)
    assert market.position_of(guest, entry).request_value <= GUEST
    world.advance(epochs=market.design.notice_epochs)
    score(world, market)
    market.withdraw(guest, entry)
    assert world.balance(guest) < GUEST
    check_solvent(world, market)


def test_attack_deposit_premium_and_request_in_one_transaction(world: World, market: Market, honest: User) -> None:
    """The same within one transaction, as somebody would do it who watches for the crank."""
    guest = world.user(usdc="900000")
    entry = world.epoch
    pool = market.pool()
    shares = GUEST * (pool.total_shares + 10**6) // (pool.available_balance + 10**6)
    sent = world.send(
        insurance_pool.deposit(guest.key, market.id, guest.token, GUEST, 0, entry),
        premium_manager.route_premiums(guest.key, market.id, guest.token),
        insurance_pool.request_withdrawal(guest.key, market.id, entry, shares),
    )
    assert sent.event(PremiumCredited).amount > atoms("200")
    assert market.position_of(guest, entry).request_value <= GUEST


def test_attack_the_honest_provider_loses_nothing_to_the_guest(world: World, market: Market, honest: User) -> None:
    """After a guest who came for the premium has gone, it belongs to whoever stayed, less fee and rounding."""
    first = world.epoch - 1
    guest = world.user(usdc="900000")
    market.deposit(guest, "900000")
    entry = world.epoch
    route(world, market)
    premium = market.pool().unvested
    leave(world, market, guest, entry)
    world.advance(epochs=2 * VEST)
    score(world, market)
    earned = worth(market, market.position_of(honest, first).shares) - atoms("100000")
    # The performance fee is 5 %; what the guest gave up came on top.
    assert earned >= premium * 94 // 100


def test_attack_top_up_before_a_premium_vests(world: World, market: Market, honest: User) -> None:
    """Nobody touches the pool while a premium vests; a tiny position is topped up at the last moment."""
    route(world, market)
    premium = market.pool().unvested
    world.advance(epochs=VEST - 1)
    guest = world.user(usdc="900000")
    entry = world.epoch
    market.deposit(guest, "10")
    rest = GUEST - atoms("10")
    world.send(insurance_pool.top_up(guest.key, market.id, guest.token, rest, 0, entry))
    assert gain_of(market, guest, entry) <= 0
    assert market.pool().unvested <= premium // VEST + 1
    market.request(guest, entry)
    assert market.position_of(guest, entry).request_value <= GUEST


@pytest.mark.parametrize("stay", [1, 8])
def test_attack_a_short_stay_earns_the_time_stayed_and_costs_more(
    world: World, market: Market, honest: User, stay: int
) -> None:
    """What a guest can win is its share of what vests while it is at risk, never the premium; the early fee is more."""
    guest = world.user(usdc="900000")
    market.deposit(guest, "900000")
    entry = world.epoch
    route(world, market)
    premium = market.pool().unvested
    world.advance(epochs=stay)
    score(world, market)
    market.request(guest, entry)
    position = market.position_of(guest, entry)
    assert position.request_value - GUEST <= premium * stay // VEST
    assert position.request_value * position.request_fee_bps // 10_000 > position.request_value - GUEST


def test_attack_a_requested_share_earns_nothing(world: World, market: Market, honest: User) -> None:
    """Request at once and then sit through the vesting: the premium passes by."""
    guest = world.user(usdc="900000")
    market.deposit(guest, "900000")
    entry = world.epoch
    route(world, market)
    assert leave(world, market, guest, entry) <= GUEST


def test_attack_cancelling_after_a_gain_keeps_none_of_it(world: World, market: Market, honest: User) -> None:
    """A request is a hedge only if cancelling it brought the gains back: shares are burnt down to the value then."""
    guest = world.user(usdc="900000")
    market.deposit(guest, "900000")
    entry = world.epoch
    route(world, market)
    market.request(guest, entry)
    asked = market.position_of(guest, entry)
    world.advance(epochs=VEST - 4)
    score(world, market)
    before = market.pool()
    assert worth(market, asked.shares) > asked.request_value
    world.send(insurance_pool.cancel_withdrawal(guest.key, market.id, entry))
    after = market.position_of(guest, entry)
    assert after.shares < asked.shares
    assert worth(market, after.shares) <= asked.request_value
    assert market.pool().unvested > before.unvested
    check_solvent(world, market)


def test_attack_routing_again_and_again_vests_no_faster(world: World, market: Market, honest: User) -> None:
    """Old rewards contracts restarted or shortened the stream at each call: the bucket's end only moves out."""
    route(world, market)
    start, premium = market.pool(), market.pool().unvested
    for _ in range(8):
        world.advance(epochs=1)
        route(world, market)
    pool = market.pool()
    assert pool.vest_end >= start.vest_end
    assert premium - pool.unvested <= premium * 8 // VEST + 1
