"""A market that is planned: terms, cost, transactions, and the way until it is live."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.build.schemas.built import BuiltTransaction, Caution
from offchain.api.build.schemas.scalars import AtomsIn, Decimals, Key, Lamports, Priority, Seconds, Slot

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
    terms: TermsIn = TermsIn()
    stake: Annotated[AtomsIn, Meta(description="First-loss stake that should be there in the end")] = "0"
    house: Annotated[AtomsIn, Meta(description="Capital that pays winning traders")] = "0"
    fund: Annotated[AtomsIn, Meta(description="The market's own insurance fund")] = "0"
    priority: Priority = 0


class TermBody(Struct):
    """One term."""

    name: str
    title: str
    value: Annotated[str | None, Meta(description="In `unit`, a decimal integer; null: the creator must choose")]
    shown: str
    unit: Annotated[str, Meta(description="atoms, bps, epochs, or leverage (1x = 10 000)")]
    low: Whole
    low_shown: str
    high: Whole
    high_shown: str
    meaning: Annotated[str, Meta(description="What the value means for providers")]
    fixed: Annotated[bool, Meta(description="Whether it can never change")]


class FeedBody(Struct):
    """A price feed that a market can use."""

    address: str
    feed_id: str
    pair: Annotated[str, Meta(description="Empty where the project does not name it")]
    source: str
    price: Annotated[str, Meta(description="1e-6 USD, a decimal integer; 0: no price yet")]
    publish_time: Seconds
    label: str


class NewMarketTerms(Struct):
    """What there is to choose from."""

    terms: list[TermBody]
    feeds: list[FeedBody]
    accounts: Annotated[int, Meta(description="Accounts that a market consists of")]
    rent: Annotated[str, Meta(description="Lamports for all of them, a decimal integer; it stays in them")]
    fees: Annotated[str, Meta(description="Lamports for the transactions without priority fee, a decimal integer")]
    epoch_seconds: int
    as_of_slot: Slot
    decimals: Decimals = 6


class RentLine(Struct):
    """One account that is still to be made."""

    account: str
    lamports: Lamports


class PlanStep(Struct):
    """One transaction of the plan."""

    number: int
    title: str
    state: Annotated[str, Meta(description="done, next or later")]


class Money(Struct):
    """USDC that is still to be paid in."""

    purpose: Annotated[str, Meta(description="stake, house or fund")]
    amount: Annotated[str, Meta(description="Atoms, a decimal integer")]


class ChecklistItem(Struct):
    """One condition until the first trade."""

    name: str
    done: bool
    words: Annotated[str, Meta(description="How it stands, or what to do")]


class Checklist(Struct):
    """Everything until a market takes its first trade, in the order in which it comes true."""

    market: str
    live: Annotated[bool, Meta(description="Whether every program has the terms")]
    complete: Annotated[bool, Meta(description="Whether every item is done")]
    items: list[ChecklistItem]
    next: None
    as_of_slot: Slot
    decimals: Decimals = 6


class MarketPlan(Struct):
    """The plan as things stand now."""

    market: Annotated[str, Meta(description="The market's address, base58")]
    creator: str
    index: int
    feed: FeedBody
    terms: list[TermBody]
    rents: list[RentLine]
    rent: Annotated[str, Meta(description="Lamports still to be put into accounts, a decimal integer")]
    fees: Annotated[str, Meta(description="Lamports for the missing transactions, a decimal integer")]
    lamports: Annotated[str, Meta(description="Both together, a decimal integer")]
    money: list[Money]
    transactions: list[PlanStep]
    complete: Annotated[bool, Meta(description="Whether no transaction is missing")]
    obstacles: Annotated[list[Caution], Meta(description="What has to be mended before the next one can be built")]
    as_of_slot: Slot
    decimals: Decimals = 6


class PlannedTransaction(Struct):
    """The next transaction of a plan."""

    number: int
    of: Annotated[int, Meta(description="Transactions of the whole plan, those that are done included")]
    title: str
    market: str
    built: BuiltTransaction
