"""What the replay remembers of a pool, of a position and of a payout."""

from dataclasses import dataclass

from solders.pubkey import Pubkey

MARK_ONE = 10**9


@dataclass(frozen=True, slots=True)
class Payout:
    """A claim as the pool's ledger before it makes it: what each tier pays and where it goes."""

    sequence: int
    claimable: int
    payout: int
    first_loss: int
    premium: int
    capital: int
    offset: int
    fee: int
    executor_fee: int

    @property
    def net(self) -> int:
        """What the market gets."""
        return self.payout - self.fee - self.offset


@dataclass(slots=True)
class Pool:
    """Ledgers in atoms; epochs are the market's."""

    market: Pubkey
    vault: Pubkey | None = None
    market_vault: Pubkey | None = None
    genesis: int = 0
    epoch_seconds: int = 0
    lock_epochs: int = 0
    notice_epochs: int = 0
    performance_fee_bps: int = 0
    available: int = 0
    unvested: int = 0
    vest_end: int = 0
    vest_epoch: int = 0
    first_loss: int = 0
    residual: int = 0
    treasury_fees: int = 0
    claim_fees: int = 0
    reserved: Payout | None = None
    total_shares: int = 0
    total_deposits: int = 0
    pending_shares: int = 0
    pending_value: int = 0
    generation: int = 0
    mark: int = MARK_ONE
    unsettled: int = 0
    required: int = 0
    arrears: int = 0
    acknowledged: int = 0
    total_offset: int = 0
    stake_request: int = 0
    exit: bool = False

    def epoch_at(self, now: int) -> int:
        """The epoch of a unix time."""
        return (now - self.genesis) // self.epoch_seconds

    @property
    def ledger(self) -> int:
        """What the vault has to hold."""
        waiting = self.reserved.net if self.reserved else 0
        capital = self.available + self.unvested + self.first_loss + self.residual
        return capital + waiting + self.treasury_fees + self.claim_fees


@dataclass(slots=True)
class Position:
    """A provider's shares and open request."""

    provider: Pubkey
    deposited: int
    shares: int
    unlock_epoch: int
    lock_epochs: int
    notice_epochs: int
    generation: int
    requested: int = 0
    value: int = 0
    fee_bps: int = 0
    request_epoch: int = 0

    def clear_request(self) -> None:
        """No request is open any more."""
        self.requested = self.value = self.fee_bps = self.request_epoch = 0
