"""A market that is to be created: its terms in plain words, its cost, and what is left to do."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table

from offchain import words
from offchain.commands.markets.creating.draft import Draft
from offchain.creation.checklist import Item
from offchain.creation.terms import TERMS


def draft_view(draft: Draft) -> RenderableType:
    """Terms, cost and the transactions that are missing."""
    return Group(_head(draft), _terms(draft), _cost(draft), _steps(draft))


def draft_document(draft: Draft) -> dict[str, Any]:
    """The same as JSON."""
    blueprint = draft.blueprint
    return {
        "market_id": str(draft.market_id),
        "creator": str(blueprint.creator),
        "index": blueprint.index,
        "feed": str(blueprint.feed),
        "terms": asdict(blueprint.design),
        "cost": {
            "rent_lamports": draft.cost.rent,
            "fee_lamports": draft.cost.fees,
            "lamports": draft.cost.lamports,
            "accounts": draft.rents,
        },
        "money": draft.money,
        "transactions": [step.title for step in draft.steps],
    }


def items_view(items: Sequence[Item]) -> Table:
    """The checklist until the market takes its first trade."""
    table = _table("until it is live")
    for item in items:
        table.add_row("[green]done[/green]" if item.done else "[yellow]to do[/yellow]", item.name, item.words)
    return table


def _head(draft: Draft) -> Table:
    table = _table("market")
    table.add_row("address", str(draft.market_id))
    table.add_row("creator", f"{draft.blueprint.creator}, market number {draft.blueprint.index}")
    table.add_row("price feed", f"{draft.feed.label}, for good")
    return table


def _terms(draft: Draft) -> Table:
    table = Table(title="[bold]terms[/bold]", title_justify="left")
    for column in ("term", "value", "bounds", "can change", "what it means for providers"):
        table.add_column(column)
    schedule, parameters = draft.place.schedule, draft.place.parameters
    for term in TERMS:
        shown = term.show(getattr(draft.blueprint.design, term.name), schedule)
        low, high = term.show_bounds(schedule, parameters)
        change = "never" if term.fixed else "announced, a week ahead"
        table.add_row(term.title, shown, f"{low} to {high}", change, term.meaning(shown, parameters))
    return table


def _cost(draft: Draft) -> Table:
    table = _table("cost")
    table.add_row("rent", f"{words.sol(draft.cost.rent)} for {len(draft.rents)} accounts; it stays in them for good")
    table.add_row("fees", words.sol(draft.cost.fees))
    table.add_row("together", words.sol(draft.cost.lamports), style="bold")
    for purpose, amount in draft.money.items():
        table.add_row(purpose, words.usdc(amount))
    return table


def _steps(draft: Draft) -> Table:
    table = _table("transactions")
    for number, step in enumerate(draft.steps, 1):
        table.add_row(str(number), step.title)
    if not draft.steps:
        table.add_row("", "none: everything is there")
    return table


def _table(title: str) -> Table:
    table = Table(show_header=False, box=None, title=f"[bold]{title}[/bold]", title_justify="left")
    table.add_column(style="dim", no_wrap=True)
    return table
