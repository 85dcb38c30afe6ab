"""Sums that stories check: the pool's and the market's ledgers against their vaults."""

from offchain.chain.units import BPS
from tests.support.market import Market
from tests.support.world import World

VIRTUAL = 1_000_000


def pool_ledger(market: Market) -> int:
    """Everything the pool says it holds, in atoms."""
    pool = market.pool()
    owed = pool.reserved + pool.treasury_fees + pool.claim_fees
    return pool.available_balance + pool.unvested + pool.first_loss + pool.residual + owed


def market_ledger(market: Market) -> int:
    """Everything the demo market says it holds or owes, in atoms."""
    perp = market.perp()
    unvested = perp.unvested_units * perp.profit_index // 10**9
    return perp.margins + perp.house + perp.fund + perp.claimable + unvested


def assert_solvent(market: Market) -> None:
    """Pool, escrow and market hold exactly or at least what their ledgers say."""
    world = market.world
    assert world.balance(market.m.pool_vault) == pool_ledger(market)
    assert world.balance(market.m.escrow) == market.premium().escrow_ledger
    assert world.balance(market.m.vault) >= market_ledger(market)


def worth(market: Market, shares: int) -> int:
    """What shares redeem for now, rounded down and at most what there is."""
    pool = market.pool()
    priced = max(0, pool.available_balance - pool.unsettled)
    return min(priced, shares * (priced + VIRTUAL) // (pool.total_shares + VIRTUAL))


def early_fee(amount: int, remaining: int, lock: int) -> int:
    """The fee for leaving with so many epochs of the lock left, rounded up."""
    bps = 10 + -(-20 * remaining // lock) if remaining else 0
    return -(-amount * bps // BPS)


def crash(world: World, market: Market, usd: str) -> None:
    """The price falls and stays: newest and lagging price agree, so that liquidations run at it."""
    world.advance(seconds=30)
    market.price(usd)
    world.advance(seconds=30)
    market.price(usd)
