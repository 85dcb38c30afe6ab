"""What is due in a market."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.scalars import Slot
from offchain.api.schemas.kinds import Duty
from offchain.api.schemas.units import DECIMALS, Atoms, Decimals, Epoch, Time


class DueJob(Struct):
    """One thing that anybody may do now."""

    key: Annotated[str, Meta(description="To name it when building")]
    duty: Annotated[Duty, Meta(description="Name of the keeper's duty")]
    title: Annotated[str, Meta(description="What it does, in words")]
    urgent: Annotated[bool, Meta(description="Somebody loses money while it waits")]
    at_stake: Annotated[Atoms, Meta(description="0 where nothing is")]
    possible: Annotated[bool | None, Meta(description="Whether it passes simulation for the payer; null without one")]
    pays: Annotated[Atoms | None, Meta(description="What it pays the payer, from the simulation; null without one")]
    costs: Annotated[str | None, Meta(description="Lamports for fee and rent, a decimal integer; null without a payer")]
    code: Annotated[str | None, Meta(description="Why it is not possible")]
    advice: Annotated[str | None, Meta(description="What to do about it")]


class DueJobs(Struct):
    """Everything that is due, the most urgent first."""

    market_id: Annotated[str, Meta(description="Address of the market, base58")]
    items: Annotated[list[DueJob], Meta(description="At most 16, the most urgent first")]
    next: Annotated[None, Meta(description="Always null: the list is whole")]
    epoch: Epoch
    next_epoch: Annotated[Time, Meta(description="When the next epoch begins, with a score due again; unix time")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS
