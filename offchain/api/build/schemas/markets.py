"""A market that is planned: terms, cost, transactions, and the way until it is live."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.built import BuiltTransaction, Caution
from offchain.api.build.schemas.scalars import AtomsIn, Key, Priority, Slot
from offchain.api.schemas.kinds import StepState
from offchain.api.schemas.units import DECIMALS, Decimals, Lamports, Time
from offchain.chain.oracles.feed_ids import FeedSource
from offchain.creation.steps import Purpose
from offchain.creation.terms import TermUnit

Whole = Annotated[str, Meta(description="In the term's unit, a decimal integer", pattern=r"^[0-9]{1,20}$")]


Index = Annotated[
    int, Meta(description="The creator's market number; by default the newest, or 0", ge=0, le=(1 << 53) - 1)
]


class TermsIn(Struct, kw_only=True, forbid_unknown_fields=True, frozen=True):
    """What the creator chooses; what is left out takes the default, or what the market was begun with."""

    depth: Whole | None = None
    max_leverage: Whole | None = None
    insolvency_threshold: Whole | None = None
    lock_epochs: Whole | None = None
    notice_epochs: Whole | None = None
    performance_fee_bps: Whole | None = None
    trading_fee_bps: Whole | None = None
    maintenance_bps: Whole | None = None
    liquidation_fee_bps: Whole | None = None


class MarketRequest(Struct, kw_only=True, forbid_unknown_fields=True):
    """A market with its money. Sent again and again, it says or builds what is still missing."""

    creator: Key
    index: Index | None = None
    feed: Annotated[
        str | None, Meta(description="Price feed: pair, Pyth id or address; may be left out once registered")
    ] = None
    terms: Annotated[TermsIn, Meta(description="What is left out takes its default")] = TermsIn()
    stake: Annotated[AtomsIn, Meta(description="First-loss stake that should be there in the end")] = "0"
    house: Annotated[AtomsIn, Meta(description="Capital that pays winning traders")] = "0"
    fund: Annotated[AtomsIn, Meta(description="The market's own insurance fund")] = "0"
    priority: Priority = 0


class TermBody(Struct):
    """One term."""

    name: Annotated[str, Meta(description="As the field of `terms`")]
    title: Annotated[str, Meta(description="As people call it")]
    value: Annotated[str | None, Meta(description="In `unit`, a decimal integer; null: the creator must choose")]
    shown: Annotated[str, Meta(description="The value as people write it; empty without one")]
    unit: Annotated[TermUnit, Meta(description="leverage: 10 000 = 1x")]
    low: Whole
    low_shown: Annotated[str, Meta(description="The same as people write it; `above 0` for a single atom")]
    high: Whole
    high_shown: Annotated[str, Meta(description="The same as people write it")]
    meaning: Annotated[str, Meta(description="What the value means for providers")]
    fixed: Annotated[bool, Meta(description="Whether it can never change")]


class FeedBody(Struct):
    """A price feed that a market can use."""

    address: Annotated[str, Meta(description="Account of the feed, base58")]
    feed_id: Annotated[str, Meta(description="What the feed is of, base58")]
    pair: Annotated[str, Meta(description="Empty where the project does not name it")]
    source: Annotated[FeedSource, Meta(description="Who writes it")]
    price: Annotated[str, Meta(description="1e-6 USD, a decimal integer; 0: no price yet")]
    publish_time: Time
    label: Annotated[str, Meta(description="Pair, source and price in words")]


class NewMarketTerms(Struct):
    """What there is to choose from."""

    terms: Annotated[list[TermBody], Meta(description="With bounds, default and meaning")]
    feeds: Annotated[list[FeedBody], Meta(description="Price feeds that the admin has opened")]
    accounts: Annotated[int, Meta(description="Accounts that a market consists of")]
    rent: Annotated[str, Meta(description="Lamports for all of them, a decimal integer; it stays in them")]
    fees: Annotated[str, Meta(description="Lamports for the transactions without priority fee, a decimal integer")]
    epoch_seconds: Annotated[int, Meta(description="Time of one epoch")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS


class RentLine(Struct):
    """One account that is still to be made."""

    account: Annotated[str, Meta(description="Program and the instruction that makes it")]
    lamports: Lamports


class PlanStep(Struct):
    """One transaction of the plan."""

    number: Annotated[int, Meta(description="From 1")]
    title: Annotated[str, Meta(description="What it does")]
    state: Annotated[StepState, Meta(description="How far it is")]


class Money(Struct):
    """USDC that is still to be paid in."""

    purpose: Annotated[Purpose, Meta(description="What for")]
    amount: Annotated[str, Meta(description="Atoms, a decimal integer")]


class ChecklistItem(Struct):
    """One condition until the first trade."""

    name: Annotated[str, Meta(description="The condition")]
    done: Annotated[bool, Meta(description="Whether it holds now")]
    words: Annotated[str, Meta(description="How it stands, or what to do")]


class Checklist(Struct):
    """Everything until a market takes its first trade, in the order in which it comes true."""

    market_id: Annotated[str, Meta(description="Address of the market, base58")]
    live: Annotated[bool, Meta(description="Whether every program has the terms")]
    complete: Annotated[bool, Meta(description="Whether every item is done")]
    items: Annotated[list[ChecklistItem], Meta(description="In the order in which they come true")]
    next: Annotated[None, Meta(description="Always null: the list is whole")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS


class MarketPlan(Struct):
    """The plan as things stand now."""

    market_id: Annotated[str, Meta(description="The market's address, base58")]
    creator: Annotated[str, Meta(description="Public key, base58")]
    index: Annotated[int, Meta(description="The creator's market number")]
    feed: Annotated[FeedBody, Meta(description="The price feed, for good")]
    terms: Annotated[list[TermBody], Meta(description="Every term with its bounds")]
    rents: Annotated[list[RentLine], Meta(description="Accounts still to be made, in lamports")]
    rent: Annotated[str, Meta(description="Lamports still to be put into accounts, a decimal integer")]
    fees: Annotated[str, Meta(description="Lamports for the missing transactions, a decimal integer")]
    lamports: Annotated[str, Meta(description="Both together, a decimal integer")]
    money: Annotated[list[Money], Meta(description="USDC still to be paid in, by purpose")]
    transactions: Annotated[list[PlanStep], Meta(description="In the order in which they are sent")]
    complete: Annotated[bool, Meta(description="Whether no transaction is missing")]
    obstacles: Annotated[list[Caution], Meta(description="What has to be mended before the next one can be built")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS


class PlannedTransaction(Struct):
    """The next transaction of a plan."""

    number: Annotated[int, Meta(description="Its place in the plan, from 1")]
    of: Annotated[int, Meta(description="Transactions of the whole plan, those that are done included")]
    title: Annotated[str, Meta(description="What it does")]
    market_id: Annotated[str, Meta(description="Address of the market, base58")]
    built: Annotated[BuiltTransaction, Meta(description="Ready to be signed")]
    as_of_slot: Slot
    decimals: Decimals = DECIMALS
