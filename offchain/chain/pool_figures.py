"""What a pool is worth at an epoch: the same integer arithmetic as the program, for showing and planning.

The program decides; these figures say beforehand what it will say. All amounts are atoms.
"""

from dataclasses import dataclass
from typing import Protocol

from offchain.settings.parameters import Parameters

PRICE_ONE = 1_000_000_000
"""Share price 1.0."""
BPS = 10_000


class Pool(Protocol):
    """What is read of an InsurancePool account."""

    available_balance: int
    total_shares: int
    unvested: int
    vest_end: int
    vest_epoch: int
    high_water_mark: int
    performance_fee_bps: int
    residual: int
    unsettled: int
    required_reserve: int
    score_epoch: int


@dataclass(frozen=True)
class PoolFigures:
    """A pool as its next transaction would find it."""

    nav: int
    """Available balance after vesting."""
    priced_nav: int
    """The same less deficits that are known but not settled: what withdrawals are priced at."""
    unvested: int
    share_price: int
    """Priced NAV per share, `PRICE_ONE` = 1.0, with the virtual share."""
    utilisation_bps: int
    withdrawable: int
    """What the utilisation cap leaves for withdrawals."""
    fresh: bool
    """Whether the score is recent enough for withdrawals before their forced date."""
    total_shares: int
    virtual: int

    def assets(self, shares: int) -> int:
        """What so many shares are worth, rounded down, never more than the pool has."""
        worth = shares * (self.priced_nav + self.virtual) // (self.total_shares + self.virtual)
        return min(worth, self.nav)

    def minted(self, amount: int) -> int:
        """The shares that a deposit of so many atoms buys, rounded down: it pays the full NAV, deficits included."""
        return amount * (self.total_shares + self.virtual) // (self.nav + self.virtual)

    @property
    def entry_price(self) -> int:
        """What a share costs in a deposit, `PRICE_ONE` = 1.0, rounded up."""
        return up((self.nav + self.virtual) * PRICE_ONE, self.total_shares + self.virtual)

    def shares_for(self, amount: int) -> int:
        """The fewest shares that are worth at least `amount`."""
        return up(amount * (self.total_shares + self.virtual), self.priced_nav + self.virtual)


def pool_figures(pool: Pool, epoch: int, parameters: Parameters) -> PoolFigures:
    """The figures of a pool at an epoch."""
    vested = vested_by(pool, epoch)
    nav, residual = pool.available_balance, pool.residual
    if pool.total_shares:
        nav += vested - performance_fee(pool, vested, parameters.virtual)
    else:
        residual += vested
    priced = max(0, nav - max(0, pool.unsettled - residual))
    virtual = parameters.virtual
    return PoolFigures(
        nav=nav,
        priced_nav=priced,
        unvested=pool.unvested - vested,
        share_price=(priced + virtual) * PRICE_ONE // (pool.total_shares + virtual),
        utilisation_bps=utilisation(pool.required_reserve, nav, parameters.util_max_bps),
        withdrawable=max(0, nav - up(pool.required_reserve * BPS, parameters.util_cap_bps)),
        fresh=pool.score_epoch + parameters.stale_epochs >= epoch,
        total_shares=pool.total_shares,
        virtual=virtual,
    )


def vested_by(pool: Pool, epoch: int) -> int:
    """What of the unvested premiums has vested since the pool's last look at them."""
    if not pool.unvested or epoch >= pool.vest_end:
        return pool.unvested
    return pool.unvested * (epoch - pool.vest_epoch) // (pool.vest_end - pool.vest_epoch)


def performance_fee(pool: Pool, vested: int, virtual: int) -> int:
    """The protocol's part of what vests above the high-water mark, rounded up."""
    base = max(0, up(pool.high_water_mark * (pool.total_shares + virtual), PRICE_ONE) - virtual)
    excess = min(max(0, pool.available_balance + vested - base), vested)
    return up(excess * pool.performance_fee_bps, BPS)


def utilisation(required: int, available: int, most: int) -> int:
    """Required reserve by available balance, basis points, at most `most`."""
    if required == 0:
        return 0
    return most if available == 0 else min(up(required * BPS, available), most)


def early_fee_bps(epoch: int, unlock_epoch: int, lock_epochs: int, parameters: Parameters) -> int:
    """The fee of a withdrawal requested at `epoch`, basis points of its value; 0 after the lock."""
    remaining = unlock_epoch - epoch
    if remaining <= 0:
        return 0
    return parameters.early_fee_base_bps + up(parameters.early_fee_slope_bps * remaining, lock_epochs)


def up(number: int, divisor: int) -> int:
    """Division rounded up."""
    return -(-number // divisor)
