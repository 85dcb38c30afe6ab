"""What a pool would lose if the price were suddenly elsewhere, with nobody liquidated on the way.

Each open position is liquidated at the new price. The market's own fund pays first, the pool at most each position's
initial margin, and nothing at all up to the threshold. It is the harshest case: keepers liquidate on the way down.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.breach import Position, counted_deficit, find_breach
from offchain.chain.distance import market_at
from offchain.chain.pool_figures import PoolFigures, pool_figures
from offchain.settings.parameters import Parameters
from offchain.verify.replay.pool.payouts import pay
from offchain.verify.replay.pool.state import Pool

_NOBODY = Pubkey.default()


@dataclass(frozen=True, slots=True)
class Loss:
    """A claim that might be; amounts in atoms."""

    price: int
    liquidated: int
    """Positions below their maintenance margin."""
    deficit: int
    """What they lack after their margins, keepers' minimum included."""
    fund: int
    """Of it, paid by the market's own insurance fund."""
    beyond: int
    """Of it, above initial margins: never the pool's."""
    claimable: int
    """With what is unsettled already."""
    claim: bool
    """Whether it exceeds the threshold."""
    first_loss: int
    """Paid by leftovers and the creator's stake."""
    premium: int
    """Paid by unvested premiums."""
    capital: int
    """Paid by the providers."""
    uncovered: int
    fee: int
    before: PoolFigures
    after: PoolFigures

    @property
    def payout(self) -> int:
        """What the pool pays in all."""
        return self.first_loss + self.premium + self.capital


def loss_at(market: Any, positions: Iterable[Position], price: int, epoch: int, parameters: Parameters) -> Loss:
    """`market`: its rows `perp`, `pool`, `registry`; `positions`: the open ones, in the order of liquidation."""
    fund, deficit, counted, liquidated = market.perp.fund, 0, 0, 0
    for position in positions:
        there = market_at(market.perp, price, fund)
        breach = find_breach(there, position, parameters.keeper_min_bps, parameters.keeper_min_max)
        if breach is None:
            continue
        liquidated += 1
        deficit += breach.deficit
        counted += counted_deficit(there, position, breach)
        fund -= min(fund, breach.deficit)
    claimable = market.registry.counter - market.registry.settled + counted
    ledger = _ledger(market.pool)
    claim = claimable > market.registry.threshold and not market.registry.pending
    paid = pay(ledger, market.registry.next_sequence, claimable, parameters) if claim else None
    if not claim:
        ledger.unsettled = claimable
    fund_paid = market.perp.fund - fund
    return Loss(
        price=price,
        liquidated=liquidated,
        deficit=deficit,
        fund=fund_paid,
        beyond=deficit - fund_paid - counted,
        claimable=claimable,
        claim=claim,
        first_loss=paid.first_loss if paid else 0,
        premium=paid.premium if paid else 0,
        capital=paid.capital if paid else 0,
        uncovered=claimable - paid.payout if paid else 0,
        fee=paid.fee if paid else 0,
        before=pool_figures(market.pool, epoch, parameters),
        after=pool_figures(_afterwards(market.pool, ledger), epoch, parameters),
    )


def _ledger(pool: Any) -> Pool:
    return Pool(
        market=_NOBODY,
        available=pool.available_balance,
        unvested=pool.unvested,
        vest_end=pool.vest_end,
        vest_epoch=pool.vest_epoch,
        first_loss=pool.first_loss,
        residual=pool.residual,
        total_shares=pool.total_shares,
        total_deposits=pool.total_deposits,
        generation=pool.generation,
        mark=pool.high_water_mark,
        unsettled=pool.unsettled,
        arrears=pool.arrears,
        acknowledged=pool.acknowledged_offset,
        total_offset=pool.total_offset,
    )


def _afterwards(pool: Any, ledger: Pool) -> Any:
    return SimpleNamespace(
        available_balance=ledger.available,
        total_shares=ledger.total_shares,
        unvested=ledger.unvested,
        vest_end=ledger.vest_end,
        vest_epoch=ledger.vest_epoch,
        high_water_mark=ledger.mark,
        performance_fee_bps=pool.performance_fee_bps,
        residual=ledger.residual,
        unsettled=ledger.unsettled,
        required_reserve=pool.required_reserve,
        score_epoch=pool.score_epoch,
    )
