"""What a terminal shows while a server runs: where it is, and how its services do."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from offchain.chain.units import format_price
from offchain.monitoring.watcher.report import DutyReport, JobState
from offchain.monitoring.watcher.watcher import Watcher
from offchain.serve.places import Places

REFRESH_SECONDS = 0.5
_NAMES = {
    "web": "Web UI",
    "api": "API",
    "openapi": "OpenAPI",
    "live": "Live",
    "status": "Status",
    "metrics": "Metrics",
    "analytics": "Analytics",
    "rpc": "Chain",
    "database": "Database",
    "data": "Data",
}
_COLOURS = {JobState.RUNNING: "green", JobState.WAITING: "yellow", JobState.ENDED: "red"}


async def show(console: Console, places: Places, watcher: Watcher) -> None:
    """Draw until cancelled."""
    with Live(console=console, auto_refresh=False, transient=True) as screen:
        while True:
            screen.update(picture(places, watcher.report()), refresh=True)
            await asyncio.sleep(REFRESH_SECONDS)


def picture(places: Places, reports: list[DutyReport]) -> RenderableType:
    """What the screen shows now."""
    table = Table("service", "state", "how it goes", expand=True)
    for report in reports:
        colour = "yellow" if report.stale else _COLOURS.get(report.state, "dim")
        state = "stale" if report.stale else str(report.state)
        table.add_row(report.name, Text(state, style=colour), _told(report))
    panel = Panel(head(places), title="PercoSec", border_style="cyan", title_align="left")
    return Group(panel, table, Text("Ctrl-C stops; everything is kept", style="dim"))


def head(places: Places) -> Table:
    """Every address there is."""
    grid = Table.grid(padding=(0, 2))
    for field, name in _NAMES.items():
        if value := getattr(places, field):
            grid.add_row(Text(name, style="bold"), Text(value, overflow="fold"))
    return grid


def _told(report: DutyReport) -> Text:
    if report.state is JobState.WAITING or report.state is JobState.ENDED:
        return Text(report.last_error, style="red", overflow="ellipsis", no_wrap=True)
    words = _WORDS.get(report.name)
    return Text(words(report.status) if words else "", overflow="ellipsis", no_wrap=True)


def _clock(status: Mapping[str, Any]) -> str:
    return _utc(status.get("chain_time"))


def _chain(status: Mapping[str, Any]) -> str:
    return f"process {status['pid']}, {status['rpc']}"


def _market(status: Mapping[str, Any]) -> str:
    pace = f", {status['speed']} market seconds a second" if status.get("speed") else ""
    waits = f", the clock waits for {status['waiting_for']}" if status.get("waiting_for") else ""
    return f"{status.get('phase', '')}{pace}{waits}"


def _indexer(status: Mapping[str, Any]) -> str:
    if status.get("standing_by"):
        return "another process does it; standing by"
    return (
        f"{status.get('transactions', 0):,} transactions, {status.get('events', 0):,} events, "
        f"slot {status.get('stored_slot', -1)} of {status.get('head_slot', 0)}"
    )


def _keeper(status: Mapping[str, Any]) -> str:
    if status.get("standing_by"):
        return "another process does it; standing by"
    if status.get("halted"):
        return f"halted: {status['halted']}; lift it with percosec keeper resume"
    done = sum(found["done"] for found in status.get("duties", {}).values())
    return f"{done:,} transactions done, epoch {status.get('epoch', 0)}, {status.get('lamports', 0) / 10**9:.3f} SOL"


def _prices(status: Mapping[str, Any]) -> str:
    if status.get("standing_by"):
        return "another process does it; standing by"
    pairs = [
        f"{pair['pair']} {format_price(pair['price']['price'])}" for pair in status.get("pairs", ()) if pair["price"]
    ]
    return ", ".join(pairs) or "no price yet"


def _figures(status: Mapping[str, Any]) -> str:
    return f"made {status.get('made', 0):,} times, as of slot {status.get('as_of_slot', -1)}"


def _live(status: Mapping[str, Any]) -> str:
    return f"{status.get('clients', 0)} clients, {status.get('topics', 0)} topics"


def _utc(time: Any) -> str:
    return datetime.fromtimestamp(time, UTC).strftime("%d %b %Y %H:%M:%S UTC") if time else ""


_WORDS = {
    "clock": _clock,
    "chain": _chain,
    "market": _market,
    "indexer": _indexer,
    "figures": _figures,
    "keeper": _keeper,
    "prices": _prices,
    "live": _live,
}
"""Duty -> its line."""
