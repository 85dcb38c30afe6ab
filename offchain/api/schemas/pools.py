"""Insurance pools: their worth, terms, history, and what they could lose."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.figures import MarketFiguresBody
from offchain.api.schemas.units import (
    Address,
    Atoms,
    Body,
    Bps,
    Count,
    Epochs,
    Number,
    Page,
    Price,
    Seconds,
    SharePrice,
    Shares,
    Slot,
    Time,
    Words,
)


class Pool(Struct, kw_only=True):
    """One pool as its next transaction would find it."""

    market_id: Address
    name: Annotated[str | None, Meta(description="Name of the market; null where it has none")]
    pool: Address
    vault: Annotated[str, Meta(description="The pool's USDC account, base58")]
    size: Annotated[str, Meta(description="Providers' capital with what has vested, USDC atoms")]
    tvl: Annotated[
        str, Meta(description="All that can pay claims: capital, unvested premiums, stake, leftovers; atoms")
    ]
    priced: Annotated[str, Meta(description="`size` less known deficits: what withdrawals are priced at, USDC atoms")]
    share_price: SharePrice
    total_shares: Shares
    required_reserve: Annotated[str, Meta(description="Of the last score, USDC atoms")]
    utilisation_bps: Bps
    utilisation_cap_bps: Bps
    withdrawable: Annotated[str, Meta(description="What the cap lets go now; 0 while the score is stale; USDC atoms")]
    withdrawals_open: Annotated[bool, Meta(description="Whether the score is recent enough for withdrawals")]
    pending_withdrawals: Annotated[str, Meta(description="Value of requested withdrawals, USDC atoms")]
    unvested: Annotated[str, Meta(description="Premiums that vest later, USDC atoms")]
    vested_by: Annotated[int | None, Meta(description="When all of them have, unix seconds; null: nothing is unvested")]
    first_loss: Annotated[str, Meta(description="The creator's stake, pays before providers, USDC atoms")]
    first_loss_requested: Annotated[str, Meta(description="Of it, what the creator asked back, USDC atoms")]
    residual: Annotated[str, Meta(description="Leftovers without an owner, pay first of all, USDC atoms")]
    unsettled: Annotated[str, Meta(description="Known deficit that is no claim yet, USDC atoms")]
    reserved: Annotated[str, Meta(description="A payout that waits for its release, USDC atoms")]
    generation: Annotated[int, Meta(description="Counts pools that a claim emptied; shares of old ones are void")]
    exit: Annotated[bool, Meta(description="A withdrawal has waited too long: the market is restricted")]
    premium_rate_bps: Bps
    premium_arrears: Annotated[str, Meta(description="Premium that the market owes, USDC atoms")]
    premiums_collected: Annotated[str, Meta(description="Ever, USDC atoms")]
    premiums_routed: Annotated[str, Meta(description="Of them, to the pool so far, USDC atoms")]
    treasury_fees: Annotated[str, Meta(description="The protocol's, not collected yet, USDC atoms")]
    claim_fees: Annotated[str, Meta(description="Executors', not collected yet, USDC atoms")]
    providers: Annotated[int, Meta(description="Positions that hold shares of this generation")]


class Pools(Page, kw_only=True):
    """All pools."""

    items: Annotated[list[Pool], Meta(description="Pools, the largest first")]


class FeeTerm(Struct, kw_only=True):
    """One fee of the terms."""

    name: Annotated[str, Meta(description="Stable name of the fee")]
    bps: Bps
    words: Words


class Power(Struct, kw_only=True):
    """Who can change what."""

    who: Words
    can: Words
    cannot: Words


class Terms(Struct, kw_only=True):
    """Everything to know before a deposit, on one card."""

    lock_epochs: Epochs
    lock_seconds: Seconds
    notice_epochs: Epochs
    notice_seconds: Seconds
    forced_after_notice_seconds: Annotated[
        int, Meta(description="So long after the notice a withdrawal is paid whatever the cap says, seconds")
    ]
    min_deposit: Atoms
    utilisation_cap_bps: Bps
    insolvency_threshold: Annotated[str, Meta(description="Deficits up to this are no claim, USDC atoms")]
    vest_seconds: Annotated[int, Meta(description="How long a premium takes to vest, seconds")]
    fees: Annotated[list[FeeTerm], Meta(description="Every fee that touches a provider")]
    powers: Annotated[list[Power], Meta(description="Who can change what, and who can't")]
    warning: Words


class PoolDetail(Body, kw_only=True):
    """One pool."""

    pool: Annotated[Pool, Meta(description="The pool as in the list")]
    terms: Annotated[Terms, Meta(description="The terms for new deposits")]
    figures: Annotated[
        MarketFiguresBody | None, Meta(description="Yields, losses, premiums, utilisation; null: not counted yet")
    ]
    figures_reason: Annotated[str | None, Meta(description="Why there are no figures; null where there are")]


class PoolPoint(Struct, kw_only=True):
    """A pool over one step of time: its state at the end, and sums over it."""

    start: Time
    filled: Annotated[bool, Meta(description="Nothing happened: the state is that of the step before")]
    slot: Slot
    share_price: SharePrice
    tvl: Annotated[str, Meta(description="All that can pay claims, USDC atoms")]
    capital: Annotated[str, Meta(description="Providers' capital as booked, USDC atoms")]
    required_reserve: Atoms
    utilisation_bps: Bps
    total_shares: Shares
    generation: Number
    deposited: Annotated[str, Meta(description="Paid in, USDC atoms")]
    withdrawn: Annotated[str, Meta(description="Paid to providers, USDC atoms")]
    revested: Annotated[str, Meta(description="Early fees and forgone gains, put back to vest; USDC atoms")]
    vested: Annotated[str, Meta(description="Premiums that joined the capital, USDC atoms")]
    performance_fee: Annotated[str, Meta(description="Of them, to the protocol, USDC atoms")]
    claimed: Annotated[str, Meta(description="Capital paid to a claim, USDC atoms")]
    swept: Annotated[str, Meta(description="Capital without shares, moved to the leftovers, USDC atoms")]


class PoolHistory(Body, kw_only=True):
    """A pool in equal steps: capital moves by deposited - withdrawn - revested + vested - fee - claimed - swept."""

    market_id: Address
    step: Annotated[int, Meta(description="Length of a step, seconds")]
    items: Annotated[list[PoolPoint], Meta(description="Steps without gaps, oldest first")]


class SharePriceRow(Struct, kw_only=True):
    """The pool after one event."""

    signature: Annotated[str, Meta(description="Transaction of the event, base58")]
    number: Number
    slot: Slot
    time: Time
    epoch: Annotated[int, Meta(description="Number of the epoch")]
    event: Annotated[str, Meta(description="Name of the event")]
    share_price: SharePrice
    assets: Annotated[str, Meta(description="Numerator of the exact share price, USDC atoms")]
    shares: Annotated[str, Meta(description="Denominator of the exact share price")]
    capital: Annotated[str, Meta(description="Providers' capital as booked, USDC atoms")]
    tvl: Atoms
    deposited: Atoms
    withdrawn: Atoms
    revested: Atoms
    vested: Atoms
    performance_fee: Atoms
    claimed: Atoms
    swept: Atoms


class SharePricePage(Page, kw_only=True):
    """Every change of a pool."""

    items: Annotated[list[SharePriceRow], Meta(description="Changes, newest first")]


class Scenario(Struct, kw_only=True):
    """What a sudden price would cost the pool, with nobody liquidated on the way there."""

    name: Annotated[str, Meta(description="Stable name")]
    title: Words
    move_bps: Annotated[int, Meta(description="Move of the price, basis points; negative: a fall")]
    price: Price
    liquidated: Annotated[int, Meta(description="Positions below their maintenance margin")]
    deficit: Annotated[str, Meta(description="What they lack after their margins, USDC atoms")]
    insurance_fund: Annotated[str, Meta(description="Of it, paid by the market's own fund, USDC atoms")]
    beyond_margin: Annotated[str, Meta(description="Of it, above initial margins: never the pool's, USDC atoms")]
    claimable: Annotated[str, Meta(description="What would be claimed, unsettled deficits included, USDC atoms")]
    claim: Annotated[bool, Meta(description="Whether it exceeds the threshold; otherwise the pool pays nothing yet")]
    payout: Annotated[str, Meta(description="What the pool pays in all, USDC atoms")]
    first_loss: Annotated[str, Meta(description="Of it, by the creator's stake and leftovers, USDC atoms")]
    premium: Annotated[str, Meta(description="Of it, by unvested premiums, USDC atoms")]
    capital: Annotated[str, Meta(description="Of it, by the providers, USDC atoms")]
    uncovered: Annotated[str, Meta(description="Claimed and not paid, USDC atoms")]
    fee: Annotated[str, Meta(description="Claim fee, out of the payout, USDC atoms")]
    share_price_before: SharePrice
    share_price_after: SharePrice
    loss_bps: Annotated[int, Meta(description="What a share would lose, basis points, rounded up")]
    wiped: Annotated[bool, Meta(description="The pool would start a new generation: old shares are void")]


class Scenarios(Body, kw_only=True):
    """Loss scenarios of one pool, on the open positions of this moment."""

    market_id: Address
    price: Annotated[str, Meta(description="The market's last price, from which the moves are counted, 1e-6 USD")]
    positions: Count
    items: Annotated[list[Scenario], Meta(description="The recorded crash first, then equal moves")]
    assumption: Words
