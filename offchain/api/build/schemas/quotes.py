"""What a deposit or a withdrawal would come to, before anything is built."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.built import Caution, Dates
from offchain.api.build.schemas.scalars import Date, Slot
from offchain.api.schemas.kinds import Blocked
from offchain.api.schemas.units import DECIMALS, Atoms, Bps, Decimals, SharePrice, Shares


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

    market_id: Annotated[str, Meta(description="Address of the market, base58")]
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
    lock_seconds: Annotated[int, Meta(description="Length of the lock, seconds")]
    notice_seconds: Annotated[int, Meta(description="Length of the notice, seconds")]
    dates: Annotated[Dates, Meta(description="If the deposit were made now")]
    warnings: Annotated[list[Caution], Meta(description="What to know before money goes in")]
    loss_warning: Annotated[str, Meta(description="To be shown before the first deposit")]
    pool: Annotated[PoolState, Meta(description="The pool before the deposit")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS


class Leaving(Struct):
    """A withdrawal requested at one date, at today's share price: it may be lower then, and never higher than at the
    request."""

    requested: Annotated[Date, Meta(description="When the request would be made")]
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
    requested: Annotated[Date, Meta(description="When the request was made")]
    value_at_request: Atoms
    value_now: Atoms
    payable: Annotated[Date, Meta(description="The notice is over")]
    forced: Annotated[Date, Meta(description="Paid from then on whatever the utilisation cap says")]
    early_fee_bps: Bps
    pays_now: Annotated[Atoms, Meta(description="Net of the early fee; 0 while it can't be paid")]
    fee_now: Atoms
    waits: Annotated[Atoms, Meta(description="What open interest needs of it for now; 0 before the notice is over")]
    blocked: Annotated[Blocked | None, Meta(description="Why it can't be paid now; null: payable")]
    words: Annotated[str, Meta(description="The same in plain words")]


class WithdrawalQuote(Struct):
    """Leaving now against waiting until the lock is over."""

    market_id: Annotated[str, Meta(description="Address of the market, base58")]
    provider: Annotated[str, Meta(description="Public key, base58")]
    entry_epoch: Annotated[int, Meta(description="The position, by the epoch of its deposit")]
    deposited: Atoms
    shares: Annotated[Shares, Meta(description="Of the whole position")]
    value: Annotated[Atoms, Meta(description="Of the whole position, at today's share price")]
    lock_ends: Annotated[Date, Meta(description="From then on leaving costs no early fee")]
    now: Annotated[Leaving | None, Meta(description="Null while a request is open or nothing is left")]
    waiting: Annotated[Leaving | None, Meta(description="Null when the lock is over: nothing is gained by waiting")]
    saved_by_waiting: Annotated[Atoms, Meta(description="The early fee that waiting spares")]
    request: Annotated[OpenRequest | None, Meta(description="Null while none is open")]
    warnings: Annotated[list[Caution], Meta(description="What to know about the pool")]
    pool: Annotated[PoolState, Meta(description="The pool as it is now")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS
