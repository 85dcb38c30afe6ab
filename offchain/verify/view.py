"""The report as tables."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from offchain.verify.report import Report

ATOMS = 1_000_000


def usdc(atoms: int) -> str:
    """Atoms as USDC with all six decimals."""
    sign = "-" if atoms < 0 else ""
    return f"{sign}{abs(atoms) // ATOMS:,}.{abs(atoms) % ATOMS:06d}"


def short(key: object) -> str:
    """The ends of a key."""
    text = str(key)
    return f"{text[:4]}..{text[-4:]}"


def show(report: Report, console: Console) -> None:
    """Print claims, balance sheet and verdict."""
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
    table = Table(title="Claims, recomputed (USDC)")
    for name in ("market", "claim"):
        table.add_column(name)
    columns = ("deficit", "payout", "recorded", "fee", "net", "uncovered", "first loss", "premium", "capital")
    for name in columns:
        table.add_column(name, justify="right")
    for claim in report.all_claims:
        recorded = "none" if claim.recorded_payout is None else usdc(claim.recorded_payout)
        amounts = (claim.fee, claim.net, claim.uncovered)
        tiers = (claim.tiers[name] for name in ("first_loss", "premium", "capital"))
        table.add_row(
            short(claim.market),
            str(claim.sequence),
            usdc(claim.deficit),
            usdc(claim.recomputed_payout),
            recorded,
            *(usdc(amount) for amount in (*amounts, *tiers)),
        )
    return table


def _sheet(report: Report) -> Table:
    sheet = report.balance_sheet
    table = Table(title=f"Balance of mint {short(sheet.mint)} (USDC)", show_footer=True)
    table.add_column("account", "sum")
    table.add_column("role")
    table.add_column("owner")
    totals = (
        sum(line.flow.opening for line in sheet.lines),
        sum(line.flow.minted for line in sheet.lines),
        sum(line.flow.received for line in sheet.lines),
        sum(line.flow.sent for line in sheet.lines),
        sum(line.flow.burned for line in sheet.lines),
        sheet.total,
    )
    for name, total in zip(("opening", "minted", "received", "sent", "burned", "closing"), totals, strict=True):
        table.add_column(name, usdc(total), justify="right")
    table.add_column("ledger", f"supply {usdc(sheet.supply)}, difference {usdc(sheet.difference)}", justify="right")
    for line in sheet.lines:
        flow = line.flow
        amounts = (flow.opening, flow.minted, flow.received, flow.sent, flow.burned, line.closing)
        ledger = "" if line.ledger is None else usdc(line.ledger)
        table.add_row(short(line.address), line.role, short(line.owner), *(usdc(amount) for amount in amounts), ledger)
    return table
