"""`percosec markets show`."""

from typing import Any

import click
from rich.table import Table

from offchain import words
from offchain.chain.units import format_bps, format_factor, format_leverage, format_price
from offchain.commands.context import Context, with_context
from offchain.commands.markets.document import market_document
from offchain.commands.options import market_argument
from offchain.commands.snapshot import Snapshot, one_market, take_snapshot


@click.command("show")
@market_argument
@with_context
def command(context: Context, market: str) -> None:
    """Show everything about MARKET: risk, price, open interest, terms."""
    snapshot = take_snapshot(context)
    document = market_document(context, snapshot, one_market(context, snapshot, market))
    context.emit(document, _about(document, snapshot), _risk(document), _terms(document, snapshot))


def _about(each: dict[str, Any], snapshot: Snapshot) -> Table:
    table = Table(show_header=False, title=each["name"] or each["market_id"], title_justify="left")
    feed = each["feed"]
    table.add_row("market_id", each["market_id"])
    table.add_row("pair", each["pair"] or "unnamed")
    table.add_row("program", each["engine"])
    table.add_row("status", each["status"])
    table.add_row("restricted by", ", ".join(each["reasons"]) or "nothing")
    table.add_row("price", f"{format_price(each['price'])} USD{', provisional' if each['price_provisional'] else ''}")
    table.add_row("price feed", f"{feed['address']} ({feed['source']}), {_ago(feed['publish_time'], snapshot)}")
    table.add_row("synchronised", _ago(each["synced_at"], snapshot))
    table.add_row(
        "long / short", f"{words.usdc(each['open_interest_long'])} / {words.usdc(each['open_interest_short'])}"
    )
    table.add_row("open positions", str(each["open_positions"]))
    table.add_row("open interest cap", words.usdc(each["open_interest_cap"]))
    table.add_row("leverage cap", format_leverage(each["leverage_cap"]))
    table.add_row("premium rate", f"{format_bps(each['premium_rate_bps'])} of trading fees")
    table.add_row("house", words.usdc(each["house"]))
    table.add_row("own insurance fund", words.usdc(each["insurance_fund"]))
    table.add_row("claims paid", str(each["claims"]))
    return table


def _risk(each: dict[str, Any]) -> Table:
    score = each["score"]
    table = Table("factor", "value", "weight", title=f"Risk: grade {each['grade']}", title_justify="left")
    if not score["has_score"]:
        table.add_row("no score yet", "", "")
        return table
    weights = (("leverage", 35), ("oi_ratio", 25), ("volatility", 20), ("funding_variance", 20))
    for name, weight in weights:
        table.add_row(name.replace("_", " "), format_factor(score[name]), f"{weight} %")
    table.add_row("composite", format_factor(score["composite"]), "provisional" if score["provisional"] else "")
    return table


def _terms(each: dict[str, Any], snapshot: Snapshot) -> Table:
    terms = each["terms"]
    seconds = terms["epoch_seconds"]
    table = Table(show_header=False, title="Terms", title_justify="left")
    table.add_row("lock of deposits", words.lasting(terms["lock_epochs"] * seconds))
    table.add_row("notice of withdrawals", words.lasting(terms["notice_epochs"] * seconds))
    table.add_row("performance fee", format_bps(terms["performance_fee_bps"]))
    table.add_row("required reserve", f"{format_bps(terms['reserve_bps'])} of open interest")
    table.add_row("claims above", words.usdc(terms["insolvency_threshold"]))
    table.add_row("highest leverage", format_leverage(terms["max_leverage"]))
    table.add_row("depth within 2 %", words.usdc(terms["depth"]))
    table.add_row("trading fee", format_bps(terms["trading_fee_bps"]))
    table.add_row("maintenance margin", format_bps(terms["maintenance_bps"]))
    change = terms["announced_change"]
    if change:
        lock, notice = (words.lasting(change[f"{name}_epochs"] * seconds) for name in ("lock", "notice"))
        when = words.epoch_date(snapshot.schedule, change["epoch"])
        text = f"lock {lock}, notice {notice}, leverage {format_leverage(change['max_leverage'])} from {when}"
        table.add_row("announced change", text)
    return table


def _ago(unix_time: int, snapshot: Snapshot) -> str:
    return f"{words.lasting(snapshot.now - unix_time)} ago" if unix_time else "never"
