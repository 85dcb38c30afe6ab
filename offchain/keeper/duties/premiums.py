"""Settle trading fees, report offsets, and route premiums from the escrow to the pool: paid by a bounty.

What settling leaves of the fees goes to the market's house in the same transaction.
"""

from solders.instruction import Instruction

from offchain.chain.instructions import demo_market, insurance_pool, premium_manager
from offchain.chain.market_view import MarketView
from offchain.keeper.job import Job, shrinking
from offchain.keeper.moment import Moment

NAME = "premiums"
ARREARS_EVERY = 4
"""Epochs after which a pool is told of new arrears although there is no premium to route."""


def due(view: MarketView, moment: Moment) -> list[Job]:
    """Once an epoch after its score, which decides the bounty, when there is something to hand over."""
    if not view.premium.active or not _routable(view, moment):
        return []
    fees = _hand_over(view, moment)
    if not fees and not _worth_routing(view, moment):
        return []
    route = [premium_manager.route_premiums(moment.keeper, view.id, moment.token, moment.at)]
    return [Job(NAME, view.id, f"{NAME}:{view.id}:{moment.epoch}", shrinking([*fees, *route], route))]


def _hand_over(view: MarketView, moment: Moment) -> list[Instruction]:
    me, steps = moment.keeper, []
    if view.perp.fees_due and view.premium.has_rate:
        steps.append(demo_market.settle_fees(me, view.id, moment.at))
        steps.append(demo_market.sweep_fees(me, view.id, moment.at))
    if view.pool.total_offset > view.premium.acknowledged_offset:
        steps.append(insurance_pool.report_offset(me, view.id, moment.at))
    return steps


def _routable(view: MarketView, moment: Moment) -> bool:
    """Not in this epoch yet, and the score that decides the bounty is there or does not come."""
    premium, epoch = view.premium, moment.epoch
    if premium.has_routed and premium.route_epoch >= epoch:
        return False
    return premium.score_epoch >= epoch or premium.score_epoch + moment.parameters.stale_epochs < epoch


def _worth_routing(view: MarketView, moment: Moment) -> bool:
    """Premiums wait, or the pool knows of other arrears than there are; those it deducts from claims."""
    premium, pool = view.premium, view.pool
    if premium.escrow_ledger:
        return True
    return pool.arrears != max(0, -premium.balance) and pool.last_update_epoch + ARREARS_EVERY <= moment.epoch
