"""What stands on the screen when the run is over."""

from collections.abc import Iterable

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from offchain.chain.units import format_usdc
from offchain.demo.balance import BalanceSheet
from offchain.demo.result import Claim, Result

SHOWN_UNITS = (
    "claim_transaction",
    "demo_market.execute_liquidation",
    "insurance_pool.deposit",
    "insurance_pool.execute_withdrawal",
    "insurance_pool.release_funds",
    "risk_engine.sync_market",
    "risk_engine.update_score",
)
"""Instructions that users and keepers send most."""


def print_summary(console: Console, result: Result) -> None:
    """Claims, the balance sheet, compute units and time."""
    _show(console, _claims(result.claims))
    no_claims = sum(len(desk.records.no_claims) for desk in result.desks)
    console.print(f"{no_claims} deficits at or below the threshold were logged as NoClaim.")
    _show(console, _pools(result))
    _show(console, _balance(result.sheet))
    _show(console, _vaults(result.sheet))
    _show(console, _units(result))
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


def _pools(result: Result) -> Table:
    table = _table("Pools (USDC)")
    for column in ("market", "premiums", "paid", "available", "first loss", "generation"):
        table.add_column(column, justify="right")
    for desk in result.desks:
        pool = result.pool(desk)
        amounts = [format_usdc(pool[name]) for name in ("premiums", "paid", "available_balance", "first_loss")]
        table.add_row(desk.plan.name, *amounts, str(pool["generation"]))
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
        entries = {name: atoms for name, atoms in vault.ledger.items() if atoms}
        if vault.spare:
            entries["above the ledger"] = vault.spare
        for place, (entry, atoms) in enumerate(entries.items()):
            table.add_row(vault.holding.name if place == 0 else "", entry.replace("_", " "), format_usdc(atoms))
    return table


def _units(result: Result) -> Table:
    table = _table("Compute units, CPIs included (--json has every instruction)")
    for column in ("instruction", "times", "at most"):
        table.add_column(column, justify="left" if column == "instruction" else "right")
    for name, units in result.session.meter.document().items():
        if name in SHOWN_UNITS:
            table.add_row(name, str(units["count"]), f"{units['max']:,}")
    return table


def _table(title: str) -> Table:
    return Table(title=title, header_style="dim", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))


def _show(console: Console, table: Table) -> None:
    """Print the title apart from the table: as part of it, it would be wrapped to the table's width."""
    console.print(Text(str(table.title), style="bold"))
    table.title = None
    console.print(table)
