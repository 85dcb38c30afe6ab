"""Events for people: each figure of what user commands do has a unit."""

from dataclasses import fields
from typing import get_type_hints

import pytest

from offchain.chain.epochs import Schedule
from offchain.chain.events import Event
from offchain.chain.events.generated.demo_market import (
    MarginAdded,
    PositionClosed,
    PositionOpened,
    ProfitVested,
)
from offchain.chain.events.generated.insolvency_handler import ClaimFeeCollected
from offchain.chain.events.generated.insurance_pool import (
    Deposited,
    ToppedUp,
    WithdrawalCancelled,
    WithdrawalExecuted,
    WithdrawalRequested,
)
from offchain.commands.events_view import EPOCHS, LEVERAGES, MONEY, PRICES, SIZES, TIMES, _text

COUNTS = {"slot", "nonce", "sequence", "units", "market_units", "unvested_units", "entry_funding"}
"""Numbers that are no amounts."""
SHOWN = (
    *(Deposited, ToppedUp, WithdrawalCancelled, WithdrawalExecuted, WithdrawalRequested),
    *(MarginAdded, PositionClosed, PositionOpened, ProfitVested, ClaimFeeCollected),
)
SCHEDULE = Schedule(1_583_798_400, 900)


@pytest.mark.parametrize("kind", SHOWN)
def test_every_figure_has_exactly_one_unit(kind: type[Event]) -> None:
    hints = get_type_hints(kind)
    groups = (MONEY, PRICES, SIZES, TIMES, LEVERAGES, EPOCHS, frozenset(COUNTS))
    for field in fields(kind):
        if hints[field.name] is int:
            assert sum(field.name in group for group in groups) == 1, f"{kind.__name__}.{field.name}"


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("amount", 1_500_250_000, "1,500.250000 USDC"),
        ("entry_price", 8_001_032_009, "8,001.032009 USD"),
        ("size", 500_000, "0.500000"),
        ("leverage", 50_007, "5.0007x"),
        ("epoch", 10, "10 (from 2020-03-10 02:30 UTC)"),
        ("timestamp", 1_583_798_400, "2020-03-10 00:00 UTC"),
        ("fee_bps", 30, "0.30 %"),
        ("grade", 2, "2"),
        ("is_long", True, "yes"),
        ("shortfall", 0, "0.000000 USDC"),
    ],
)
def test_units(name: str, value: int, shown: str) -> None:
    assert _text(name, value, SCHEDULE) == shown
