"""The terms of a market: bounds, how people write them, and what each means for a provider.

Bounds of the protocol are parameters of the project; those of the demo market are asserts of its program, which a test
compares with the ones here.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any, Literal

from offchain.chain.epochs import Schedule
from offchain.chain.recipes import MarketDesign
from offchain.chain.units import LEVERAGE_ONE, atoms, bps, format_bps, format_leverage, format_usdc, leverage
from offchain.creation.errors import TermError
from offchain.creation.spans import format_span, read_span
from offchain.errors import PercosecError
from offchain.settings.parameters import Parameters

TRADING_FEE_BPS = (1, 100)
MAINTENANCE_BPS = (50, 1000)
LIQUIDATION_FEE_BPS = (0, 200)
"""Bounds of the demo market's own terms, basis points."""

ABOVE_ZERO = "above 0"
"""A lower bound of one atom, as people write it: nobody means a millionth of a USDC by it."""
UNDECIDED = "so much"
"""Stands for a value that a creator has yet to choose."""

Bounds = tuple[int, int]
TermUnit = Literal["atoms", "bps", "epochs", "leverage"]


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a market, in whole units on chain."""

    name: str
    """As the field of MarketDesign."""
    title: str
    bounds: Callable[[Parameters], Bounds]
    default: Callable[[Parameters], int] | None
    """None: the creator must choose."""
    read: Callable[[str, Schedule], int]
    show: Callable[[int, Schedule], str]
    meaning: Callable[[str, Parameters], str]
    """Shown value -> a sentence for providers."""
    fixed: bool
    """Whether it can never change."""

    @property
    def unit(self) -> TermUnit:
        """What its whole units are."""
        return _UNITS[self.show]

    @property
    def option(self) -> str:
        """The option of the command line."""
        return "--" + self.name.replace("_", "-")

    def show_bounds(self, schedule: Schedule, parameters: Parameters) -> tuple[str, str]:
        """The lowest and the highest value as people write them."""
        low, high = self.bounds(parameters)
        is_any = low == 1 and self.unit == "atoms"
        return ABOVE_ZERO if is_any else self.show(low, schedule), self.show(high, schedule)

    def explain(self, value: int | None, schedule: Schedule, parameters: Parameters) -> str:
        """What the value means for providers; None: it is not chosen yet."""
        return self.meaning(UNDECIDED if value is None else self.show(value, schedule), parameters)

    def parse(self, text: str, schedule: Schedule, parameters: Parameters, option: str = "") -> int:
        """The value in whole units; TermError names the option (by default this term's) and the bounds."""
        option = option or self.option
        try:
            value = self.read(text, schedule)
        except PercosecError as error:
            raise TermError(f"{option}: {error}") from error
        return self.within(value, schedule, parameters, option)

    def within(self, value: int, schedule: Schedule, parameters: Parameters, option: str) -> int:
        """The value where it lies within the bounds; TermError names what it was given as, and the bounds."""
        low, high = self.bounds(parameters)
        if not low <= value <= high:
            least, most = self.show_bounds(schedule, parameters)
            raise TermError(f"{option} {self.show(value, schedule)} is out of bounds: choose from {least} to {most}")
        return value


def _usdc(value: int, _: Schedule) -> str:
    return f"{format_usdc(value).rstrip('0').rstrip('.')} USDC"


def _percent(value: int, _: Schedule) -> str:
    return format_bps(value)


def _multiple(value: int, _: Schedule) -> str:
    return format_leverage(value)


def _read_usdc(text: str, _: Schedule) -> int:
    return atoms(text)


def _read_percent(text: str, _: Schedule) -> int:
    return bps(text.removesuffix("%").strip())


def _read_multiple(text: str, _: Schedule) -> int:
    return leverage(text.removesuffix("x"))


_UNITS: dict[Callable[[int, Schedule], str], TermUnit] = {
    _usdc: "atoms",
    _percent: "bps",
    _multiple: "leverage",
    format_span: "epochs",
}

TERMS: tuple[Term, ...] = (
    Term(
        name="depth",
        title="depth",
        bounds=lambda p: (1, p.price_max),
        default=None,
        read=_read_usdc,
        show=_usdc,
        meaning=lambda shown, p: (
            f"You state that {shown} trade within 2 % of the price. The score trusts it: "
            "overstated, the score is too good and providers are paid too little for the risk."
        ),
        fixed=True,
    ),
    Term(
        name="max_leverage",
        title="max leverage",
        bounds=lambda p: (LEVERAGE_ONE, p.max_leverage_cap),
        default=lambda p: p.max_leverage_cap,
        read=_read_multiple,
        show=_multiple,
        meaning=lambda shown, p: (
            f"Traders may take up to {shown}, less where the grade caps it. "
            "Higher leverage: smaller gaps already reach the pool."
        ),
        fixed=False,
    ),
    Term(
        name="insolvency_threshold",
        title="threshold",
        bounds=lambda p: (p.threshold_min, p.threshold_max),
        default=lambda p: p.threshold_default,
        read=_read_usdc,
        show=_usdc,
        meaning=lambda shown, p: (
            f"The pool pays only once deficits since the last claim exceed {shown}; "
            "smaller sums wait. Lower: providers pay earlier and more often."
        ),
        fixed=True,
    ),
    Term(
        name="lock_epochs",
        title="lock",
        bounds=lambda p: (p.lock_min, p.lock_max),
        default=lambda p: p.lock_default,
        read=read_span,
        show=format_span,
        meaning=lambda shown, p: (
            f"A provider who leaves within {shown} of a deposit pays a fee: "
            f"{format_bps(p.early_fee_base_bps)} and up to {format_bps(p.early_fee_slope_bps)} more for the time left."
        ),
        fixed=False,
    ),
    Term(
        name="notice_epochs",
        title="notice",
        bounds=lambda p: (p.notice_min, p.notice_max),
        default=lambda p: p.notice_default,
        read=read_span,
        show=format_span,
        meaning=lambda shown, p: (
            f"A withdrawal is paid {shown} after its request at the earliest; until then it stays at risk."
        ),
        fixed=False,
    ),
    Term(
        name="performance_fee_bps",
        title="performance fee",
        bounds=lambda p: (p.perf_fee_min_bps, p.perf_fee_max_bps),
        default=lambda p: p.perf_fee_default_bps,
        read=_read_percent,
        show=_percent,
        meaning=lambda shown, p: (
            f"The protocol's treasury takes {shown} of what providers earn above their highest share price."
        ),
        fixed=True,
    ),
    Term(
        name="trading_fee_bps",
        title="trading fee",
        bounds=lambda p: TRADING_FEE_BPS,
        default=lambda p: _own("trading_fee_bps"),
        read=_read_percent,
        show=_percent,
        meaning=lambda shown, p: (
            f"Each open and close pays {shown} of its size; the premium for providers is a part of that."
        ),
        fixed=True,
    ),
    Term(
        name="maintenance_bps",
        title="maintenance",
        bounds=lambda p: MAINTENANCE_BPS,
        default=lambda p: _own("maintenance_bps"),
        read=_read_percent,
        show=_percent,
        meaning=lambda shown, p: (
            f"Positions are liquidated below {shown} of their size. "
            "It is the cushion between a trader's margin and the pool."
        ),
        fixed=True,
    ),
    Term(
        name="liquidation_fee_bps",
        title="liquidation fee",
        bounds=lambda p: LIQUIDATION_FEE_BPS,
        default=lambda p: _own("liquidation_fee_bps"),
        read=_read_percent,
        show=_percent,
        meaning=lambda shown, p: (
            f"Up to {shown} of a liquidated size, out of remaining margin: half to the keeper, "
            "half to the market's own insurance fund, which pays before providers."
        ),
        fixed=True,
    ),
)
"""In the order of MarketDesign."""

BY_NAME = {term.name: term for term in TERMS}


def design_of(values: dict[str, int]) -> MarketDesign:
    """The design of complete values."""
    return MarketDesign(**values)


def _own(name: str) -> int:
    """The default of a demo market's own term."""
    value: Any = next(field.default for field in fields(MarketDesign) if field.name == name)
    return int(value)
