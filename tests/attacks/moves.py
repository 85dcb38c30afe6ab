"""What attackers and the market around them do, in single steps."""

from offchain.chain.instructions import premium_manager
from tests.support.keys import User
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import World

VIRTUAL = 1_000_000
"""Shares and atoms that stand beside the real ones."""


def gap(world: World, market: Market, usd: str) -> None:
    """The price jumps and stays: newest and lagging price agree, so that liquidations run at it."""
    world.advance(seconds=30)
    market.price(usd)
    world.advance(seconds=30)
    market.price(usd)


def wealth(world: World, market: Market, *owners: User) -> int:
    """USDC these people hold, and all profit they can still expect, vested or not."""
    perp = market.perp()
    total = 0
    for owner in owners:
        account = market.trader_account(owner)
        units = account.units if account.generation == perp.profit_generation else 0
        total += world.balance(owner) + account.claimable + units * perp.profit_index // 10**9
    return total


def pool_money(market: Market) -> int:
    """What the pool could pay with: depositors' capital, premiums that vest, first loss."""
    pool = market.pool()
    return pool.available_balance + pool.unvested + pool.first_loss + pool.residual


def bankrupt(world: World, market: Market, usd: str, margin: str = "6000", name: str | None = None) -> tuple[User, int]:
    """A long of 10 BTC and a price gap; nobody has liquidated it yet. Owner and nonce."""
    loser = market.trader("100000", name=name)
    nonce = market.open(loser, True, "10", margin)
    gap(world, market, usd)
    return loser, nonce


def trade_volume(market: Market, base: str = "50", rounds: int = 1) -> None:
    """Somebody opens and closes within a second, so that fees are due and no open interest stays."""
    trader = market.trader("100000")
    for _ in range(rounds):
        market.close(trader, market.open(trader, True, base, "40000"))


def route(world: World, market: Market) -> Sent:
    """Send the escrow to the pool."""
    keeper = world.keeper
    return world.send(premium_manager.route_premiums(keeper.key, market.id, keeper.token))


def score(world: World, market: Market) -> None:
    """A price and a score of this epoch; premiums stay where they are."""
    world.push_price()
    market.crank(route=False)


def worth(market: Market, shares: int) -> int:
    """What the pool says these shares are worth now, without what has yet to vest: spec, section 3."""
    pool = market.pool()
    priced = max(0, pool.available_balance - max(0, pool.unsettled - pool.residual))
    return min(shares * (priced + VIRTUAL) // (pool.total_shares + VIRTUAL), pool.available_balance)


def leave(world: World, market: Market, provider: User, entry: int) -> int:
    """Request everything, wait for the notice and execute; what arrived at the provider."""
    before = world.balance(provider)
    market.request(provider, entry)
    world.advance(epochs=market.design.notice_epochs)
    score(world, market)
    market.withdraw(provider, entry)
    return world.balance(provider) - before


def check_solvent(world: World, market: Market) -> None:
    """Every vault of the market holds at least the sum of its ledgers."""
    pool, perp, premium, m = market.pool(), market.perp(), market.premium(), market.m
    owed = pool.available_balance + pool.unvested + pool.first_loss + pool.residual + pool.reserved
    assert world.balance(m.pool_vault) >= owed + pool.treasury_fees + pool.claim_fees
    unvested = perp.unvested_units * perp.profit_index // 10**9
    assert world.balance(m.vault) >= perp.margins + perp.house + perp.fund + perp.claimable + unvested
    assert world.balance(m.escrow) >= premium.escrow_ledger
