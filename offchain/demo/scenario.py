"""Who takes part, and how much: everything follows from a market's first price by fixed rules.

Nothing here or in the actors looks at a later price: amounts are whole lots at the first price, times are whole
numbers of epochs after the start, and whatever else an actor does follows from what stands on the chain at that moment.
A lot is the power of ten of coins that is worth 5 000 to 50 000 USDC at the first price, so that cheap and dear coins
alike can be played.
"""

from dataclasses import dataclass

ATOMS = 1_000_000
"""Atoms in one USDC."""

SIZE_ONE = 1_000_000
"""Base size of one coin."""

LOT_MIN = 5_000 * ATOMS
"""Lowest value of a lot in atoms; the highest is ten times that."""

ONE_X = 10_000
"""Leverage of 1x."""

DAY = 96
"""Epochs in a day."""

LOCK = 7 * DAY
"""The shortest lock a market may choose: it ends within the ten days of the default window."""

NOTICE = DAY
"""Epochs between a request to withdraw and its execution."""

REOPEN_AFTER = DAY
"""Epochs after which a trader who was liquidated or has closed opens the same position again."""


@dataclass(frozen=True)
class LpPlan:
    """A liquidity provider: deposits once, and leaves at a request made in a fixed epoch or never."""

    name: str
    lots: int
    """Deposit in lots at the first price."""
    deposit_epoch: int
    request_epoch: int | None = None


@dataclass(frozen=True)
class TraderPlan:
    """A trader: opens one position, holds it, and opens the same again a day after it has ended."""

    name: str
    is_long: bool
    leverage: int
    """Wanted leverage, 10 000 = 1x; the market's cap at that moment may lower it."""
    size: int
    """Position in thousandths of a lot."""
    first_epoch: int
    close_after: int | None = None
    """Epochs after which the position is closed; None holds it until the end or a liquidation."""


@dataclass(frozen=True)
class MarketPlan:
    """One market with its pool and everyone in it; amounts in atoms."""

    name: str
    lot_size: int
    """A lot in 1e-6 coins."""
    lot_value: int
    """What a lot costs at the first price, rounded down to whole USDC."""
    depth: int
    """Depth within 2 % of the price, as notional."""
    house: int
    """What the creator puts into the market to pay winners."""
    insurance: int
    """The market's own insurance fund at the start."""
    first_loss: int
    """The creator's first-loss stake in the pool."""
    max_leverage: int
    threshold: int
    """Deficits at or below this are not paid."""
    lps: tuple[LpPlan, ...]
    traders: tuple[TraderPlan, ...]

    def deposit(self, lp: LpPlan) -> int:
        """A provider's deposit."""
        return lp.lots * self.lot_value

    def base_size(self, trader: TraderPlan) -> int:
        """A trader's position in 1e-6 coins, at least the smallest there is."""
        return max(1, trader.size * self.lot_size // 1_000)

    def purse(self, trader: TraderPlan) -> int:
        """What a trader owns at the start: the position's whole value at the first price, so several margins."""
        return trader.size * self.lot_value // 1_000

    def creator_purse(self) -> int:
        """What the creator owns at the start: the stakes, and ten lots' worth to pay premium arrears from."""
        return self.house + self.insurance + self.first_loss + 10 * self.lot_value


def lot_of(first_price: int) -> tuple[int, int]:
    """A lot at the first price (USD 1e-6): its size in 1e-6 coins, and its value in atoms, whole USDC."""
    size = 1
    while size * first_price // SIZE_ONE < LOT_MIN:
        size *= 10
    return size, size * first_price // SIZE_ONE // ATOMS * ATOMS


def stormy_market(first_price: int) -> MarketPlan:
    """The market that plays the candles asked for: a ladder of longs from 20x to 2x, some shorts, four providers."""
    size, value = lot_of(first_price)
    return MarketPlan(
        name="A",
        lot_size=size,
        lot_value=value,
        depth=2_000 * value,
        house=20 * value,
        insurance=value // 10,
        first_loss=value,
        max_leverage=20 * ONE_X,
        threshold=1_000 * ATOMS,
        lps=(
            LpPlan("anchor", 18, 0),
            LpPlan("early", 9, 4, request_epoch=LOCK // 2),
            LpPlan("patient", 9, DAY, request_epoch=DAY + LOCK),
            LpPlan("newcomer", 6, 5 * DAY),
        ),
        traders=_ladder(_LONGS, _SHORTS),
    )


def calm_market(first_price: int) -> MarketPlan:
    """The market beside it: moderate leverage, three providers, and nothing shared with the other but the keepers."""
    size, value = lot_of(first_price)
    return MarketPlan(
        name="B",
        lot_size=size,
        lot_value=value,
        depth=2_000 * value,
        house=10 * value,
        insurance=value // 10,
        first_loss=value,
        max_leverage=20 * ONE_X,
        threshold=1_000 * ATOMS,
        lps=(
            LpPlan("anchor", 10, 0),
            LpPlan("early", 5, 8, request_epoch=LOCK // 2),
            LpPlan("patient", 5, DAY, request_epoch=DAY + LOCK),
        ),
        traders=_ladder(_CALM_LONGS, _CALM_SHORTS),
    )


_Rung = tuple[str, int, int]
"""Name, leverage in whole x, size in thousandths of a lot."""

_LONGS: tuple[_Rung, ...] = (
    ("small-20x", 20, 500),
    ("long-20x", 20, 10_000),
    ("long-15x", 15, 10_000),
    ("long-12x", 12, 15_000),
    ("small-10x", 10, 500),
    ("long-10x", 10, 20_000),
    ("long-8x", 8, 20_000),
    ("long-5x", 5, 30_000),
    ("long-4x", 4, 30_000),
    ("long-3x", 3, 60_000),
    ("long-2x", 2, 100_000),
)
_SHORTS: tuple[_Rung, ...] = (("short-3x", 3, 100_000), ("short-5x", 5, 40_000), ("short-10x", 10, 20_000))
_CALM_LONGS: tuple[_Rung, ...] = (("long-5x", 5, 10_000), ("long-3x", 3, 20_000), ("long-2x", 2, 30_000))
_CALM_SHORTS: tuple[_Rung, ...] = (("short-2x", 2, 30_000), ("short-4x", 4, 20_000))

_FIRST_OPENING = 2
_OPENING_STEP = 4
_HOLD_SHORTS = 5 * DAY


def _ladder(longs: tuple[_Rung, ...], shorts: tuple[_Rung, ...]) -> tuple[TraderPlan, ...]:
    """One rung opens every hour, longs first; shorts close after five days."""
    return tuple(
        TraderPlan(
            name=name,
            is_long=place < len(longs),
            leverage=leverage * ONE_X,
            size=size,
            first_epoch=_FIRST_OPENING + _OPENING_STEP * place,
            close_after=None if place < len(longs) else _HOLD_SHORTS,
        )
        for place, (name, leverage, size) in enumerate((*longs, *shorts))
    )
