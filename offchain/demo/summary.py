"""What stands on the screen when the run is over."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from offchain.chain.units import format_usdc
from offchain.demo.balance import BalanceSheet
from offchain.demo.result import Claim, Result


def print_summary(console: Console, result: Result) -> None:
    """Claims, the balance sheet, compute units and time."""
    console.print(_claims(result.claims))
    no_claims = sum(len(desk.records.no_claims) for desk in result.desks)
    console.print(f"{no_claims} deficits at or below the threshold were logged as NoClaim.")
    console.print(_balance(result.sheet))
    console.print(_vaults(result.sheet))
    console.print(_units(result))
    if result.shortened:
        console.print(result.shortened)
    console.print(
        f"{result.session.sent} transactions in {result.seconds:.1f} s; the token accounts hold "
        f"{format_usdc(result.sheet.total)} USDC, {format_usdc(result.sheet.supply)} exist: "
        f"difference {result.sheet.difference} atoms."
    )


def _claims(claims: Iterable[Claim]) -> Table:
    table = _table("Claims (USDC); recomputed by the verifier from raw transactions")
    for column in ("market", "no.", "deficit", "payout", "recomputed", "fee", "uncovered"):
        table.add_column(column, justify="right")
    for claim in claims:
        record = claim.record
        recomputed = "none" if claim.recomputed is None else format_usdc(claim.recomputed)
        table.add_row(
            claim.market,
            str(record.sequence),
            format_usdc(record.deficit_amount),
            format_usdc(record.payout_amount),
            recomputed,
            format_usdc(record.fee),
            format_usdc(record.uncovered),
            style="" if claim.recomputed == record.payout_amount else "bold red",
        )
    return table


def _balance(sheet: BalanceSheet) -> Table:
    table = _table("Balance sheet: every token account of the mint (USDC)")
    table.add_column("account")
    table.add_column("holds", justify="right")
    for holding in sheet.holdings:
        table.add_row(holding.name, format_usdc(holding.atoms))
    table.add_section()
    table.add_row("sum", format_usdc(sheet.total), style="bold")
    table.add_row("supply of the mint", format_usdc(sheet.supply), style="bold")
    return table


def _vaults(sheet: BalanceSheet) -> Table:
    table = _table("What the programs' vaults owe (USDC)")
    for column, justify in (("vault", "left"), ("ledger", "left"), ("owes", "right")):
        table.add_column(column, justify="right" if justify == "right" else "left")
    for vault in sheet.vaults:
        for place, (entry, atoms) in enumerate(vault.ledger.items()):
            table.add_row(vault.holding.name if place == 0 else "", entry.replace("_", " "), format_usdc(atoms))
        table.add_row("", "above the ledger", format_usdc(vault.spare), style="dim")
        table.add_section()
    return table


def _units(result: Result) -> Table:
    table = _table("Compute units by instruction, CPIs included")
    for column in ("instruction", "times", "at most"):
        table.add_column(column, justify="left" if column == "instruction" else "right")
    for name, units in result.session.meter.document().items():
        table.add_row(name, str(units["count"]), f"{units['max']:,}")
    return table


def _table(title: str) -> Table:
    return Table(title=title, title_justify="left", title_style="bold", header_style="dim")
