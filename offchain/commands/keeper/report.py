"""`percosec keeper report`: costs and income from the keeper's ledger."""

import click
from rich.table import Column, Table
from solders.pubkey import Pubkey

from offchain.chain.units import format_usdc
from offchain.commands.context import Context, with_context
from offchain.database.database import open_database
from offchain.errors import PercosecError
from offchain.keeper.ledger import Ledger, Total
from offchain.keeper.screen import format_signed

LAMPORTS = 10**9


@click.command("report")
@click.option("--wallet", metavar="ADDRESS", help="Whose ledger; the key of --keypair by default.")
@with_context
def command(context: Context, wallet: str | None) -> None:
    """Show what each duty has cost and earned: lamports, USDC, and net at the configured price of SOL."""
    key = _wallet(context, wallet)
    with open_database(context.settings.database) as database:
        ledger = Ledger(database, key)
        totals, halted = ledger.totals(), ledger.halted()
    price = context.settings.keeper.sol_price
    document = {
        "wallet": str(key),
        "sol_price": price,
        "halted": halted or "",
        "duties": {total.duty: _figures(total, price) for total in totals},
        "total": _figures(_sum(totals), price),
    }
    context.emit(document, *_tables(key, totals, price), *([f"[bold red]halted: {halted}[/]"] if halted else []))


def _wallet(context: Context, wallet: str | None) -> Pubkey:
    if wallet is None:
        return context.keypair().pubkey()
    try:
        return Pubkey.from_string(wallet)
    except ValueError as error:
        raise PercosecError(f"--wallet {wallet!r} is no address: give a public key in base58") from error


def _figures(total: Total, price: int) -> dict[str, int]:
    return {
        "transactions": total.transactions,
        "failed": total.failed,
        "lamports": total.lamports,
        "usdc": total.usdc,
        "net": total.net(price),
    }


def _sum(totals: list[Total]) -> Total:
    return Total(
        "total",
        sum(total.transactions for total in totals),
        sum(total.failed for total in totals),
        sum(total.lamports for total in totals),
        sum(total.usdc for total in totals),
    )


def _tables(key: Pubkey, totals: list[Total], price: int) -> list[Table | str]:
    if not totals:
        return [f"{key} has done nothing yet: start it with `percosec keeper run`"]
    names = ("transactions", "failed", "SOL spent", "USDC earned", "net USDC")
    table = Table("duty", *(Column(name, justify="right") for name in names), title=f"Keeper {key}")
    for total in [*totals, _sum(totals)]:
        table.add_row(
            total.duty,
            str(total.transactions),
            str(total.failed),
            f"{total.lamports // LAMPORTS}.{total.lamports % LAMPORTS:09d}",
            format_usdc(total.usdc),
            format_signed(total.net(price)),
            end_section=total is totals[-1],
            style="bold" if total.duty == "total" else None,
        )
    return [table, f"1 SOL = {format_usdc(price)} USDC, as keeper.sol_price says"]
