"""The same figures another way: from the chain's logs and records, with numpy and fractions, without the index.

Nothing here reads the database or calls the processor's arithmetic.
"""

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from typing import Any

import numpy as np

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated import insolvency_handler, insurance_pool, premium_manager
from tests.processor.conftest import PARAMETERS, Recorded

DAY = 86_400


def told(lived: Recorded, kind: type[Any], market: str, after: int) -> list[tuple[int, Any]]:
    """Events of one kind and market later than a time, with their times."""
    return [
        (moment.time, event)
        for event, moment in lived.events
        if isinstance(event, kind) and str(event.market_id) == market and moment.time > after
    ]


def share_price(lived: Recorded, market: str, at: int) -> tuple[int, Fraction]:
    """Generation and price of a share at a time: the newest state that an event tells, with what vests by its epoch."""
    state: Any = None
    terms: Any = None
    unsettled, last = 0, 0
    for event, moment in lived.events:
        if moment.time > at or str(getattr(event, "market_id", "")) != market:
            continue
        if isinstance(event, insurance_pool.PoolTermsSet):
            terms = event
        unsettled = getattr(event, "unsettled_after", unsettled)
        if isinstance(event, insurance_pool.PayoutRequested):
            unsettled = 0
        state = getattr(event, "pool_after", state)
        if event.PROGRAM == "insurance_pool":
            last = moment.time
    epoch = (last - terms.genesis) // terms.epoch_seconds
    virtual = PARAMETERS.virtual
    vested = state.unvested
    if state.unvested and epoch < state.vest_end:
        vested = state.unvested * (epoch - state.vest_epoch) // (state.vest_end - state.vest_epoch)
    residual, assets = state.residual, state.available_balance
    if state.total_shares:
        mark = max(0, ceil(Fraction(state.high_water_mark * (state.total_shares + virtual), 10**9)) - virtual)
        fee = ceil(Fraction(min(max(0, assets + vested - mark), vested) * terms.performance_fee_bps, 10_000))
        assets += vested - fee
    else:
        residual += vested
    assets = max(0, assets - max(0, unsettled - residual))
    return state.generation, Fraction(assets + virtual, state.total_shares + virtual)


def claims(lived: Recorded, market: str, after: int) -> dict[str, int]:
    """Sums over the claims that were paid."""
    found = told(lived, insolvency_handler.ClaimEvent, market, after)
    names = ("deficit_amount", "payout_amount", "first_loss_tier", "premium_tier", "capital_tier", "uncovered")
    amounts = np.array([[getattr(event, name) for name in names] for _, event in found], dtype=object).reshape(-1, 6)
    return {"claims": len(found), **{name: int(amounts[:, at].sum()) for at, name in enumerate(names)}}


def premium(lived: Recorded, market: str, after: int) -> int:
    """What a pool received, by its own events."""
    credited = sum(event.amount for _, event in told(lived, insurance_pool.PremiumCredited, market, after))
    held_back = sum(event.arrears_offset for _, event in told(lived, insolvency_handler.ClaimEvent, market, after))
    return int(credited + held_back)


def paid(lived: Recorded, market: str, after: int) -> int:
    """What a market paid for its cover."""
    fees = sum(event.share for _, event in told(lived, premium_manager.FeesCollected, market, after))
    late = sum(event.amount for _, event in told(lived, premium_manager.ArrearsPaid, market, after))
    kept = sum(
        event.acknowledged_after - event.acknowledged_before
        for _, event in told(lived, premium_manager.OffsetApplied, market, after)
    )
    return int(fees + late + kept)


def due(lived: Recorded, market: str, from_epoch: int, to_epoch: int) -> Fraction:
    """The floor epoch by epoch, not rounded."""
    rates = [event for _, event in told(lived, premium_manager.RateSet, market, 0)]
    starts = np.array([event.epoch for event in rates])
    in_force = np.searchsorted(starts, np.arange(from_epoch, to_epoch), side="right") - 1
    total = sum(
        rates[at].open_interest * rates[at].reserve_bps * PARAMETERS.floor_bps[rates[at].grade]
        for at in in_force.tolist()
        if at >= 0
    )
    return Fraction(total, 10**8 * PARAMETERS.epochs_per_year)


def costs(lived: Recorded, wallet: str, after: int) -> tuple[int, int, int]:
    """Transactions, fees and lamports of a wallet with the protocol, from the chain's own records."""
    ours = {str(key) for key in LOCALNET.deployed.values()}
    mine = [
        record
        for record in lived.chain.transactions()
        if str(record.keys[0]) == wallet and record.block_time > after and ours & {str(key) for key in record.keys}
    ]
    lamports = np.array([record.pre_balances[0] - record.post_balances[0] for record in mine], dtype=object)
    return len(mine), sum(record.fee for record in mine), int(lamports.sum())


def yearly(grown: Fraction, days: int) -> Callable[[int], bool]:
    """A test whether an APY in 1e-6 is the exact one rounded down: by the inverse power, in whole numbers."""

    def fits(apy_e6: int) -> bool:
        low, high = Fraction(apy_e6 + 10**6, 10**6), Fraction(apy_e6 + 1 + 10**6, 10**6)
        return low**days <= grown**365 < high**days

    return fits
