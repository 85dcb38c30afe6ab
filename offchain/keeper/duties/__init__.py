"""Every duty: a pure function of a market's accounts and the moment, which says what is due."""

from collections.abc import Callable

from offchain.chain.market_view import MarketView
from offchain.keeper.duties import (
    collection,
    liquidation,
    payouts,
    premiums,
    resolution,
    score,
    settlement,
    statistics,
    sync,
    withdrawals,
)
from offchain.keeper.job import Job
from offchain.keeper.moment import Moment

Duty = Callable[[MarketView, Moment], list[Job]]

DUTIES: dict[str, Duty] = {
    resolution.NAME: resolution.due,
    liquidation.NAME: liquidation.due,
    payouts.NAME: payouts.due,
    score.NAME: score.due,
    statistics.NAME: statistics.due,
    sync.NAME: sync.due,
    premiums.NAME: premiums.due,
    settlement.NAME: settlement.due,
    withdrawals.NAME: withdrawals.due,
    collection.NAME: collection.due,
}
"""Duties of a market by name, the most urgent first."""
