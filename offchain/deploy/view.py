"""A plan and what was found after it, for people and as a document."""

from collections.abc import Sequence
from typing import Any

from rich.table import Table

from offchain.deploy.plan import Plan
from offchain.deploy.verify import Finding
from offchain.words import sol


def plan_table(plan: Plan, title: str) -> Table:
    """Each step with its price."""
    table = Table(title=title, title_justify="left", show_footer=True)
    table.add_column("", justify="right")
    table.add_column("step", footer="together")
    table.add_column("transactions", justify="right", footer=f"{sum(step.transactions for step in plan.steps):,}")
    table.add_column("rent", justify="right", footer=sol(plan.rent))
    table.add_column("fees", justify="right", footer=sol(plan.fees))
    table.add_column("detail", overflow="fold")
    for number, step in enumerate(plan.steps, 1):
        held = f", {sol(step.held)} held meanwhile" if step.held else ""
        table.add_row(
            str(number),
            step.title,
            f"{step.transactions:,}",
            sol(step.rent),
            sol(step.fees(plan.priority)),
            f"{step.detail}{held}",
        )
    return table


def plan_document(plan: Plan) -> dict[str, Any]:
    """The same, amounts in lamports."""
    return {
        "steps": [
            {
                "part": step.part,
                "title": step.title,
                "transactions": step.transactions,
                "rent": step.rent,
                "fees": step.fees(plan.priority),
                "held": step.held,
                "detail": step.detail,
            }
            for step in plan.steps
        ],
        "rent": plan.rent,
        "fees": plan.fees,
        "needed": plan.needed,
        "notes": list(plan.notes),
    }


def findings_table(findings: Sequence[Finding]) -> Table:
    """What was read back."""
    table = Table(title="read back from the chain", title_justify="left")
    table.add_column("what")
    table.add_column("")
    table.add_column("detail", overflow="fold")
    for finding in findings:
        table.add_row(finding.what, "[green]ok[/green]" if finding.good else "[red]WRONG[/red]", finding.detail)
    return table


def findings_document(findings: Sequence[Finding]) -> list[dict[str, Any]]:
    """The same."""
    return [{"what": finding.what, "ok": finding.good, "detail": finding.detail} for finding in findings]
