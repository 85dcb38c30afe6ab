"""The steps of a claim that several duties share: opening its record, the report, the payout, the executor's fee."""

from solders.instruction import Instruction

from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool
from offchain.chain.market_view import MarketView
from offchain.keeper.job import Steps, shrinking
from offchain.keeper.moment import Moment


def claimable(view: MarketView, more: int = 0) -> int:
    """Deficit that no claim has settled yet, with `more` to come; atoms."""
    return view.perp.deficit_counter + more - view.registry.settled


def with_claim(view: MarketView, moment: Moment, before: list[Instruction], more: int = 0) -> tuple[Steps, ...]:
    """`before`, then everything that a deficit asks for, in one transaction; smaller ones where it does not fit.

    `more` is what the steps before add to the deficit counter, as far as can be told; the simulation knows better.
    While a payout is reserved a report changes nothing: the payout comes first, by a duty of its own.
    """
    if view.registry.pending or claimable(view, more) <= 0:
        return shrinking(before)
    me, sequence = moment.keeper, view.registry.next_sequence
    steps = list(before)
    if sequence not in view.claims:
        steps = [insolvency_handler.open_claim(me, view.id, sequence, moment.at), *steps]
    steps.append(demo_market.report(me, view.id, sequence, moment.at))
    if claimable(view, more) <= view.registry.threshold:
        return shrinking(steps, before)
    paid = [*steps, insurance_pool.release_funds(me, view.id, sequence, moment.at)]
    return shrinking([*paid, collect(view, moment, sequence)], paid, steps, before)


def collect(view: MarketView, moment: Moment, sequence: int) -> Instruction:
    """The executor's fee of a completed claim of this keeper's."""
    return insolvency_handler.collect_claim_fee(moment.keeper, view.id, sequence, moment.token, moment.at)
