"""State of a pool and of a provider's position."""

from dataclasses import dataclass

from tests.model import parameters as P

SHARE_ONE = 10**9
"""The high-water mark of a share worth exactly one atom."""


@dataclass(frozen=True)
class Reserved:
    """A payout that is booked but not yet released to the market."""

    sequence: int
    payout: int
    first_loss: int
    premium: int
    capital: int
    offset: int
    fee: int
    executor_fee: int

    @property
    def net(self) -> int:
        """What the market will get."""
        return self.payout - self.fee - self.offset


@dataclass(frozen=True)
class Pool:
    """All ledgers of a pool in atoms; epochs are those of the market."""

    available: int = 0
    unvested: int = 0
    vest_end: int = 0
    vest_epoch: int = 0
    first_loss: int = 0
    residual: int = 0
    treasury_fees: int = 0
    claim_fees: int = 0
    reserved: Reserved | None = None
    total_shares: int = 0
    total_deposits: int = 0
    pending_shares: int = 0
    pending_value: int = 0
    generation: int = 0
    high_water_mark: int = SHARE_ONE
    unsettled: int = 0
    required_reserve: int = 0
    open_interest_now: int = 0
    score_epoch: int | None = None
    arrears: int = 0
    acknowledged_offset: int = 0
    total_offset: int = 0
    epoch_premium: int = 0
    premium_epoch: int = 0
    stake_request: int = 0
    stake_request_epoch: int = 0
    exit: bool = False
    lock_epochs: int = P.LOCK_DEFAULT
    notice_epochs: int = P.NOTICE_DEFAULT
    performance_fee_bps: int = P.PERF_FEE_DEFAULT_BPS


@dataclass(frozen=True)
class Position:
    """A provider's deposit of one epoch and its open withdrawal request (none while requested_shares is 0)."""

    deposited: int
    shares: int
    entry_epoch: int
    unlock_epoch: int
    lock_epochs: int
    notice_epochs: int
    generation: int = 0
    requested_shares: int = 0
    request_value: int = 0
    request_fee_bps: int = 0
    request_epoch: int = 0


def ledger(pool: Pool) -> int:
    """What the vault must hold at least."""
    reserved = pool.reserved.net if pool.reserved else 0
    capital = pool.available + pool.unvested + pool.first_loss + pool.residual
    return capital + reserved + pool.treasury_fees + pool.claim_fees
