"""`scripts/bench march`: March 2020 kept alive by keeper processes, in full length."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from solders.pubkey import Pubkey

from offchain.chain.units import format_usdc
from offchain.settings.keeper import KeeperSettings
from scripts.benches.errors import BenchError
from scripts.benches.machine import machine
from scripts.benches.march.book import read_book
from scripts.benches.march.fleet import Kills
from scripts.benches.march.run import Earned, Outcome, Plan, march
from scripts.benches.march.stages import VALIDATOR_EPOCH_SECONDS, Backend

NAMES = ("first", "second", "third", "fourth")
SOL = 10**9


@click.command(name="march")
@click.option("--from", "begin", metavar="TIME", help="First recorded time (UTC), such as 2020-03-12T00:00.")
@click.option("--to", "end", metavar="TIME", help="End of the recorded time.")
@click.option("--keepers", type=click.IntRange(1, len(NAMES)), default=1, show_default=True, help="Racing keepers.")
@click.option("--kill", is_flag=True, help="Kill the first keeper with signal 9 at every point of its log.")
@click.option("--every-job", is_flag=True, help="With --kill: at each step of every single liquidation.")
@click.option(
    "--backend",
    type=click.Choice(["embedded", "test-validator"]),
    default="embedded",
    show_default=True,
    help="The local chain in a process of its own, or solana-test-validator in real time.",
)
@click.option(
    "--epoch-seconds",
    type=click.IntRange(6, 900),
    default=VALIDATOR_EPOCH_SECONDS,
    show_default=True,
    help="Length of an epoch on the validator.",
)
@click.option("--logs", type=click.Path(path_type=Path, file_okay=False), help="Keep logs, keys and ledgers here.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(
    begin: str | None,
    end: str | None,
    keepers: int,
    kill: bool,
    every_job: bool,
    backend: Backend,
    epoch_seconds: int,
    logs: Path | None,
    as_json: bool,
) -> None:
    """Play March 2020 (all ten days by default) with nobody but keeper processes to keep the market alive.

    Fails when a deficit was not paid, was paid twice, or differs from what the verifier recomputes.
    """
    if every_job and not kill:
        raise click.UsageError("--every-job says where --kill kills: give both")
    plan = Plan(begin, end, NAMES[:keepers], Kills(every_job=every_job) if kill else None, backend, epoch_seconds)
    with TemporaryDirectory(prefix="percosec-march-") as scratch:
        folder = logs or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        outcome = march(folder, plan)
        shown = document(outcome)
    if as_json:
        click.echo(json.dumps(shown, indent=2))
    else:
        show(Console(), outcome, shown)
    if shown["faults"]:
        raise BenchError(f"{len(shown['faults'])} faults: {shown['faults'][0]}")


def document(outcome: Outcome) -> dict[str, Any]:
    """Everything as integers: atoms, lamports, seconds."""
    return {
        "machine": machine(),
        "shortened": outcome.shortened,
        "epochs": outcome.epochs,
        "prices": outcome.prices,
        "transactions": outcome.audit.transactions,
        "syncs_by_traders": outcome.syncs,
        "seconds": round(outcome.seconds),
        "seconds_waited": round(outcome.waited),
        "markets": [
            {
                "name": market.name,
                "due": market.due,
                "paid": market.paid,
                "uncovered": market.uncovered,
                "claims": len(market.records),
                "no_claims": market.no_claims,
                "liquidations": len(market.liquidations),
            }
            for market in outcome.audit.markets
        ],
        "keepers": [_keeper(keeper) for keeper in outcome.keepers],
        "faults": [*outcome.faults(), *(fault for keeper in outcome.keepers for fault in _unbooked(keeper))],
    }


def _keeper(keeper: Earned) -> dict[str, Any]:
    price = KeeperSettings().sol_price
    return {
        "name": keeper.name,
        "usdc": keeper.atoms,
        "lamports": keeper.lamports,
        "sol_price": price,
        "profit": keeper.profit(price),
        "kills": list(keeper.kills),
    }


def _unbooked(keeper: Earned) -> list[str]:
    book = read_book(keeper.database, Pubkey.from_string(keeper.key))
    if (book.atoms, book.lamports) == (keeper.atoms, keeper.lamports):
        return []
    said, held = f"{book.atoms} atoms and {book.lamports} lamports", f"{keeper.atoms} and {keeper.lamports}"
    return [f"the ledger of keeper {keeper.name} says {said} earned and spent, its wallet {held}"]


def show(console: Console, outcome: Outcome, shown: dict[str, Any]) -> None:
    """The same as tables."""
    console.print(f"{machine()}. {outcome.epochs} epochs, {outcome.prices} prices, {outcome.seconds:.0f} s.")
    if outcome.shortened:
        console.print(outcome.shortened)
    paid = Table(title="Deficits (USDC)")
    for name in ("market", "due", "paid", "uncovered", "claims", "NoClaims", "liquidations"):
        paid.add_column(name, justify="left" if name == "market" else "right")
    for row in shown["markets"]:
        amounts = (format_usdc(row[name]) for name in ("due", "paid", "uncovered"))
        paid.add_row(row["name"], *amounts, *(str(row[name]) for name in ("claims", "no_claims", "liquidations")))
    earned = Table(title=f"Keepers, by their balances; 1 SOL = {format_usdc(KeeperSettings().sol_price)} USD")
    for name in ("keeper", "earned USDC", "spent SOL", "profit USDC", "kill -9"):
        earned.add_column(name, justify="left" if name == "keeper" else "right")
    for row in shown["keepers"]:
        spent = f"{row['lamports'] // SOL}.{row['lamports'] % SOL:09d}"
        earned.add_row(row["name"], format_usdc(row["usdc"]), spent, format_usdc(row["profit"]), str(len(row["kills"])))
    console.print(paid)
    console.print(earned)
    for fault in shown["faults"]:
        console.print(f"[red]{fault}[/]")
