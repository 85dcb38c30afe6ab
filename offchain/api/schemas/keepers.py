"""Keepers: who turned which crank, and what it brought."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas import kinds
from offchain.api.schemas.figures import KeeperProfitFigures
from offchain.api.schemas.units import Address, Atoms, Body, Count, Epoch, Number, Page, Signature, Slot, Time


class Crank(Struct, kw_only=True):
    """How often somebody turned one crank."""

    event: Annotated[str, Meta(description="Event that tells it, such as ScoreUpdated")]
    duty: Annotated[kinds.Crank, Meta(description="What was done")]
    count: Count
    last_slot: Slot
    last_at: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]


class Keeper(Struct, kw_only=True):
    """Somebody who keeps markets going."""

    keeper: Address
    cranks: Annotated[int, Meta(description="Cranks turned so far")]
    by_crank: Annotated[list[Crank], Meta(description="The most frequent first")]
    last_slot: Slot
    last_at: Annotated[int | None, Meta(description="Unix seconds; null where the node told none")]
    bounties: Annotated[str, Meta(description="For routed premiums, USDC atoms")]
    claim_fees: Annotated[str, Meta(description="For claims, USDC atoms")]
    liquidations: Annotated[str, Meta(description="For liquidations, USDC atoms")]
    earned: Annotated[str, Meta(description="All of them, USDC atoms")]
    profits: Annotated[
        list[KeeperProfitFigures], Meta(description="Earnings against costs over periods; empty: not counted yet")
    ]


class Keepers(Page, kw_only=True):
    """Keepers."""

    items: Annotated[list[Keeper], Meta(description="Who cranked last, first")]


class KeeperDetail(Body, kw_only=True):
    """One keeper."""

    keeper: Annotated[Keeper, Meta(description="The keeper as in the list")]


class Earning(Struct, kw_only=True):
    """USDC that reached a keeper."""

    kind: Annotated[kinds.EarningKind, Meta(description="What it was paid for")]
    signature: Signature
    number: Number
    slot: Slot
    time: Time
    epoch: Epoch
    market_id: Address
    keeper: Address
    amount: Atoms
    sequence: Annotated[int | None, Meta(description="Of the claim; null where it is for none")]
    perp_position: Annotated[str | None, Meta(description="Liquidated position, base58; null where it is for none")]


class Earnings(Page, kw_only=True):
    """Keepers' earnings."""

    items: Annotated[list[Earning], Meta(description="Newest first")]
