"""Premiums: rate, balance, and every step of the way from fees to providers."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import FlowKind
from offchain.api.schemas.units import Address, Atoms, Body, Bps, Epoch, Grade, Number, Page, Signature, Slot, Time


class Premium(Struct, kw_only=True):
    """One market's premium account."""

    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    rate_bps: Annotated[int, Meta(description="Part of trading fees that is premium, basis points")]
    rate_max_bps: Bps
    grade: Grade
    utilisation_bps: Annotated[int, Meta(description="As it counted for the rate, basis points")]
    escrow: Annotated[str, Meta(description="Collected and not routed yet, USDC atoms")]
    balance: Annotated[str, Meta(description="Paid beyond the floor at the last accrual, negative: arrears; atoms")]
    arrears: Annotated[str, Meta(description="What is owed, USDC atoms")]
    arrears_since: Annotated[int | None, Meta(description="Epoch since which something is owed; null: nothing is")]
    floor_bps: Annotated[int, Meta(description="Least premium a year, basis points of the required reserve")]
    total_collected: Atoms
    total_routed: Atoms
    total_bounty: Atoms
    offset: Annotated[str, Meta(description="Kept from payouts for arrears so far, USDC atoms")]
    route_epoch: Annotated[int | None, Meta(description="Epoch of the last routing; null before the first")]


class Premiums(Page, kw_only=True):
    """Premium accounts."""

    items: Annotated[list[Premium], Meta(description="By market")]


class PremiumDetail(Body, kw_only=True):
    """One premium account."""

    premium: Annotated[Premium, Meta(description="The account as in the list")]


class Flow(Struct, kw_only=True):
    """One step of a premium; amounts that it does not concern are 0."""

    kind: Annotated[FlowKind, Meta(description="Which step")]
    signature: Signature
    number: Number
    slot: Slot
    time: Time
    epoch: Epoch
    rate_bps: Bps
    gross: Annotated[str, Meta(description="Trading fees that the premium was taken from, USDC atoms")]
    premium: Annotated[str, Meta(description="Into escrow, USDC atoms")]
    bounty: Annotated[str, Meta(description="To the keeper who routed, USDC atoms")]
    routed: Annotated[str, Meta(description="To the pool, USDC atoms")]
    credited: Annotated[str, Meta(description="Into the pool's vesting: the other half of `routed`, USDC atoms")]
    vested: Annotated[str, Meta(description="To the providers, before the performance fee, USDC atoms")]
    performance_fee: Atoms
    offset: Annotated[str, Meta(description="Kept from a payout, counts as paid, USDC atoms")]
    floor: Annotated[str, Meta(description="By how much the balance fell: least premium due since, USDC atoms")]
    escrow: Annotated[str, Meta(description="Afterwards, USDC atoms")]
    balance: Annotated[str, Meta(description="Afterwards, USDC atoms; negative: arrears")]


class Flows(Page, kw_only=True):
    """Steps of premiums."""

    market_id: Address
    items: Annotated[list[Flow], Meta(description="Newest first")]
