"""Decoded events as JSON and as lines: what a transaction really did, in the programs' own words."""

from dataclasses import fields
from typing import Any

from rich.table import Table
from solders.pubkey import Pubkey

from offchain.chain.codec import Record
from offchain.chain.epochs import Schedule
from offchain.chain.events import Event
from offchain.chain.units import format_bps, format_leverage, format_price, format_usdc
from offchain.commands import words

PRICES = frozenset({"price", "entry_price", "exit_price", "lag_price", "price_before"})
SHARES = frozenset({"minted", "burned"})
SIZES = frozenset({"size", "oi_long", "oi_short"})
COUNTS = frozenset(
    {"nonce", "sequence", "slot", "index", "time", "timestamp", "publish_time", "opened_at", "units", "market_units",
     "unvested_units", "profit_index", "cum_funding", "entry_funding", "generation"}
)  # fmt: skip
EPOCHS = frozenset({"epoch", "mean_epoch"})
LEVERAGES = frozenset({"leverage", "leverage_cap"})


def event_document(event: Event) -> dict[str, Any]:
    """The whole event: program, name, and every field; amounts in atoms, keys in base58."""
    return {"program": event.PROGRAM, "event": type(event).__name__, **_record(event)}


def event_table(events: list[Event], schedule: Schedule) -> Table:
    """One line for each figure; states before and after are left to --json."""
    table = Table("event", "field", "value", title="What happened", title_justify="left")
    for event in events:
        name = type(event).__name__
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
    if type(value) is not int or name in COUNTS:
        return str(value)
    if name in EPOCHS:
        return f"{value} (from {words.epoch_date(schedule, value)})"
    if name in PRICES:
        return f"{format_price(value)} USD"
    if name in SIZES or name in SHARES:
        return format_usdc(value)
    if name in LEVERAGES:
        return format_leverage(value)
    if name.endswith("_bps"):
        return format_bps(value)
    return words.usdc(value)
