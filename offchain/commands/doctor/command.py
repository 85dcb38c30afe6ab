"""`percosec doctor`."""

from collections.abc import Callable, Iterator

import click
from rich.markup import escape
from rich.table import Table

from offchain import words
from offchain.commands.context import Context, with_context
from offchain.commands.doctor.clock import check_clock
from offchain.commands.doctor.configs import check_configs
from offchain.commands.doctor.database import check_database
from offchain.commands.doctor.finding import FAIL, OK, WARN, Finding, fail
from offchain.commands.doctor.keys import check_balances, check_key
from offchain.commands.doctor.markets import check_markets
from offchain.commands.doctor.node import check_nodes
from offchain.commands.doctor.programs import check_programs
from offchain.errors import PercosecError

COLOURS = {OK: "green", WARN: "yellow", FAIL: "bold red"}

Check = Callable[[Context], Iterator[Finding]]


def _clock(context: Context) -> Iterator[Finding]:
    yield check_clock(context)


ON_CHAIN: tuple[tuple[str, Check], ...] = (
    ("clock", _clock),
    ("programs", check_programs),
    ("configs", check_configs),
    ("balance", check_balances),
    ("markets", check_markets),
)
"""What can only be looked at through a node."""


@click.command("doctor")
@with_context
def command(context: Context) -> int:
    """Look at everything that can be wrong and say what to do.

    Exit code 1 when something does not work; warnings alone leave with 0.
    """
    with context.progress() as progress:
        progress.add_task("looking", total=None)
        findings = list(examine(context))
    failed = [each for each in findings if each.level == FAIL]
    document = {
        "ok": not failed,
        "cluster": context.settings.cluster,
        "checks": [each.document() for each in findings],
    }
    context.emit(document, _table(findings), _verdict(findings))
    return 1 if failed else 0


def examine(context: Context) -> Iterator[Finding]:
    """All findings; what needs a node is left out when the preferred one does not answer."""
    nodes = list(check_nodes(context))
    yield from nodes
    yield check_database(context)
    yield from check_key(context)
    if nodes[0].level == FAIL:
        return
    for area, check in ON_CHAIN:
        try:
            yield from check(context)
        except PercosecError as error:
            yield fail(area, str(error), "see above, then look again")


def _table(findings: list[Finding]) -> Table:
    table = Table("", "area", "what is, and what to do", box=None)
    for each in findings:
        colour = COLOURS[each.level]
        advice = f"\n[dim]->[/dim] {escape(each.advice)}" if each.advice else ""
        table.add_row(f"[{colour}]{each.level}[/{colour}]", each.area, escape(each.text) + advice)
    return table


def _verdict(findings: list[Finding]) -> str:
    failed = sum(each.level == FAIL for each in findings)
    warnings = words.number(sum(each.level == WARN for each in findings), "warning")
    if failed:
        return f"[bold red]{failed} of {words.number(len(findings), 'check')} failed[/bold red], {warnings}"
    return f"[green]nothing fails[/green], {warnings}"
