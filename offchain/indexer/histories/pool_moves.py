"""What an event does to the capital of a pool's providers."""

from dataclasses import dataclass
from typing import Any

from offchain.chain.events.generated import insurance_pool as events
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.pool_figures import performance_fee, vested_by
from offchain.indexer.histories.told import Told


@dataclass(frozen=True, slots=True)
class Moves:
    """Atoms; `available_balance` changes by deposited - withdrawn - revested + vested - fee - claimed - swept."""

    deposited: int = 0
    withdrawn: int = 0
    revested: int = 0
    vested: int = 0
    performance_fee: int = 0
    claimed: int = 0
    swept: int = 0


NOTHING = Moves()
VESTING = (events.Deposited, events.ToppedUp, events.WithdrawalRequested, events.ReserveReported)
"""Events before which premiums vest, whatever they say; see `moves` for the others."""


def moves(told: Told) -> Moves:
    """Of any event of a pool."""
    found: Moves | None = told.kept.get("moves")
    if found is None:
        found = told.kept["moves"] = _moves(told)
    return found


def _moves(told: Told) -> Moves:
    event: Any = told.event
    if isinstance(event, events.PayoutRequested):
        return _payout(event)
    if isinstance(event, (events.WithdrawalCancelled, events.WithdrawalExecuted)):
        if event.position_before.generation != event.pool_before.generation:
            return NOTHING
        return _left(told, event)
    if isinstance(event, (VESTING, events.PremiumCredited)):
        vested, fee = vesting(told)
        return Moves(
            deposited=getattr(event, "amount", 0) if _pays_in(event) else 0, vested=vested, performance_fee=fee
        )
    return NOTHING


def vesting(told: Told) -> tuple[int, int]:
    """What vests to the providers by this epoch, and the performance fee on it; leftovers of nobody don't count."""
    pool = told.before(InsurancePool, told.state.at.market(told.event.market_id).pool)
    if not pool.total_shares:
        return 0, 0
    vested = vested_by(pool, told.epoch)
    return vested, performance_fee(pool, vested, told.state.parameters.virtual)


def _pays_in(event: Any) -> bool:
    return isinstance(event, (events.Deposited, events.ToppedUp))


def _left(told: Told, event: events.WithdrawalCancelled | events.WithdrawalExecuted) -> Moves:
    vested, fee = vesting(told)
    emptied = event.pool_before.total_shares > 0 and event.pool_after.total_shares == 0
    swept = event.pool_after.residual - event.pool_before.residual if emptied else 0
    if isinstance(event, events.WithdrawalCancelled):
        return Moves(revested=event.forgone, vested=vested, performance_fee=fee, swept=swept)
    kept = event.out - event.net
    return Moves(withdrawn=event.net, revested=kept, vested=vested, performance_fee=fee, swept=swept)


def _payout(event: events.PayoutRequested) -> Moves:
    wiped = event.pool_after.generation != event.pool_before.generation
    swept = event.pool_before.available_balance - event.capital if wiped else 0
    return Moves(claimed=event.capital, swept=swept)
