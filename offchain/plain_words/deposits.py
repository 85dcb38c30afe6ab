"""A deposit in plain words."""

from typing import Protocol

from offchain import words
from offchain.chain.epochs import Schedule
from offchain.chain.events.generated.insurance_pool import Deposited, ToppedUp
from offchain.chain.units import BPS, format_bps
from offchain.plain_words.rows import Rows


class Terms(Protocol):
    """What is read of an InsurancePool account."""

    lock_epochs: int
    notice_epochs: int
    epoch_seconds: int
    performance_fee_bps: int


def least(amount: int, slippage_bps: int) -> int:
    """The smallest result that is accepted, rounded down."""
    return amount * (BPS - slippage_bps) // BPS


def deposit_rows(event: Deposited | ToppedUp, least_shares: int, terms: Terms, schedule: Schedule) -> Rows:
    """What is paid, what is received for it, and how long it stays."""
    lock = words.lasting(terms.lock_epochs * terms.epoch_seconds)
    notice = words.lasting(terms.notice_epochs * terms.epoch_seconds)
    return [
        ("deposit", words.usdc(event.amount)),
        ("shares", f"{words.shares(event.minted)}, at least {words.shares(least_shares)}"),
        ("locked until", f"{words.epoch_date(schedule, event.position_after.unlock_epoch)} ({lock})"),
        ("notice", f"a withdrawal is paid {notice} after its request; the capital is at risk until then"),
        ("paid to the protocol", f"{format_bps(terms.performance_fee_bps)} of the yield above the high-water mark"),
    ]
