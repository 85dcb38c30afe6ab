"""`percosec claims list`."""

import click
from rich.table import Column, Table

from offchain import words
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.commands.claims.document import BLANK, claim_document, verify_command
from offchain.commands.context import Context, with_context
from offchain.commands.snapshot import one_market, take_snapshot

EMPTY = "no claims yet: no pool has had to pay"


@click.command("list")
@click.option("--market", help="Only this market's: a name of seahorse.toml or a market_id.")
@with_context
def command(context: Context, market: str | None) -> None:
    """List all claims, the latest first."""
    snapshot = take_snapshot(context)
    markets = snapshot.directory.markets() if market is None else [one_market(context, snapshot, market)]
    records: list[ClaimRecord] = [
        record for each in markets for record in each.claims.values() if record.state != BLANK
    ]
    records.sort(key=lambda record: (-record.opened_at, str(record.market_id), -record.sequence))
    found = [claim_document(context, record) for record in records]
    document = {"cluster": context.settings.cluster, "now": snapshot.now, "claims": found}
    if not found:
        context.emit(document, EMPTY)
        return
    table = Table(Column("market", overflow="fold"), "claim", "paid", "deficit", "payout", "uncovered", "executor")
    for each in found:
        table.add_row(
            each["name"] or each["market_id"],
            str(each["sequence"]),
            words.date(each["paid_at"]) if each["paid_at"] else "reserved",
            words.usdc(each["deficit"]),
            words.usdc(each["payout"]) if each["paid_at"] else "not yet",
            words.usdc(each["uncovered"]),
            f"{each['executor'][:8]}..",
        )
    context.emit(document, table, f"[bold]{verify_command(context)}[/bold] recomputes them from raw transactions")
