"""The report as tables."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from offchain.verify.report import Report

ATOMS = 1_000_000
WIDTH = 130
"""Amounts are shown to the atom: a narrower terminal would cut them."""

PAYING = ("first_loss", "premium", "capital")


def usdc(atoms: int) -> str:
    """Atoms as USDC with all six decimals."""
    sign = "-" if atoms < 0 else ""
    return f"{sign}{abs(atoms) // ATOMS:,}.{abs(atoms) % ATOMS:06d}"


def short(key: object) -> str:
    """The ends of a key."""
    text = str(key)
    return f"{text[:4]}..{text[-4:]}"


def show(report: Report) -> None:
    """Print claims, balance sheet and verdict."""
    console = Console()
    console.width = max(console.width, WIDTH)
    console.print(f"[bold]Verified from raw transactions and accounts[/]: {escape(report.source)}")
    console.print(f"{report.transactions} transactions, {len(report.all_claims)} claims, {report.no_claims} NoClaims")
    if report.all_claims:
        console.print(_claims(report))
    console.print(_sheet(report))
    for problem in report.problems:
        console.print(f"[red]{escape(str(problem))}[/]")
    if report.ok:
        console.print("[green]Every claim equals its recomputation, every atom is accounted for.[/]")
    else:
        console.print(f"[bold red]{len(report.problems)} differences found.[/]")


def _claims(report: Report) -> Table:
    table = Table(title="Claims, recomputed from positions and ledgers (USDC)")
    table.add_column("claim", no_wrap=True)
    for name in ("deficit", "payout", "recorded", "fee", "uncovered"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("tiers of the payout", no_wrap=True)
    for claim in report.all_claims:
        recorded = "no record" if claim.recorded_payout is None else usdc(claim.recorded_payout)
        tiers = (f"{name.replace('_', ' ')} {usdc(claim.tiers[name])}" for name in PAYING if claim.tiers[name])
        table.add_row(
            f"{short(claim.market)} {claim.sequence}",
            usdc(claim.deficit),
            usdc(claim.recomputed_payout),
            recorded,
            usdc(claim.fee),
            usdc(claim.uncovered),
            "\n".join(tiers),
        )
    return table


def _sheet(report: Report) -> Table:
    sheet = report.balance_sheet
    caption = f"supply {usdc(sheet.supply)}, sum {usdc(sheet.total)}, difference {usdc(sheet.difference)}"
    table = Table(title=f"Every token account of mint {short(sheet.mint)} (USDC)", caption=caption, show_footer=True)
    opening = sum(line.flow.opening for line in sheet.lines)
    entered = sum(line.flow.entered for line in sheet.lines)
    left = sum(line.flow.left for line in sheet.lines)
    table.add_column("account", "sum", no_wrap=True)
    for name, total in (("opening", opening), ("in", entered), ("out", left), ("closing", sheet.total)):
        table.add_column(name, usdc(total), justify="right", no_wrap=True)
    table.add_column("ledger", justify="right", no_wrap=True)
    for line in sheet.lines:
        flow = line.flow
        amounts = (flow.opening, flow.entered, flow.left, line.closing)
        ledger = "" if line.ledger is None else usdc(line.ledger)
        name = f"{line.role} {short(line.market or line.owner)}"
        table.add_row(name, *(usdc(amount) for amount in amounts), ledger)
    return table
