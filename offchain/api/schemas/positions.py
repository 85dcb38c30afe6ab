"""What providers hold, and what became of it."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import MovementKind
from offchain.api.schemas.units import (
    Address,
    Atoms,
    Body,
    Epoch,
    Flag,
    Number,
    Page,
    Shares,
    Signature,
    Slot,
    Time,
)


class Request(Struct, kw_only=True):
    """An open withdrawal."""

    shares: Shares
    value: Annotated[str, Meta(description="Fixed at the request: it pays this or the value then, the lower; atoms")]
    value_now: Annotated[str, Meta(description="What the shares are worth now, USDC atoms")]
    fee_bps: Annotated[int, Meta(description="Early fee, fixed at the request, basis points")]
    net_now: Annotated[str, Meta(description="What would be paid of the lower value, after the fee, USDC atoms")]
    requested_epoch: Epoch
    requested_at: Time
    payable_epoch: Annotated[int, Meta(description="Its notice ends with the start of this epoch")]
    payable_at: Annotated[int, Meta(description="When the notice ends, unix seconds")]
    payable: Annotated[bool, Meta(description="Notice over, and the cap lets at least a part of it go now")]
    limit: Annotated[str, Meta(description="What the cap would let go now, USDC atoms")]
    flag_at: Annotated[int, Meta(description="From here on its waiting may restrict the market, unix seconds")]
    forced_epoch: Epoch
    forced_at: Annotated[int, Meta(description="From here on it is paid whole, and by anyone, unix seconds")]


class ExitNow(Struct, kw_only=True):
    """Leaving now against waiting for the end of the lock."""

    fee_bps: Annotated[int, Meta(description="Early fee of a request now, basis points; 0 after the lock")]
    fee: Annotated[str, Meta(description="The same of the present value, USDC atoms, rounded up")]
    net: Annotated[str, Meta(description="Present value less that fee, USDC atoms")]
    paid_at: Annotated[int, Meta(description="When a request of this moment is payable, unix seconds")]
    free_at: Annotated[int, Meta(description="From when on a request costs nothing, unix seconds")]


class Position(Struct, kw_only=True):
    """One deposit, with everything that followed from it."""

    position: Address
    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    provider: Address
    principal: Annotated[str, Meta(description="What is left of the deposits, USDC atoms")]
    shares: Shares
    value: Annotated[str, Meta(description="What it would pay now without fees; a request counts as the lower; atoms")]
    paid_in: Annotated[str, Meta(description="All deposits, USDC atoms")]
    paid_out: Annotated[str, Meta(description="All withdrawals after fees, USDC atoms")]
    earnings: Annotated[str, Meta(description="value + paid_out - paid_in: net of losses and fees, USDC atoms")]
    wiped: Annotated[bool, Meta(description="A claim emptied its pool: the shares are void")]
    closed: Annotated[bool, Meta(description="Nothing is left of it")]
    entry_epoch: Epoch
    entered_at: Time
    unlock_epoch: Epoch
    unlocks_at: Annotated[int, Meta(description="When the lock ends, unix seconds")]
    locked: Flag
    exit: Annotated[ExitNow | None, Meta(description="What leaving now costs; null under a request or without shares")]
    request: Annotated[Request | None, Meta(description="The open withdrawal; null: none")]


class Positions(Page, kw_only=True):
    """Providers' positions."""

    items: Annotated[list[Position], Meta(description="By address")]


class PositionDetail(Body, kw_only=True):
    """One position."""

    position: Annotated[Position, Meta(description="The position as in the list")]


class Sums(Struct, kw_only=True):
    """The positions of one provider added up."""

    provider: Address
    positions: Annotated[int, Meta(description="How many hold something")]
    value: Atoms
    paid_in: Atoms
    paid_out: Atoms
    earnings: Annotated[str, Meta(description="Net of losses and fees, USDC atoms")]


class Portfolio(Body, kw_only=True):
    """Everything of one provider."""

    provider: Address
    positions: Annotated[int, Meta(description="How many hold something")]
    value: Atoms
    paid_in: Atoms
    paid_out: Atoms
    earnings: Annotated[str, Meta(description="Net of losses and fees, USDC atoms")]
    items: Annotated[list[Position], Meta(description="All positions, closed ones too, the newest first")]
    truncated: Annotated[bool, Meta(description="There are more than 500: page through /v1/positions")]


class Movement(Struct, kw_only=True):
    """One thing that a provider did, or that was done for them."""

    kind: Annotated[MovementKind, Meta(description="What the provider did")]
    signature: Signature
    number: Number
    slot: Slot
    time: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]
    market_id: Address
    position: Address
    amount: Annotated[str, Meta(description="Paid in, requested, taken back, or paid out before the fee; USDC atoms")]
    fee: Atoms
    net: Annotated[str, Meta(description="What reached the provider's wallet, negative for what left it; USDC atoms")]
    shares: Annotated[str, Meta(description="Minted, requested, taken back or burnt")]
    share_price: Annotated[
        str | None, Meta(description="Afterwards, 1e9 = one atom a share; null where the event tells none")
    ]


class History(Page, kw_only=True):
    """What a provider did."""

    provider: Address
    items: Annotated[list[Movement], Meta(description="Newest first")]
