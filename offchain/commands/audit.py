"""`percosec audit`: whether a chain's accounts follow from its events."""

from contextlib import closing
from typing import Any

import click
from rich.console import RenderableType
from rich.markup import escape
from rich.table import Table

from offchain import words
from offchain.commands.context import Context, with_context
from offchain.indexer.projections.audit import Audit, audit
from offchain.indexer.projections.rows import KINDS
from offchain.verify.evidence.node import Node

SHOWN = 20
"""Differences printed for people; --json has all."""


@click.command("audit")
@with_context
def command(context: Context) -> int:
    """Project every account of the programs from their events alone, and compare field by field with the chain.

    Exit code 0 when everything fits, 1 when something differs (each place is named), 2 when it can't be read.
    """
    with closing(Node(context.rpc_url)) as node, context.progress() as bar:
        task = bar.add_task("reading transactions", total=None)
        found = audit(
            node,
            context.at,
            context.parameters,
            lambda done, total: bar.update(task, completed=done, total=total),
        )
    context.emit(_document(found), *_shown(found))
    return 0 if found.ok else 1


def _document(found: Audit) -> dict[str, Any]:
    comparison = found.comparison
    return {
        "ok": found.ok,
        "transactions": found.transactions,
        "failed": found.failed,
        "events": found.events,
        "accounts": dict(comparison.accounts),
        "fields": comparison.fields.total(),
        "mismatches": [
            {
                "kind": one.kind,
                "address": str(one.address),
                "field": one.field,
                "projected": str(one.projected),
                "found": str(one.found),
            }
            for one in comparison.mismatches
        ],
        "faults": found.faults,
    }


def _shown(found: Audit) -> list[RenderableType]:
    comparison = found.comparison
    table = Table("program", "account", box=None)
    for name in ("accounts", "fields", "different"):
        table.add_column(name, justify="right")
    for program, kinds in KINDS.items():
        for name in (kind.__name__ for kind in kinds):
            different = sum(one.kind == name for one in comparison.mismatches)
            cells = (comparison.accounts[name], comparison.fields[name], different)
            table.add_row(program, name, *(str(cell) for cell in cells))
    read = words.number(found.transactions, "transaction")
    head = f"{read} ({found.failed} failed), {words.number(found.events, 'event')}"
    places = [*found.faults, *(str(one) for one in comparison.mismatches)]
    lines: list[RenderableType] = [f"[red]{escape(place)}[/red]" for place in places[:SHOWN]]
    if len(places) > SHOWN:
        lines.append(f"[red]and {len(places) - SHOWN} more: --json has all[/red]")
    return [head, table, *lines, _verdict(found, len(places))]


def _verdict(found: Audit, places: int) -> str:
    if places:
        return f"[bold red]{words.number(places, 'difference')} found[/bold red]"
    accounts, fields = found.comparison.accounts.total(), found.comparison.fields.total()
    return f"[green]every one of {fields} fields of {accounts} accounts follows from the events[/green]"
