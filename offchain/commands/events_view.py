"""Decoded events as JSON and as lines: what a transaction really did, in the programs' own words."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from rich.table import Table
from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.codec import Record
from offchain.chain.epochs import Schedule
from offchain.chain.events import Event
from offchain.chain.units import format_bps, format_leverage, format_price, format_usdc

BACKGROUND = ("SyncReceived", "MarketSynced")
"""Events of the synchronisation that is sent along with an order: people are not shown them."""
MONEY = frozenset(
    {
        *("amount", "bounty", "claimable", "counted", "deficit", "deposited", "equity", "excess"),
        *("executor_fee", "fee", "fees_due", "forgone", "fund", "gross", "house", "keeper_paid", "margin"),
        *("margin_before", "margins", "market_claimable", "net", "net_paid", "notional", "oi_cap"),
        *("open_interest_cap", "out", "payout", "payout_amount", "premium", "principal", "profit", "routed"),
        *("shortfall", "to_fund", "to_trader", "uncovered", "withdrawn"),
    }
)
"""Fields in atoms; a field that is in none of these sets is shown as the number it is."""
PRICES = frozenset({"price", "entry_price", "exit_price", "lag_price", "price_before"})
SIZES = frozenset({"size", "oi_long", "oi_short", "minted", "burned"})
"""Base sizes and shares: six decimals, no currency."""
EPOCHS = frozenset({"epoch", "mean_epoch"})
TIMES = frozenset({"time", "timestamp", "publish_time", "opened_at"})
LEVERAGES = frozenset({"leverage", "leverage_cap"})


def event_document(event: Event) -> dict[str, Any]:
    """The whole event: program, name, and every field; amounts in atoms, keys in base58."""
    return {"program": event.PROGRAM, "event": type(event).__name__, **_record(event)}


def event_table(events: list[Event], schedule: Schedule) -> Table:
    """One line for each figure; states before and after are left to --json."""
    table = Table("event", "field", "value", title="What happened", title_justify="left")
    for event in events:
        name = type(event).__name__
        if name in BACKGROUND:
            continue
        for field in fields(event):
            value = getattr(event, field.name)
            if isinstance(value, Record) or field.name in ("market_id", "actor"):
                continue
            table.add_row(name, field.name, _text(field.name, value, schedule))
            name = ""
    return table


def _record(record: Any) -> dict[str, Any]:
    return {field.name: _value(getattr(record, field.name)) for field in fields(record)}


def _value(value: Any) -> Any:
    if isinstance(value, Record):
        return _record(value)
    if isinstance(value, Pubkey):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _text(name: str, value: Any, schedule: Schedule) -> str:
    if type(value) is bool:
        return "yes" if value else "no"
    for names, show in _SHOWN:
        if name in names:
            return show(value)
    if name in EPOCHS:
        return f"{value} (from {words.epoch_date(schedule, value)})"
    return format_bps(value) if name.endswith("_bps") else str(value)


_SHOWN: tuple[tuple[frozenset[str], Callable[[int], str]], ...] = (
    (MONEY, words.usdc),
    (PRICES, lambda value: f"{format_price(value)} USD"),
    (SIZES, format_usdc),
    (TIMES, words.date),
    (LEVERAGES, format_leverage),
)
