"""Requests, payments and cancellations of withdrawals in plain words."""

from typing import Protocol

from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.epochs import Schedule
from offchain.chain.events.generated.insurance_pool import WithdrawalCancelled, WithdrawalExecuted, WithdrawalRequested
from offchain.chain.units import format_bps
from offchain.plain_words.rows import Rows
from offchain.settings.parameters import Parameters


class Position(Protocol):
    """What is read of a ProviderPosition account."""

    shares: int
    unlock_epoch: int
    notice_epochs: int
    request_value: int


def request_rows(event: WithdrawalRequested, position: Position, schedule: Schedule, parameters: Parameters) -> Rows:
    """What was asked for, its fee and its dates; `position` is the one before the request."""
    after = event.position_after
    due = after.request_epoch + position.notice_epochs
    return [
        ("shares", f"{words.shares(after.requested_shares)} of {words.shares(position.shares)}"),
        ("worth at most", words.usdc(after.request_value)),
        ("early fee", _early_fee(after.request_fee_bps, position, schedule)),
        ("payable from", words.epoch_date(schedule, due)),
        ("payable in any case from", words.epoch_date(schedule, due + parameters.force_after)),
        ("until then", "the capital goes on paying claims, and rises in value no more"),
    ]


def payment_rows(event: WithdrawalExecuted, owner: Pubkey, least_assets: int) -> Rows:
    """What is paid to the provider, and what of the request is left."""
    if event.wiped:
        return [("paid", "nothing: the pool was wiped out after this deposit; the request is cleared")]
    rows = [
        ("paid to", str(owner)),
        ("worth", words.usdc(event.gross)),
        ("early fee", words.usdc(event.fee)),
        ("paid", f"{words.usdc(event.net)}, at least {words.usdc(least_assets)}"),
    ]
    left = event.position_after.request_value
    if left:
        rows.append(("waits on", f"{words.usdc(left)}: open interest needs the rest of the pool for now"))
    return rows


def cancellation_rows(event: WithdrawalCancelled, position: Position) -> Rows:
    """What taking the request back costs; `position` is the one before."""
    return [
        ("request of", words.usdc(position.request_value)),
        ("left to the pool", words.usdc(event.forgone)),
        ("shares kept", words.shares(event.position_after.shares)),
    ]


def _early_fee(fee_bps: int, position: Position, schedule: Schedule) -> str:
    if not fee_bps:
        return "none: the lock is over"
    return f"{format_bps(fee_bps)}, as the lock lasts until {words.epoch_date(schedule, position.unlock_epoch)}"
