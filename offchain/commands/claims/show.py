"""`percosec claims show`: the receipt of one claim."""

from typing import Any

import click
from rich.table import Table

from offchain import words
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.commands.claims.document import BLANK, claim_document, verify_command
from offchain.commands.context import Context, with_context
from offchain.commands.options import market_argument
from offchain.commands.snapshot import one_market, take_snapshot
from offchain.errors import PercosecError


@click.command("show")
@market_argument
@click.argument("sequence", type=click.IntRange(1))
@with_context
def command(context: Context, market: str, sequence: int) -> None:
    """Show the receipt of claim number SEQUENCE of MARKET: who paid what, tier by tier."""
    snapshot = take_snapshot(context)
    record: ClaimRecord | None = one_market(context, snapshot, market).claims.get(sequence)
    if record is None or record.state == BLANK:
        raise PercosecError(
            f"there is no claim {sequence} of {market[:60]}: percosec claims list shows those there are"
        )
    document = claim_document(context, record) | {"verify": verify_command(context)}
    context.emit(document, _receipt(document), _tiers(document), f"verify it: [bold]{document['verify']}[/bold]")


def _receipt(each: dict[str, Any]) -> Table:
    title = f"Claim {each['sequence']} of {each['name'] or each['market_id']}"
    table = Table(show_header=False, title=title, title_justify="left")
    table.add_row("record", each["record"])
    table.add_row("state", each["state"])
    table.add_row("opened", words.date(each["opened_at"]))
    table.add_row("paid", words.date(each["paid_at"]) if each["paid_at"] else "not yet: percosec crank pays it")
    table.add_row("deficit", f"{words.usdc(each['deficit'])}, above the threshold of {words.usdc(each['threshold'])}")
    before = each["before_the_pool"]
    table.add_row("lost before it: margins", words.usdc(before["margin"]))
    table.add_row("lost before it: market's fund", words.usdc(before["insurance_fund"]))
    table.add_row("payout of the pool", words.usdc(each["payout"]))
    table.add_row(
        "claim fee", f"{words.usdc(each['fee'])}, of which to the executor {words.usdc(each['executor_fee'])}"
    )
    table.add_row("kept for premiums in arrears", words.usdc(each["arrears_offset"]))
    table.add_row("paid to the market", words.usdc(each["net_paid"]))
    table.add_row("executor", each["executor"])
    return table


def _tiers(each: dict[str, Any]) -> Table:
    table = Table("tier", "pays", title="Who paid", title_justify="left")
    for name, amount in each["tiers"].items():
        table.add_row(name.replace("_", " "), words.usdc(amount))
    table.add_row("payout", words.usdc(each["payout"]), style="bold")
    table.add_row("traders' unvested profit", words.usdc(each["from_unvested_profit"]))
    left = each["uncovered"] - each["from_unvested_profit"]
    table.add_row("nobody: the market's bad debt", words.usdc(left))
    return table
