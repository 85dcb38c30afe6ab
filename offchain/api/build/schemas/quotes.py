"""What a deposit or a withdrawal would come to, before anything is built."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.built import Caution, Dates
from offchain.api.build.schemas.scalars import Atoms, Bps, Date, Decimals, SharePrice, Shares, Slot


class PoolState(Struct):
    """The pool that the quote is of."""

    available: Annotated[Atoms, Meta(description="What shares stand for, vested premium included; atoms")]
    total_shares: Shares
    share_price: Annotated[SharePrice, Meta(description="What a withdrawal gets for a share: known deficits deducted")]
    entry_price: Annotated[SharePrice, Meta(description="What a deposit pays for a share")]
    pending_deficit: Annotated[Atoms, Meta(description="Known and not settled; the pool may have to pay it")]
    utilisation_bps: Bps
    utilisation_cap_bps: Bps
    withdrawable: Annotated[Atoms, Meta(description="What the cap leaves for withdrawals now")]
    score_fresh: Annotated[bool, Meta(description="Without a fresh score nothing is paid before its forced date")]


class DepositQuote(Struct):
    """Shares for an amount, now."""

    market: str
    amount: Atoms
    shares: Shares
    value: Annotated[Atoms, Meta(description="Worth right afterwards, rounding and known deficits included")]
    share_of_pool_bps: Annotated[Bps, Meta(description="Of the pool after the deposit, rounded down")]
    minimum: Annotated[Atoms, Meta(description="The smallest deposit")]
    deposit_fee: Annotated[Atoms, Meta(description="Always 0: entering costs nothing but the network's fee and rent")]
    performance_fee_bps: Annotated[Bps, Meta(description="Of yield above the share price's highest, to the treasury")]
    early_fee_bps: Annotated[Bps, Meta(description="If a withdrawal were requested at once; it falls with time")]
    early_fee: Annotated[Atoms, Meta(description="The same for this amount")]
    early_fee_last_bps: Annotated[Bps, Meta(description="In the last epoch of the lock; 0 afterwards")]
    lock_seconds: int
    notice_seconds: int
    dates: Dates
    warnings: list[Caution]
    loss_warning: str
    pool: PoolState
    as_of_slot: Slot
    decimals: Decimals = 6


class Leaving(Struct):
    """A withdrawal requested at one date, at today's share price: it may be lower then, and never higher than at the
    request."""

    requested: Date
    shares: Shares
    value: Atoms
    early_fee_bps: Bps
    early_fee: Annotated[Atoms, Meta(description="Stays in the pool, for the others")]
    amount: Annotated[Atoms, Meta(description="Value less fee")]
    payable: Annotated[Date, Meta(description="The notice is over")]
    forced: Annotated[Date, Meta(description="Paid from then on whatever the utilisation cap says")]


class OpenRequest(Struct):
    """A request under way, as if it were paid now."""

    shares: Shares
    requested: Date
    value_at_request: Atoms
    value_now: Atoms
    payable: Date
    forced: Date
    early_fee_bps: Bps
    pays_now: Annotated[Atoms, Meta(description="Net of the early fee; 0 while it can't be paid")]
    fee_now: Atoms
    waits: Annotated[Atoms, Meta(description="What open interest needs of it for now; 0 before the notice is over")]
    blocked: Annotated[str | None, Meta(description="E_NOTICE, E_STALE, E_UTILIZATION or E_GENERATION; null: payable")]
    words: Annotated[str, Meta(description="The same in plain words")]


class WithdrawalQuote(Struct):
    """Leaving now against waiting until the lock is over."""

    market: str
    provider: str
    entry_epoch: int
    deposited: Atoms
    shares: Annotated[Shares, Meta(description="Of the whole position")]
    value: Annotated[Atoms, Meta(description="Of the whole position, at today's share price")]
    lock_ends: Date
    now: Annotated[Leaving | None, Meta(description="Null while a request is open or nothing is left")]
    waiting: Annotated[Leaving | None, Meta(description="Null when the lock is over: nothing is gained by waiting")]
    saved_by_waiting: Annotated[Atoms, Meta(description="The early fee that waiting spares")]
    request: OpenRequest | None
    warnings: list[Caution]
    pool: PoolState
    as_of_slot: Slot
    decimals: Decimals = 6
