"""Release payouts that are reserved, and report deficits that nobody has reported."""

from solders.instruction import Instruction

from offchain.chain.instructions import insurance_pool
from offchain.chain.market_view import MarketView
from offchain.keeper.claims import claimable, collect, with_claim
from offchain.keeper.job import Job, Lane, shrinking
from offchain.keeper.moment import Moment

NAME = "payouts"


def due(view: MarketView, moment: Moment) -> list[Job]:
    """First what is reserved: until it is paid no other deficit can be reported."""
    if view.pool.reserved_sequence:
        return [_release(view, moment)]
    waiting = claimable(view)
    if waiting > view.registry.threshold:
        variants = with_claim(view, moment, [])
        return [Job(NAME, view.id, f"{NAME}:claim:{view.id}", variants, Lane.URGENT, always=True, weight=waiting)]
    if waiting and waiting != view.pool.unsettled:
        variants = with_claim(view, moment, [])
        return [Job(NAME, view.id, f"{NAME}:note:{view.id}:{waiting}", variants)]
    return []


def _release(view: MarketView, moment: Moment) -> Job:
    sequence = view.pool.reserved_sequence
    steps: list[Instruction] = [insurance_pool.release_funds(moment.keeper, view.id, sequence, moment.at)]
    record = view.claims.get(sequence)
    mine = record is not None and record.executor == moment.keeper
    variants = shrinking([*steps, collect(view, moment, sequence)], steps) if mine else shrinking(steps)
    return Job(
        NAME,
        view.id,
        f"{NAME}:release:{view.id}:{sequence}",
        variants,
        Lane.URGENT,
        always=True,
        weight=view.pool.reserved_payout,
    )
