"""The service itself."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from offchain.api.schemas.units import Address, Body, Count, Name, Words
from offchain.monitoring.status.schemas import AlertRow, JobRow
from offchain.prices.health import State
from offchain.settings.prices import SourceName


class Health(Body, kw_only=True):
    """Whether the API can answer."""

    status: Annotated[Literal["ok"], Meta(description="It can")]


class ProgramRow(Struct, kw_only=True):
    """A program of the cluster."""

    name: Name
    program_id: Address


class MarkRow(Struct, kw_only=True):
    """How far the index has come with one program."""

    program: Name
    slot: Annotated[int, Meta(description="Everything up to here is stored and finalized")]
    signature: Annotated[str, Meta(description="Newest finalized transaction, base58; empty before the first")]


class IndexState(Struct, kw_only=True):
    """The index."""

    newest_slot: Annotated[int, Meta(description="Slot of the newest indexed transaction; 0: none")]
    newest_at: Annotated[int | None, Meta(description="Its unix time, seconds; null where not told")]
    age: Annotated[int | None, Meta(description="Seconds from then to the chain's time now; null where not told")]
    watermarks: Annotated[list[MarkRow], Meta(description="By program")]
    markets: Count
    pools: Count
    positions: Annotated[int, Meta(description="Providers' positions that hold something")]
    open_perp_positions: Count
    claims: Count


class PriceState(Struct, kw_only=True):
    """A feed of a market."""

    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    feed: Address
    age: Annotated[int, Meta(description="Seconds since the feed's price was published")]
    fresh: Annotated[bool, Meta(description="Young enough to trade on")]
    synced_age: Annotated[int, Meta(description="Seconds since the market took it over")]
    score_age_epochs: Annotated[int | None, Meta(description="Epochs since the last score; null: none yet")]
    restricted: Annotated[bool, Meta(description="Nobody can open a position")]


class CaptureState(Struct, kw_only=True):
    """A source of prices off chain."""

    pair: Name
    source: Annotated[SourceName, Meta(description="Its name")]
    state: Annotated[State, Meta(description="failing: not to be relied on")]
    in_use: Annotated[bool, Meta(description="Whether its prices are the ones in use")]
    seen_ms: Annotated[int, Meta(description="When the capturing process last wrote, unix milliseconds")]


class KeeperState(Struct, kw_only=True):
    """The last crank of anybody."""

    last_slot: Annotated[int | None, Meta(description="Slot of the last score; null: none yet")]
    last_at: Annotated[int | None, Meta(description="Unix seconds; null: none yet")]
    age: Annotated[int | None, Meta(description="Seconds since then; null: none yet")]


class Status(Body, kw_only=True):
    """What runs here and how it stands."""

    cluster: Name
    version: Annotated[str, Meta(description="Version of this software")]
    development: Annotated[bool, Meta(description="A build for tests, not for users' money")]
    genesis_hash: Annotated[str | None, Meta(description="Name of the chain as nodes tell it; null: its own")]
    rpc: Annotated[str, Meta(description="Node for wallets of this cluster, as the project says; no secret in it")]
    usdc_mint: Address
    now: Annotated[int, Meta(description="The chain's time, unix seconds")]
    epoch: Annotated[int | None, Meta(description="The epoch of now; null while no deployment is indexed")]
    epoch_ends_at: Annotated[int | None, Meta(description="Unix seconds; null while no deployment is indexed")]
    index: Annotated[IndexState, Meta(description="How far the index is")]
    prices: Annotated[list[PriceState], Meta(description="Feeds of the markets")]
    capture: Annotated[list[CaptureState], Meta(description="Sources of prices off chain")]
    keepers: Annotated[KeeperState, Meta(description="The last score of anybody")]
    programs: Annotated[list[ProgramRow], Meta(description="Programs of the cluster")]
    alerts: Annotated[list[AlertRow], Meta(description="Alerts that stand, the gravest first; /v1/alerts has all")]
    jobs: Annotated[list[JobRow], Meta(description="Background jobs of every process")]
    warning: Words


class Totals(Body, kw_only=True):
    """Everything added up."""

    markets: Count
    live: Annotated[int, Meta(description="Markets in which positions can be opened")]
    tvl: Annotated[str, Meta(description="All that can pay claims in all pools, USDC atoms")]
    capital: Annotated[str, Meta(description="Of it, providers' capital, USDC atoms")]
    open_interest: Annotated[str, Meta(description="Longs and shorts of all markets, USDC atoms")]
    premiums_collected: Annotated[str, Meta(description="Ever, USDC atoms")]
    premiums_routed: Annotated[str, Meta(description="Ever, to pools, USDC atoms")]
    claims: Annotated[int, Meta(description="Paid ever")]
    claimed: Annotated[str, Meta(description="Paid by pools ever, fees included, USDC atoms")]
    uncovered: Annotated[str, Meta(description="Claimed ever and not paid by a pool, USDC atoms")]
    no_claims: Count
    providers: Annotated[int, Meta(description="Addresses that hold shares")]
    transactions: Annotated[int, Meta(description="Indexed ever")]
    failed: Annotated[int, Meta(description="Of them, refused")]
