"""Collect the executor's fees of this keeper's own claims, where the claim itself could not bring them along."""

from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.market_view import MarketView
from offchain.keeper.claims import collect
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

NAME = "collection"
COMPLETE = 2
AT_ONCE = 4
"""Fees collected in one transaction."""


def due(view: MarketView, moment: Moment) -> list[Job]:
    """The oldest few at once."""
    open_fees = sorted(sequence for sequence, record in view.claims.items() if _mine(record, moment))[:AT_ONCE]
    if not open_fees:
        return []
    steps = tuple(collect(view, moment, sequence) for sequence in open_fees)
    return [Job(NAME, view.id, f"{NAME}:{view.id}:{open_fees[0]}", (steps, steps[:1]))]


def _mine(record: ClaimRecord, moment: Moment) -> bool:
    earned = record.executor == moment.keeper and record.executor_fee > 0
    return earned and record.state == COMPLETE and not record.fee_collected
