"""`histories`: the rows that follow from an event."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Table

from offchain.chain.events import Event
from offchain.chain.events.generated import (
    demo_market,
    insolvency_handler,
    insurance_pool,
    premium_manager,
    risk_engine,
)
from offchain.database.tables.feed_price import FeedPrice
from offchain.database.tables.keeper_earning import KeeperEarning
from offchain.database.tables.no_claim import NoClaimRow
from offchain.database.tables.premium_flow import PremiumFlow
from offchain.database.tables.score_history import ScoreHistory
from offchain.database.tables.share_price import SharePrice
from offchain.database.tables.withdrawal import Withdrawal
from offchain.indexer.decode.model import DecodedEvent
from offchain.indexer.histories import earnings, no_claims, premiums, prices, scores, share_prices, withdrawals
from offchain.indexer.histories.told import Row, Told
from offchain.indexer.projections.state import State

Made = list[tuple[Table, Row]]
"""Rows, each with its table."""


def _table(model: Any) -> Table:
    table: Table = model.__table__
    return table


SHARE_PRICES, SCORES, PREMIUMS = _table(SharePrice), _table(ScoreHistory), _table(PremiumFlow)
NO_CLAIMS, WITHDRAWALS, EARNINGS, PRICES = map(_table, (NoClaimRow, Withdrawal, KeeperEarning, FeedPrice))
TABLES = (SHARE_PRICES, SCORES, PREMIUMS, NO_CLAIMS, WITHDRAWALS, EARNINGS, PRICES)

MAKERS: tuple[tuple[type[Event], Table, Callable[[Told], Row | None]], ...] = (
    *((event, SHARE_PRICES, share_prices.share_price) for event in share_prices.EVENTS),
    (risk_engine.ScoreUpdated, SCORES, scores.score),
    (risk_engine.PriceAccepted, PRICES, prices.price),
    (premium_manager.RateSet, PREMIUMS, premiums.rate),
    (premium_manager.FeesCollected, PREMIUMS, premiums.collected),
    (premium_manager.PremiumsRouted, PREMIUMS, premiums.routed),
    (premium_manager.ArrearsPaid, PREMIUMS, premiums.arrears_paid),
    (premium_manager.ArrearsReported, PREMIUMS, premiums.arrears_reported),
    (premium_manager.OffsetApplied, PREMIUMS, premiums.offset),
    (insurance_pool.PremiumCredited, PREMIUMS, premiums.credited),
    (insurance_pool.Deposited, PREMIUMS, premiums.vested),
    (insurance_pool.ToppedUp, PREMIUMS, premiums.vested),
    (insurance_pool.WithdrawalRequested, PREMIUMS, premiums.vested),
    (insurance_pool.WithdrawalCancelled, PREMIUMS, premiums.vested),
    (insurance_pool.WithdrawalExecuted, PREMIUMS, premiums.vested),
    (insurance_pool.ReserveReported, PREMIUMS, premiums.vested),
    (insurance_pool.WithdrawalRequested, WITHDRAWALS, withdrawals.requested),
    (insurance_pool.WithdrawalCancelled, WITHDRAWALS, withdrawals.cancelled),
    (insurance_pool.WithdrawalExecuted, WITHDRAWALS, withdrawals.executed),
    (insolvency_handler.NoClaim, NO_CLAIMS, no_claims.no_claim),
    (premium_manager.PremiumsRouted, EARNINGS, earnings.bounty),
    (insolvency_handler.ClaimFeeCollected, EARNINGS, earnings.claim_fee),
    (demo_market.PositionLiquidated, EARNINGS, earnings.liquidation),
)
"""Event, table, and what makes the row; each pair of event and table once, as the event is the row's key."""

_BY_EVENT: dict[type[Event], list[tuple[Table, Callable[[Told], Row | None]]]] = defaultdict(list)
for _event, _into, _maker in MAKERS:
    _BY_EVENT[_event].append((_into, _maker))


def histories(decoded: DecodedEvent, state: State) -> Made:
    """The rows of an event that the projections have just taken; ProjectionError where it does not fit them."""
    makers = _BY_EVENT.get(type(decoded.event))
    if not makers:
        return []
    told = Told(decoded, state)
    made = [(table, maker(told)) for table, maker in makers]
    return [(table, row) for table, row in made if row is not None]
