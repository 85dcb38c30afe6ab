"""What turns once an epoch or seldom: arrears flags, announced terms, and terms that a program still lacks."""

from solders.instruction import Instruction

from offchain.chain.instructions import premium_manager, risk_engine
from offchain.chain.market_view import MarketView
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

NAME = "settlement"
REGISTERED = 1
PREMIUM, POOL, HANDLER = 1, 2, 4
"""Bits of `terms_pushed`."""


def due(view: MarketView, moment: Moment) -> list[Job]:
    """One job for each of them, so that one that fails holds up no other."""
    found = {
        "arrears": _arrears(view, moment),
        "change": _change(view, moment),
        "terms": _terms(view, moment),
    }
    return [
        Job(NAME, view.id, f"{NAME}:{view.id}:{name}:{moment.epoch}", (tuple(steps),))
        for name, steps in found.items()
        if steps
    ]


def _arrears(view: MarketView, moment: Moment) -> list[Instruction]:
    """Tell the risk engine when the premium floor has been unpaid for too long, and when no longer."""
    premium = view.premium
    late = premium.negative and moment.epoch >= premium.negative_since + moment.parameters.arrears_epochs
    if not premium.active or late == view.inputs.arrears:
        return []
    return [premium_manager.report_arrears(moment.keeper, view.id, moment.at)]


def _change(view: MarketView, moment: Moment) -> list[Instruction]:
    """Make announced terms valid, and hand them to the pool at once."""
    config = view.config
    if not config.change_pending or moment.epoch < config.next_epoch:
        return []
    return [
        risk_engine.apply_change(moment.keeper, view.id, moment.at),
        risk_engine.push_terms_pool(moment.keeper, view.id, config.creator, moment.at),
    ]


def _terms(view: MarketView, moment: Moment) -> list[Instruction]:
    """Terms that registration or a change has left unpushed."""
    config, me, at = view.config, moment.keeper, moment.at
    if config.status < REGISTERED:
        return []
    steps = []
    if not config.terms_pushed & PREMIUM:
        steps.append(risk_engine.push_terms_premium(me, view.id, at))
    if not config.terms_pushed & HANDLER:
        steps.append(risk_engine.push_terms_handler(me, view.id, at))
    if not config.terms_pushed & POOL:
        steps.append(risk_engine.push_terms_pool(me, view.id, config.creator, at))
    return steps
