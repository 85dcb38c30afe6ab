"""Whether keeping markets alive pays: what a wallet earned in USDC against what it spent in SOL."""

import msgspec

from offchain.chain.pool_figures import up

LAMPORTS = 10**9
"""Lamports in one SOL."""


class Spent(msgspec.Struct, frozen=True):
    """What a wallet's transactions with the programs cost in a period."""

    transactions: int
    failed: int
    """Of them, those that landed and were refused."""
    fees: int
    """Lamports."""
    lamports: int
    """All that left the wallet in those transactions: fees, and the rent of accounts it created."""


class Earned(msgspec.Struct, frozen=True):
    """What reached a wallet in a period, atoms."""

    bounties: int
    claim_fees: int
    liquidations: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.bounties + self.claim_fees + self.liquidations


class KeeperProfit(msgspec.Struct, frozen=True):
    """One period of one wallet. Amounts are atoms unless said otherwise."""

    days: int
    from_time: int
    to_time: int
    spent: Spent
    earned: Earned
    earned_total: int
    sol_price: int
    """1e-6 USD for one SOL, as the settings say; it makes lamports comparable, nothing is traded at it."""
    cost: int
    """`spent.lamports` at that price, rounded up."""
    profit: int
    """`earned_total - cost`; negative: a loss."""


def keeper_profit(spent: Spent, earned: Earned, sol_price: int, days: int, times: tuple[int, int]) -> KeeperProfit:
    """The profit over a period."""
    cost = up(max(0, spent.lamports) * sol_price, LAMPORTS)
    return KeeperProfit(days, *times, spent, earned, earned.total, sol_price, cost, earned.total - cost)
