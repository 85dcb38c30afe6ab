"""Fees: bounds as the twin's own copy of the protocol's numbers has them, which the programs are compared with."""

from tests.model import parameters as P
from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.shown import missing, percent
from tests.support.figures.told import bps, usdc

SIGNATURE = 5_000
"""Lamports."""
TRADING = (1, 100)
LIQUIDATION = (0, 200)
"""What a creator may choose on the demo market, basis points: docs/spec.md."""


def _row(name: str, **cells: str) -> dict[str, str]:
    return {f"table:Fees/{name}/{key}": text for key, text in cells.items()}


def _range(low: int, high: int) -> str:
    return percent(low) if low == high else f"{percent(low)} to {percent(high)}"


def _providers() -> Expected:
    performance = (P.PERF_FEE_MIN_BPS, P.PERF_FEE_MAX_BPS)
    base, slope = P.EARLY_FEE_BASE_BPS, P.EARLY_FEE_SLOPE_BPS
    return {
        **_row(
            "performance",
            range=_range(*performance),
            bound=f"{bps(performance[0])} to {bps(performance[1])}, fixed when the market was registered; "
            "nothing on what only makes up for a loss",
        ),
        **_row(
            "early_withdrawal",
            range=_range(0, base + slope),
            bound=f"{bps(base)} and up to {bps(slope)} more for the time left; nothing after the lock",
        ),
        **_row(
            "claim",
            receiver=f"{bps(P.EXECUTOR_SHARE_BPS)} of it the executor, the rest the protocol's treasury",
            range=percent(P.CLAIM_FEE_BPS),
            bound=f"{bps(P.CLAIM_FEE_BPS)} of the payout, always",
        ),
        **_row(
            "bounty",
            range=_range(0, P.BOUNTY_BPS),
            bound=f"{bps(P.BOUNTY_BPS)}, at most {usdc(P.BOUNTY_MAX)}, once an epoch and with a new score",
        ),
        **_row(
            "network",
            range=missing("no percentage"),
            bound=f"0.{SIGNATURE:09d}".rstrip("0") + " SOL for each signature, and the rent of a new account",
        ),
    }


def _markets() -> Expected:
    rate = (P.RATE_BASE_BPS, P.RATE_MAX_BPS)
    return {
        **_row(
            "premium",
            range=_range(*rate),
            bound=f"{bps(rate[0])} to {bps(rate[1])} by the score; a rise at once, "
            f"a fall by {bps(P.RATE_FALL_BPS)} an epoch at most",
        ),
        **_row(
            "premium_floor",
            range=_range(P.FLOOR_BPS[0], P.FLOOR_BPS[-1]),
            bound=f"by grade; {P.ARREARS_EPOCHS} epochs of arrears restrict the market, "
            "and payouts are reduced by them",
        ),
    }


def _traders() -> Expected:
    chosen = "{} to {}, fixed when the market was created"
    return {
        **_row("trading", range=_range(*TRADING), bound=chosen.format(*map(bps, TRADING))),
        **_row(
            "liquidation",
            range=_range(*LIQUIDATION),
            bound=chosen.format(*map(bps, LIQUIDATION)) + "; never from a pool",
        ),
        **_row(
            "keeper_minimum",
            range=_range(0, P.KEEPER_MIN_BPS),
            bound=f"{bps(P.KEEPER_MIN_BPS)}, at most {usdc(P.KEEPER_MIN_MAX)}",
        ),
        **_row("funding", range=_range(0, P.FUNDING_MAX_8H // 10**5), of="notional, in 8 hours"),
    }


def test_fees(screen: Screen) -> None:
    screen.go("/fees")
    compare(screen, {**_providers(), **_markets(), **_traders()})
