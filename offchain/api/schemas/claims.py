"""Claims as receipts, and what was no claim."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.kinds import ClaimState, TierName
from offchain.api.schemas.units import (
    Address,
    Atoms,
    Body,
    Count,
    Epoch,
    Number,
    Page,
    Price,
    Signature,
    Slot,
    Time,
    Words,
)


class Tier(Struct, kw_only=True):
    """One of those who bear a deficit, in their order."""

    name: Annotated[TierName, Meta(description="Who; uncovered: nobody")]
    title: Words
    amount: Atoms
    of_deficit: Annotated[bool, Meta(description="False: paid before the deficit that is claimed")]


class Claim(Struct, kw_only=True):
    """One claim as the handler keeps it on chain."""

    claim: Annotated[str, Meta(description="Address of its record, base58")]
    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    sequence: Annotated[int, Meta(description="Number of the claim in its market, from 1")]
    state: Annotated[ClaimState, Meta(description="open: nothing reported yet; reserved: waits for its payment")]
    opened_at: Time
    paid_at: Annotated[int | None, Meta(description="Unix seconds; null until it is paid")]
    epoch: Annotated[int | None, Meta(description="Epoch of the payment; null until it is paid")]
    deficit: Annotated[str, Meta(description="What was claimable, USDC atoms")]
    threshold: Atoms
    payout: Annotated[str, Meta(description="What the pool paid, fee included, USDC atoms")]
    fully_covered: Annotated[bool, Meta(description="payout == deficit")]
    uncovered: Annotated[str, Meta(description="deficit - payout, USDC atoms")]
    tiers: Annotated[list[Tier], Meta(description="Who bore it, in order; those of the deficit add up to it")]
    arrears_offset: Annotated[str, Meta(description="Kept from the payout for premium owed, USDC atoms")]
    fee: Annotated[str, Meta(description="Claim fee, out of the payout, USDC atoms")]
    executor_fee: Annotated[str, Meta(description="Of it, the executor's, USDC atoms")]
    fee_collected: Annotated[bool, Meta(description="Whether the executor has taken it")]
    net_paid: Annotated[str, Meta(description="What the market received, USDC atoms")]
    executor: Annotated[str, Meta(description="Who reported it, base58; the zero address before")]


class Claims(Page, kw_only=True):
    """Claims."""

    items: Annotated[list[Claim], Meta(description="The last opened first")]


class Liquidation(Struct, kw_only=True):
    """A liquidation that is part of a claim's deficit."""

    signature: Signature
    slot: Slot
    time: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]
    owner: Annotated[str, Meta(description="The trader, base58")]
    nonce: Annotated[str, Meta(description="Number of the trader's position, decimal integer")]
    keeper: Annotated[str, Meta(description="Who liquidated, base58")]
    price: Price
    equity: Annotated[str, Meta(description="What was left of the position, negative: missing; USDC atoms")]
    margin: Atoms
    deficit: Annotated[str, Meta(description="Missing, keeper's minimum included, USDC atoms")]
    insurance_fund: Annotated[str, Meta(description="Of it, paid by the market's own fund, USDC atoms")]
    counted: Annotated[str, Meta(description="Of it, counted towards the claim, USDC atoms")]
    excess: Annotated[str, Meta(description="Of it, above the initial margin: never the pool's, USDC atoms")]
    forced: Annotated[bool, Meta(description="By the pool's authority, since it was extreme")]


class Step(Struct, kw_only=True):
    """A transaction of a claim."""

    event: Annotated[str, Meta(description="Name of the event that tells it")]
    words: Words
    signature: Signature
    slot: Slot
    time: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]
    actor: Annotated[str | None, Meta(description="Who, base58; null where the event does not tell")]


class Receipt(Body, kw_only=True):
    """A claim with its cause and its transactions."""

    claim: Annotated[Claim, Meta(description="The record on chain")]
    cause: Words
    liquidations: Annotated[list[Liquidation], Meta(description="Whose deficits it settled, in order")]
    steps: Annotated[list[Step], Meta(description="What happened, in order")]
    share_price_before: Annotated[str | None, Meta(description="Before the payout; null until then; 1e9 = one atom")]
    share_price_after: Annotated[str | None, Meta(description="After the payout; null until then; 1e9 = one atom")]
    verify: Annotated[str, Meta(description="Command that recomputes every claim from the chain alone")]


class NoClaim(Struct, kw_only=True):
    """A deficit that stayed at or below the threshold: it waits and adds up."""

    signature: Signature
    number: Number
    slot: Slot
    time: Time
    epoch: Epoch
    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    executor: Annotated[str, Meta(description="Who reported it, base58")]
    deficit: Annotated[str, Meta(description="New in this report, USDC atoms")]
    unsettled: Annotated[str, Meta(description="All that no claim has settled by then, USDC atoms")]
    threshold: Atoms
    margin: Annotated[str | None, Meta(description="By traders' margins since the last claim, atoms; null: not told")]
    insurance_fund: Annotated[str | None, Meta(description="By the market's fund since then, atoms; null: not told")]
    count: Count
    total: Annotated[str, Meta(description="Of all of the market so far, USDC atoms")]


class NoClaims(Page, kw_only=True):
    """What was no claim."""

    items: Annotated[list[NoClaim], Meta(description="Newest first")]
