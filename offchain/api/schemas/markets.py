"""Markets."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.figures import Yield
from offchain.api.schemas.kinds import MarketStatus, Reason
from offchain.api.schemas.units import (
    Address,
    Atoms,
    Body,
    Bps,
    Count,
    Epoch,
    Epochs,
    Flag,
    Grade,
    Leverage,
    Nano,
    Number,
    Page,
    Price,
    Seconds,
    SharePrice,
    Time,
)
from offchain.chain.oracles.feed_ids import FeedSource


class LastClaim(Struct, kw_only=True):
    """The newest claim of a market."""

    claim: Annotated[str, Meta(description="Address of its record: /v1/claims/{claim}")]
    sequence: Number
    paid_at: Annotated[int | None, Meta(description="Unix time, seconds; null while it waits for its payment")]
    deficit: Atoms
    payout: Atoms
    fully_covered: Flag


class Market(Struct, kw_only=True):
    """One market in a list."""

    market_id: Address
    name: Annotated[str | None, Meta(description="Name in this service's settings; null where it has none")]
    pair: Annotated[str | None, Meta(description="What the price is of, such as BTC/USD; null where not known")]
    status: Annotated[MarketStatus, Meta(description="activated: its programs still lack terms")]
    price: Annotated[str, Meta(description="Last price that the market was told, 1e-6 USD; 0 before the first")]
    price_time: Annotated[int, Meta(description="When that price was published, unix time in seconds")]
    price_provisional: Annotated[bool, Meta(description="In doubt: nobody can open on it until another confirms it")]
    grade: Grade
    score: Annotated[int | None, Meta(description="Composite risk, 1e6 = 1.0; null before the first")]
    score_provisional: Annotated[bool, Meta(description="Too few samples: a factor still counts as 1.0")]
    restricted: Annotated[bool, Meta(description="Nobody can open a position")]
    reasons: Annotated[list[Reason], Meta(description="What restricts it")]
    utilisation_bps: Annotated[int, Meta(description="Required reserve by pool capital, basis points")]
    utilisation_cap_bps: Annotated[int, Meta(description="Above it withdrawals wait, basis points")]
    pool_size: Annotated[str, Meta(description="Providers' capital now, with what has vested, USDC atoms")]
    share_price: SharePrice
    premium_rate_bps: Annotated[int, Meta(description="Part of trading fees that goes to the pool, basis points")]
    net_apy: Annotated[
        Yield | None, Meta(description="Realised yield of the last 7 days as a year; null: not known yet")
    ]
    open_interest_long: Annotated[str, Meta(description="Longs at the market's price, USDC atoms")]
    open_interest_short: Annotated[str, Meta(description="Shorts at the market's price, USDC atoms")]
    open_interest: Annotated[str, Meta(description="The larger side, USDC atoms")]
    open_interest_cap: Annotated[str, Meta(description="The larger side may not exceed it, USDC atoms")]
    open_positions: Count
    claims: Annotated[int, Meta(description="How many claims were paid")]
    no_claims: Annotated[int, Meta(description="How many reports stayed below the threshold")]
    last_claim: Annotated[LastClaim | None, Meta(description="The newest claim; null where there was none")]


class Markets(Page, kw_only=True):
    """Registered markets."""

    items: Annotated[list[Market], Meta(description="Markets in the order asked for")]


class Feed(Struct, kw_only=True):
    """The price feed of a market."""

    feed: Address
    feed_id: Annotated[str, Meta(description="The 32 bytes that name the feed at its source, base58")]
    source: Annotated[FeedSource, Meta(description="Who writes it")]
    writer: Annotated[str, Meta(description="The only address whose prices it takes, base58")]
    price: Price
    confidence: Annotated[str, Meta(description="Half the width of the interval the source believes in, 1e-6 USD")]
    publish_time: Time
    age: Annotated[int, Meta(description="Seconds from then to the chain's time now")]
    lag_price: Annotated[str, Meta(description="The earlier price that liquidations may use, 1e-6 USD; 0: none yet")]
    lag_time: Time
    provisional: Flag
    updates: Annotated[int, Meta(description="How many prices it has taken")]


class AnnouncedChange(Struct, kw_only=True):
    """A change of terms that everybody can still leave before."""

    lock_epochs: Epochs
    notice_epochs: Epochs
    max_leverage: Leverage
    epoch: Annotated[int, Meta(description="Epoch from which anyone may apply it")]
    at: Annotated[int, Meta(description="When that epoch begins, unix time in seconds")]


class MarketTerms(Struct, kw_only=True):
    """What the creator fixed, and what has been announced."""

    depth: Annotated[str, Meta(description="Notional within 2 % of the price as the creator states it, USDC atoms")]
    max_leverage: Leverage
    insolvency_threshold: Annotated[str, Meta(description="Deficits up to this are no claim, USDC atoms")]
    lock_epochs: Epochs
    notice_epochs: Epochs
    performance_fee_bps: Bps
    trading_fee_bps: Bps
    maintenance_bps: Annotated[int, Meta(description="Positions are liquidated below this part of their worth, bps")]
    liquidation_fee_bps: Bps
    epoch_seconds: Seconds
    announced_change: Annotated[AnnouncedChange | None, Meta(description="null: none is announced")]


class Funding(Struct, kw_only=True):
    """What one side pays the other."""

    rate_8h: Annotated[str, Meta(description="Of notional in 8 hours at the present skew, 1e9 = 100 %; longs pay > 0")]
    rate_8h_max: Nano
    cumulative: Annotated[str, Meta(description="What longs have paid since the start, 1e9 = 100 % of notional")]


class LeverageBand(Struct, kw_only=True):
    """Open positions by their leverage."""

    above: Annotated[int, Meta(description="Leverage above this, 10 000 = 1x")]
    up_to: Annotated[int, Meta(description="... and up to this, 10 000 = 1x")]
    positions_long: Count
    positions_short: Count
    notional_long: Atoms
    notional_short: Atoms


class MarketDetail(Body, kw_only=True):
    """Everything about one market that is not its pool."""

    market: Annotated[Market, Meta(description="The market as in the list")]
    creator: Address
    index: Annotated[int, Meta(description="Number of the market among its creator's")]
    engine: Annotated[str, Meta(description="Program that runs the market, base58")]
    engine_listed: Annotated[bool, Meta(description="Whether the admin still lists that program")]
    pool: Address
    vault: Annotated[str, Meta(description="USDC account of the market itself, base58")]
    leverage_cap: Annotated[int, Meta(description="What the market and its grade allow now, 10 000 = 1x")]
    mean_leverage: Annotated[int, Meta(description="Of the last score, weighted by notional, 10 000 = 1x")]
    funding: Annotated[Funding, Meta(description="Funding between longs and shorts")]
    leverage_distribution: Annotated[list[LeverageBand], Meta(description="From the lowest leverage to the highest")]
    margins: Annotated[str, Meta(description="Traders' margins held by the market, USDC atoms")]
    house: Annotated[str, Meta(description="What pays winners beyond losers, USDC atoms")]
    insurance_fund: Annotated[str, Meta(description="The market's own, pays before the pool, USDC atoms")]
    bad_debt: Annotated[str, Meta(description="Deficits that nobody covered so far, USDC atoms")]
    fees_due: Annotated[str, Meta(description="Trading fees of which the premium is not taken yet, USDC atoms")]
    synced_at: Annotated[int, Meta(description="When the market last took price and caps, unix time in seconds")]
    score_epoch: Annotated[int | None, Meta(description="Epoch of the last score; null before the first")]
    score_age_epochs: Annotated[int | None, Meta(description="Epochs since then; null before the first")]
    epoch: Epoch
    feed: Annotated[Feed, Meta(description="Where the price comes from")]
    terms: Annotated[MarketTerms, Meta(description="The market's terms")]
    restriction: Annotated[list[str], Meta(description="A sentence for each reason that restricts the market now")]
