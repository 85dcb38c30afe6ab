"""Who takes part in a running market, and how much: fixed amounts and epochs, nobody looks ahead.

Two crowds: a careful one and a reckless one. Markets get them in turn, so that of two markets on the same prices one
pays for what its own traders dared while the other's pool is left alone.
"""

from dataclasses import dataclass

USDC = 1_000_000
"""Atoms in one USDC."""
ONE_X = 10_000
"""Leverage of 1x."""
DAY = 96
"""Epochs in a day."""


@dataclass(frozen=True)
class ProviderPlan:
    """A liquidity provider, who comes back some time after leaving or losing everything."""

    name: str
    amount: int
    """Deposit in atoms."""
    first: int
    """Epochs after the start of the chain until the first deposit."""
    stay: int | None
    """Epochs from a deposit to the request to withdraw; None stays."""
    cycle: int
    """Least epochs from one deposit to the next."""


@dataclass(frozen=True)
class TraderPlan:
    """A trader, who opens the same position again and again."""

    name: str
    is_long: bool
    leverage: int
    """Wanted leverage, 1x = 10 000; the market's cap at that moment may lower it."""
    notional: int
    """Value of the position when it is opened, atoms."""
    first: int
    """Epochs after the start of the chain until the first opening."""
    hold: int
    """Epochs until the position is closed."""
    rest: int
    """Least epochs from one opening to the next, for those who have lost their position before its time."""


@dataclass(frozen=True)
class MarketPlan:
    """Everyone in one market; amounts in atoms."""

    house: int
    """What the creator keeps in the market to pay winners."""
    fund: int
    """The market's own insurance fund."""
    first_loss: int
    """The creator's first-loss stake in the pool."""
    providers: tuple[ProviderPlan, ...]
    traders: tuple[TraderPlan, ...]


def plan_of(place: int) -> MarketPlan:
    """The crowd of the market in this place of seahorse.toml."""
    return (CAREFUL, RECKLESS)[place % 2]


_Rung = tuple[str, int, int, int, int, int]
"""Name, leverage in tenths of x, notional in whole USDC, first, hold, rest."""


def _crowd(longs: tuple[_Rung, ...], shorts: tuple[_Rung, ...]) -> tuple[TraderPlan, ...]:
    return tuple(
        TraderPlan(name, place < len(longs), tenths * ONE_X // 10, notional * USDC, first, hold, rest)
        for place, (name, tenths, notional, first, hold, rest) in enumerate((*longs, *shorts))
    )


CAREFUL = MarketPlan(
    house=600_000 * USDC,
    fund=25_000 * USDC,
    first_loss=20_000 * USDC,
    providers=(
        ProviderPlan("anchor", 800_000 * USDC, 0, None, DAY),
        ProviderPlan("patient", 250_000 * USDC, 1, 14 * DAY, 16 * DAY),
        ProviderPlan("early", 150_000 * USDC, 3, 2 * DAY, 4 * DAY),
    ),
    traders=_crowd(
        (
            ("long-1.5x", 15, 500_000, 1, 4 * DAY, 24),
            ("long-2x", 20, 400_000, 2, 3 * DAY, 20),
            ("long-2.5x", 25, 150_000, 4, 60, 16),
        ),
        (
            ("short-1.5x", 15, 300_000, 3, 2 * DAY, 16),
            ("short-2x", 20, 400_000, 6, 40, 12),
        ),
    ),
)

RECKLESS = MarketPlan(
    house=400_000 * USDC,
    fund=2_000 * USDC,
    first_loss=10_000 * USDC,
    providers=(
        ProviderPlan("anchor", 320_000 * USDC, 0, None, 24),
        ProviderPlan("patient", 100_000 * USDC, 1, 14 * DAY, 16 * DAY),
        ProviderPlan("early", 80_000 * USDC, 2, DAY + 24, 3 * DAY),
        ProviderPlan("newcomer", 60_000 * USDC, DAY + 8, 4 * DAY, 6 * DAY),
    ),
    traders=_crowd(
        (
            ("small-20x", 200, 5_000, 1, 14, 6),
            ("long-20x", 200, 60_000, 2, 20, 8),
            ("long-15x", 150, 80_000, 3, 24, 9),
            ("long-12x", 120, 100_000, 4, 28, 10),
            ("long-10x", 100, 150_000, 5, 34, 12),
            ("second-10x", 100, 120_000, 6, 40, 14),
            ("long-8x", 80, 150_000, 7, 50, 16),
            ("long-5x", 50, 200_000, 8, DAY, 20),
            ("long-3x", 30, 300_000, 10, 3 * DAY, 24),
        ),
        (
            ("short-3x", 30, 350_000, 4, 2 * DAY, 16),
            ("short-5x", 50, 200_000, 6, 60, 12),
            ("short-10x", 100, 100_000, 9, 20, 8),
        ),
    ),
)
