"""Claims and reports below the threshold, with the liquidations behind them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated.demo_market import PositionLiquidated
from offchain.chain.events.generated.insolvency_handler import DeficitReported, NoClaim
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.support.raw.landed import Landed
from tests.support.raw.node import accounts

PAID = 2


@dataclass(frozen=True)
class Small:
    """A report that stayed at or below the threshold; amounts in atoms."""

    signature: str
    market_id: str
    time: int
    deficit: int
    """New in this report."""
    unsettled: int
    threshold: int


@dataclass(frozen=True)
class Loss:
    """A liquidation whose deficit a claim settled."""

    signature: str
    told: PositionLiquidated


def records(rpc: str) -> dict[str, ClaimRecord]:
    """Every claim that was reported, by its address; blank records are none."""
    found = accounts(rpc, LOCALNET.insolvency_handler, ClaimRecord)
    return {address: record for address, record in found.items() if record.state}


def small_reports(landed: Iterable[Landed]) -> list[Small]:
    """Reports without a claim, oldest first; each deficit is what the market's counter rose by."""
    found = []
    for transaction in landed:
        for event in transaction.events if transaction.succeeded else ():
            if isinstance(event, NoClaim):
                new = event.counter_after - event.counter_before
                market, time = str(event.market_id), transaction.time
                found.append(Small(transaction.signature, market, time, new, event.unsettled, event.threshold))
    return found


def losses(landed: Sequence[Landed]) -> dict[tuple[str, int], list[Loss]]:
    """(market, sequence of the claim) -> what was liquidated with a deficit since the claim before it, oldest first.

    Transactions in the order of the chain; within one, liquidations come before the report.
    """
    waiting: dict[str, list[Loss]] = defaultdict(list)
    found = {}
    for transaction in landed:
        for event in transaction.events if transaction.succeeded else ():
            if isinstance(event, PositionLiquidated) and event.counted:
                waiting[str(event.market_id)].append(Loss(transaction.signature, event))
            if isinstance(event, DeficitReported):
                found[str(event.market_id), event.sequence] = waiting.pop(str(event.market_id), [])
    return found
