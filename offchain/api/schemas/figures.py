"""Figures over periods, as the processor counts them; null with a reason until there is enough history."""

from typing import Annotated

from msgspec import Meta, Struct

from offchain.api.schemas.units import Atoms, Bps, Count, Time

Days = Annotated[int | None, Meta(description="Length of the period, days; null: everything there is")]
Rate = Annotated[int | None, Meta(description="1e6 = 100 %, rounded down; null until there is enough history")]


class Yield(Struct, kw_only=True):
    """What providers earned: realised, trailing, net of claims and fees. Never a forecast."""

    days: Annotated[int, Meta(description="Length of the period, days")]
    from_time: Annotated[int | None, Meta(description="Unix time at which it begins, seconds; null: not known yet")]
    to_time: Annotated[int, Meta(description="Unix time at which it ends, seconds")]
    history_from: Annotated[
        int | None, Meta(description="Unix time since which somebody held shares, seconds; null: nobody did")
    ]
    return_e6: Annotated[int | None, Meta(description="What a share gained or lost in the period, 1e6 = 100 %")]
    apr_e6: Annotated[int | None, Meta(description="The same for a year without compounding, 1e6 = 100 %")]
    apy_e6: Annotated[int | None, Meta(description="The same for a year, compounded, 1e6 = 100 %")]
    reason: Annotated[str | None, Meta(description="Why the rates are null; null where they are not")]


class LossFigures(Struct, kw_only=True):
    """What the pool lost to claims against the premium it received."""

    days: Days
    from_time: Time
    to_time: Time
    claims: Count
    deficits: Annotated[str, Meta(description="What was claimable, USDC atoms")]
    losses: Annotated[str, Meta(description="What the pool paid, all tiers, USDC atoms")]
    first_loss: Annotated[str, Meta(description="Of it, out of the creator's stake and leftovers, USDC atoms")]
    premium_lost: Annotated[str, Meta(description="Of it, out of unvested premiums, USDC atoms")]
    capital_lost: Annotated[str, Meta(description="Of it, out of providers' capital, USDC atoms")]
    uncovered: Atoms
    premium: Annotated[str, Meta(description="Premiums that reached the pool, USDC atoms")]
    loss_ratio_bps: Annotated[
        int | None, Meta(description="Losses by premium, basis points, rounded up; null without a premium")
    ]


class PremiumFigures(Struct, kw_only=True):
    """What the market paid for its cover against the least its score asks for."""

    days: Days
    from_time: Time
    to_time: Time
    gross: Annotated[str, Meta(description="Trading fees that premiums were taken from, USDC atoms")]
    premium: Annotated[str, Meta(description="Premiums out of fees, and arrears paid, USDC atoms")]
    due: Annotated[str, Meta(description="The least premium for the risk, USDC atoms, rounded up")]
    adequacy_bps: Annotated[
        int | None, Meta(description="Paid by due, basis points, rounded down; null when nothing was due")
    ]


class UtilisationFigures(Struct, kw_only=True):
    """How much of the pool was bound, weighted by time."""

    days: Annotated[int, Meta(description="Length of the period, days")]
    from_time: Time
    to_time: Time
    now_bps: Bps
    mean_bps: Bps
    max_bps: Bps
    above_cap_bps: Annotated[int, Meta(description="Part of the time in which withdrawals had to wait, basis points")]


class MarketFiguresBody(Struct, kw_only=True):
    """A market's figures over periods."""

    as_of_slot: Annotated[int, Meta(description="Newest transaction that they count: refreshed now and then")]
    yields: Annotated[list[Yield], Meta(description="1, 7 and 30 days")]
    losses: Annotated[list[LossFigures], Meta(description="1, 7, 30 days and ever")]
    premiums: Annotated[list[PremiumFigures], Meta(description="1, 7, 30 days and ever; empty before a score")]
    utilisation: Annotated[list[UtilisationFigures], Meta(description="1, 7 and 30 days; empty before a deposit")]


class KeeperProfitFigures(Struct, kw_only=True):
    """What a keeper earned against what it spent."""

    days: Annotated[int, Meta(description="Length of the period, days")]
    from_time: Time
    to_time: Time
    transactions: Annotated[int, Meta(description="Transactions it paid for")]
    failed: Annotated[int, Meta(description="Of them, those that landed and were refused")]
    lamports: Annotated[str, Meta(description="Fees and rent, lamports")]
    earned: Annotated[str, Meta(description="USDC that reached it, atoms")]
    cost: Annotated[str, Meta(description="The lamports at `sol_price`, USDC atoms, rounded up")]
    profit: Annotated[str, Meta(description="Earned less cost, USDC atoms; negative: a loss")]
    sol_price: Annotated[str, Meta(description="Of one SOL as this service's settings say, 1e-6 USD")]
