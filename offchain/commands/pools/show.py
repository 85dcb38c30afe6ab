"""`percosec pools show`."""

from typing import Any

import click
from rich.table import Table

from offchain import words
from offchain.chain.units import format_bps
from offchain.commands.context import Context, with_context
from offchain.commands.options import market_argument
from offchain.commands.pools.document import pool_document
from offchain.commands.snapshot import Snapshot, one_market, take_snapshot


@click.command("show")
@market_argument
@with_context
def command(context: Context, market: str) -> None:
    """Show the pool of MARKET: its worth, what is promised, what can leave, and the terms."""
    snapshot = take_snapshot(context)
    document = pool_document(context, snapshot, one_market(context, snapshot, market))
    context.emit(document, _worth(document, snapshot), _terms(document))


def _worth(each: dict[str, Any], snapshot: Snapshot) -> Table:
    table = Table(show_header=False, title=f"Pool of {each['name'] or each['market_id']}", title_justify="left")
    table.add_row("value (NAV)", words.usdc(each["nav"]))
    table.add_row("share price", words.share_price(each["share_price_e9"]))
    table.add_row("shares", f"{words.shares(each['total_shares'])} in {words.number(each['providers'], 'position')}")
    vesting = f", until {words.epoch_date(snapshot.schedule, each['vest_end_epoch'])}" if each["vest_end_epoch"] else ""
    table.add_row("premiums not vested yet", words.usdc(each["unvested"]) + vesting)
    table.add_row("reserved for a claim", words.usdc(each["reserved"]))
    table.add_row("deficit not settled yet", words.usdc(each["unsettled"]))
    table.add_row("first loss of the creator", words.usdc(each["first_loss"]))
    table.add_row("required reserve", words.usdc(each["required_reserve"]))
    table.add_row("utilisation", format_bps(each["utilisation_bps"]) if each["nav"] else "no capital")
    open_now = words.usdc(each["withdrawable"]) if each["withdrawals_fresh"] else "nothing: the score is stale"
    table.add_row("withdrawable now", open_now)
    table.add_row("requested withdrawals", words.usdc(each["pending_withdrawals"]))
    table.add_row("premium rate", f"{format_bps(each['premium_rate_bps'])} of trading fees")
    table.add_row("premiums in arrears", words.usdc(each["premium_arrears"]))
    return table


def _terms(each: dict[str, Any]) -> Table:
    terms = each["terms"]
    seconds = terms["epoch_seconds"]
    table = Table(show_header=False, title="Terms of new deposits", title_justify="left")
    table.add_row("lock", words.lasting(terms["lock_epochs"] * seconds))
    table.add_row("notice", words.lasting(terms["notice_epochs"] * seconds))
    table.add_row("performance fee", format_bps(terms["performance_fee_bps"]))
    table.add_row("smallest deposit", words.usdc(terms["min_deposit"]))
    table.add_row("withdrawals up to", f"{format_bps(terms['utilisation_cap_bps'])} utilisation")
    return table
