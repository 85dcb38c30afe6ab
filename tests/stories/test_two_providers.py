"""Two providers come at different times, are hit pro rata by a claim, and leave: one early with a fee, one late."""

from offchain.chain.events.generated.insurance_pool import WithdrawalExecuted
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent, crash, early_fee, worth
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World


def claim_of_25_000(world: World, market: Market) -> int:
    """A long of 50 BTC goes bankrupt; returns the payout."""
    trader = market.trader("50000")
    nonce = market.open(trader, is_long=True, base="50", margin="25000")
    crash(world, market, "6400")
    market.claim(trader, nonce)
    return market.record(1).payout_amount


def enter(world: World, market: Market, name: str, usdc: str) -> tuple[User, int]:
    """Deposit in the current epoch and let the market know."""
    return market.cover(usdc, name=name), world.epoch


def test_two_providers(world: World, market: Market) -> None:
    anna, anna_epoch = enter(world, market, "anna", "60000")
    world.crank_epochs(10)
    ben, ben_epoch = enter(world, market, "ben", "40000")
    shares = {
        anna.name: market.position_of(anna, anna_epoch).shares,
        ben.name: market.position_of(ben, ben_epoch).shares,
    }
    assert (worth(market, shares["anna"]), worth(market, shares["ben"])) == (atoms("60000"), atoms("40000"))

    payout = claim_of_25_000(world, market)
    assert payout == atoms("25000")
    assert market.pool().available_balance == atoms("75000")
    losses = [60_000 * 10**6 - worth(market, shares["anna"]), 40_000 * 10**6 - worth(market, shares["ben"])]
    assert losses[0] // 10**6 == 14_999
    assert losses[1] // 10**6 == 9_999
    # Pro rata to within the virtual share, which carries its part of the loss too.
    assert abs(losses[0] * 2 - losses[1] * 3) <= 5
    assert_solvent(market)

    # Anna leaves at once: the fee is fixed now, the capital stays at risk until the notice is over.
    world.crank_epoch()
    asked = world.epoch
    value = worth(market, shares["anna"])
    market.request(anna, anna_epoch)
    with world.expect_error("E_NOTICE"):
        market.withdraw(anna, anna_epoch)
    world.go_to_epoch(asked + market.design.notice_epochs - 1)
    world.crank_epoch()
    paid = market.withdraw(anna, anna_epoch).event(WithdrawalExecuted)
    lock = market.design.lock_epochs
    fee = early_fee(value, anna_epoch + lock - asked, lock)
    assert value * 29 < fee * 10_000 < value * 31
    assert world.balance(anna) == value - fee
    assert (paid.fee, paid.net) == (fee, value - fee)
    assert market.position_of(anna, anna_epoch).shares == 0

    # Ben waits until his lock is over: no fee, and Anna's has vested into his shares.
    world.go_to_epoch(ben_epoch + lock)
    world.crank_epoch()
    market.request(ben, ben_epoch)
    assert market.position_of(ben, ben_epoch).request_fee_bps == 0
    value = worth(market, shares["ben"])
    world.go_to_epoch(world.epoch + market.design.notice_epochs - 1)
    world.crank_epoch()
    market.withdraw(ben, ben_epoch)
    assert world.balance(ben) == value
    assert value > atoms("40000") - losses[1]
    assert market.pool().total_shares == 0
    assert market.pool().total_deposits == 0
    assert_solvent(market)
    # Nobody but the market, the treasury and the executor took anything out.
    taken = atoms("100000") - world.balance(anna) - world.balance(ben)
    assert taken <= payout
