"""A market that says one amount and hands over another.

Incident class: credit by request. Bridges and vaults credited the amount a caller named, not what arrived, and were
emptied with deposits that never came. Here a hostile market names its own gross fees.
"""

import pytest

from offchain.chain.events.generated.insurance_pool import PremiumCredited
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.instructions import demo_market, premium_manager
from offchain.chain.units import atoms
from tests.attacks.moves import check_solvent, route, score, trade_volume
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import World


@pytest.fixture
def due(world: World, market: Market) -> int:
    """Fees that the market really took, and has not handed over."""
    market.cover("200000")
    trade_volume(market)
    return market.perp().fees_due


def settle(world: World, market: Market) -> Sent:
    """The market hands over what it says it took."""
    return world.send(demo_market.settle_fees(world.keeper.key, market.id))


@pytest.mark.parametrize("claimed", [1, 2, 10**6, 400 * 10**6, 799 * 10**6])
def test_attack_the_premium_manager_credits_what_it_took(world: World, market: Market, due: int, claimed: int) -> None:
    """Whatever the market claims, ledger, totals and floor grow by what the escrow received, to the atom."""
    world.edit(PerpMarket, market.id, fees_due=claimed)
    before, held, fees = market.premium(), world.balance(market.m.escrow), world.balance(market.m.fee_vault)
    settle(world, market)
    after, arrived = market.premium(), world.balance(market.m.escrow) - held
    assert arrived == -(-claimed * before.rate_bps // 10_000)
    assert fees - world.balance(market.m.fee_vault) == arrived
    assert after.escrow_ledger - before.escrow_ledger == arrived
    assert after.total_collected - before.total_collected == arrived
    assert after.balance - before.balance == arrived
    check_solvent(world, market)


@pytest.mark.parametrize("claimed", [10**12, 10**18, 2**63 - 1, 2**64 - 1])
def test_attack_a_claim_beyond_what_the_market_has_credits_nothing(
    world: World, market: Market, due: int, claimed: int
) -> None:
    """Fees that don't exist can't be turned into premium paid: the transfer fails, and all with it."""
    world.edit(PerpMarket, market.id, fees_due=claimed)
    before = market.premium(), market.pool()
    with world.expect_error("TOKEN_FUNDS"):
        settle(world, market)
    assert (market.premium(), market.pool()) == before


def test_attack_lying_high_only_pays_more(world: World, market: Market, due: int) -> None:
    """A market with money that claims twice its fees pays twice the premium out of its own vault."""
    world.set_balance(market.m.fee_vault, 2 * due)
    world.edit(PerpMarket, market.id, fees_due=2 * due)
    rate = market.premium().rate_bps
    settle(world, market)
    assert market.premium().escrow_ledger == -(-2 * due * rate // 10_000)
    world.advance(epochs=1)
    score(world, market)
    pool = market.pool()
    routed = route(world, market).event(PremiumCredited).amount
    assert market.pool().unvested - pool.unvested == routed
    check_solvent(world, market)


def test_attack_the_pool_credits_what_arrived_from_the_escrow(world: World, market: Market, due: int) -> None:
    """Routed, credited and moved between the two vaults are one number."""
    settle(world, market)
    world.advance(epochs=1)
    score(world, market)
    pool, vault, escrow = market.pool(), world.balance(market.m.pool_vault), world.balance(market.m.escrow)
    bounty = world.balance(world.keeper)
    routed = route(world, market).event(PremiumCredited).amount
    bounty = world.balance(world.keeper) - bounty
    assert world.balance(market.m.pool_vault) - vault == routed > 0
    assert escrow - world.balance(market.m.escrow) == routed + bounty
    assert market.pool().unvested - pool.unvested == routed
    assert world.balance(market.m.escrow) == market.premium().escrow_ledger == 0


def test_attack_an_escrow_that_holds_less_than_its_ledger(world: World, market: Market, due: int) -> None:
    """A credit the escrow can't back is refused as a whole: the pool never counts money that did not come."""
    settle(world, market)
    world.advance(epochs=1)
    score(world, market)
    world.edit(PremiumAccount, market.m.premium, escrow_ledger=10**12)
    before = market.premium(), market.pool(), world.balance(market.m.pool_vault)
    with world.expect_error("TOKEN_FUNDS"):
        route(world, market)
    assert (market.premium(), market.pool(), world.balance(market.m.pool_vault)) == before


def test_attack_lying_low_is_caught_by_the_floor(world: World, market: Market, due: int) -> None:
    """A market that hides all its fees owes the floor of its open interest, and is restricted after seven days."""
    trader = market.trader("100000")
    market.open(trader, True, "50", "40000")
    for _ in range(3):
        world.edit(PerpMarket, market.id, fees_due=0)
        world.advance(epochs=1)
        score(world, market)
    assert market.premium().balance < 0
    since = market.premium().negative_since
    report = premium_manager.report_arrears(world.keeper.key, market.id)
    world.go_to_epoch(since + 671)
    score(world, market)
    world.send(report)
    assert not market.inputs().arrears
    world.advance(epochs=1)
    world.edit(PerpMarket, market.id, fees_due=0)
    score(world, market)
    world.send(report)
    assert market.inputs().arrears
    market.sync()
    assert market.perp().reasons & 4
    with world.expect_error("E_RESTRICTED"):
        market.open(trader, True, "1", "1000")


def test_attack_a_token_payment_clears_no_arrears(world: World, market: Market, due: int) -> None:
    """A fee of one atom, claimed often: each counts for the atom it brought."""
    world.edit(PremiumAccount, market.m.premium, balance=-atoms("100"), negative=True, negative_since=1)
    before = market.premium().balance
    for _ in range(5):
        world.edit(PerpMarket, market.id, fees_due=1)
        settle(world, market)
    assert market.premium().balance - before == 5
    assert market.premium().negative_since == 1
