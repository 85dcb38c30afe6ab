"""Every fee: who pays it, who gets it, and how high it can be."""

from collections.abc import Iterator
from dataclasses import dataclass

from offchain import words
from offchain.chain.units import format_bps, format_usdc
from offchain.creation.terms import LIQUIDATION_FEE_BPS, TRADING_FEE_BPS
from offchain.localnet.limits import LAMPORTS_PER_SIGNATURE
from offchain.settings.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee. Bounds are basis points of `of`; None where it is no ratio."""

    name: str
    title: str
    payer: str
    receiver: str
    of: str
    low_bps: int | None
    high_bps: int | None
    bound: str
    providers: bool
    """Whether it touches somebody who deposits."""


def every_fee(parameters: Parameters) -> list[Fee]:
    """All of them, those that touch providers first."""
    return [*_providers(parameters), *_markets(parameters), *_traders(parameters)]


def _providers(p: Parameters) -> Iterator[Fee]:
    slope = p.early_fee_base_bps + p.early_fee_slope_bps
    yield Fee(
        "performance",
        "performance fee",
        "providers, out of yield",
        "the protocol's treasury",
        "what lifts the share price above its highest",
        p.perf_fee_min_bps,
        p.perf_fee_max_bps,
        f"{format_bps(p.perf_fee_min_bps)} to {format_bps(p.perf_fee_max_bps)}, fixed when the market was registered; "
        "nothing on what only makes up for a loss",
        True,
    )
    yield Fee(
        "early_withdrawal",
        "early withdrawal fee",
        "a provider who requests before the lock ends",
        "the providers who stay",
        "the amount paid",
        0,
        slope,
        f"{format_bps(p.early_fee_base_bps)} and up to {format_bps(p.early_fee_slope_bps)} more for the time left; "
        "nothing after the lock",
        True,
    )
    yield Fee(
        "claim",
        "claim fee",
        "the market, out of a payout",
        f"{format_bps(p.executor_share_bps)} of it the executor, the rest the protocol's treasury",
        "the payout",
        p.claim_fee_bps,
        p.claim_fee_bps,
        f"{format_bps(p.claim_fee_bps)} of the payout, always",
        True,
    )
    yield Fee(
        "bounty",
        "routing bounty",
        "the pool, out of premiums on their way",
        "the keeper who routes them",
        "the premium routed",
        0,
        p.bounty_bps,
        f"{format_bps(p.bounty_bps)}, at most {format_usdc(p.bounty_max)} USDC, once an epoch and with a new score",
        True,
    )
    yield Fee(
        "network",
        "network fee",
        "whoever signs a transaction",
        "Solana's validators",
        "the transaction",
        None,
        None,
        f"{words.sol(LAMPORTS_PER_SIGNATURE)} for each signature, and the rent of a new account",
        True,
    )


def _markets(p: Parameters) -> Iterator[Fee]:
    yield Fee(
        "premium",
        "premium",
        "the market, out of its trading fees",
        "the pool, where it vests",
        "trading fees",
        p.rate_base_bps,
        p.rate_max_bps,
        f"{format_bps(p.rate_base_bps)} to {format_bps(p.rate_max_bps)} by the score; a rise at once, "
        f"a fall by {format_bps(p.rate_fall_bps)} an epoch at most",
        False,
    )
    yield Fee(
        "premium_floor",
        "least premium",
        "the market, as arrears where its fees bring less",
        "the pool",
        "the required reserve, a year",
        p.floor_bps[0],
        p.floor_bps[-1],
        "by grade; "
        f"{words.number(p.arrears_epochs, 'epoch')} of arrears restrict the market, and payouts are reduced by them",
        False,
    )


def _traders(p: Parameters) -> Iterator[Fee]:
    low, high = TRADING_FEE_BPS
    yield Fee(
        "trading",
        "trading fee",
        "traders, on each open and close",
        "the market, which pays its premium out of it",
        "the traded notional",
        low,
        high,
        f"{format_bps(low)} to {format_bps(high)}, fixed when the market was created",
        False,
    )
    low, high = LIQUIDATION_FEE_BPS
    yield Fee(
        "liquidation",
        "liquidation fee",
        "a liquidated trader, out of what is left of the margin",
        "half the keeper, half the market's own insurance fund",
        "the liquidated notional",
        low,
        high,
        f"{format_bps(low)} to {format_bps(high)}, fixed when the market was created; never from a pool",
        False,
    )
    yield Fee(
        "keeper_minimum",
        "keeper's minimum",
        "a liquidated trader; it is part of the deficit where the margin is gone",
        "the keeper who liquidates",
        "the liquidated notional",
        0,
        p.keeper_min_bps,
        f"{format_bps(p.keeper_min_bps)}, at most {format_usdc(p.keeper_min_max)} USDC",
        False,
    )
    yield Fee(
        "funding",
        "funding",
        "the side with more open interest",
        "the other side",
        "notional, in 8 hours",
        0,
        p.funding_max_8h * 10_000 // 10**9,
        "in proportion to the skew; no part of it is the protocol's",
        False,
    )
