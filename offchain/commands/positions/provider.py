"""A provider's positions as figures: worth now, lock, request, and when it is paid."""

from typing import Any

from rich.table import Column, Table
from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.market_view import MarketView
from offchain.chain.pool_figures import early_fee_bps, pool_figures
from offchain.chain.units import format_bps
from offchain.commands.context import Context
from offchain.commands.naming import name_of
from offchain.commands.snapshot import Snapshot


def provider_documents(context: Context, snapshot: Snapshot, owner: Pubkey) -> list[dict[str, Any]]:
    """All pool positions of an owner that still hold something, oldest first within a market."""
    found = []
    for market in snapshot.directory.markets():
        held = [each for each in market.providers.values() if each.provider == owner and each.shares]
        found += [_document(context, snapshot, market, each) for each in sorted(held, key=lambda one: one.entry_epoch)]
    return found


def _document(context: Context, snapshot: Snapshot, market: MarketView, held: ProviderPosition) -> dict[str, Any]:
    figures = pool_figures(market.pool, snapshot.epoch, snapshot.parameters)
    wiped = held.generation != market.pool.generation
    fee = early_fee_bps(snapshot.epoch, held.unlock_epoch, held.lock_epochs, snapshot.parameters)
    return {
        "market_id": str(market.id),
        "name": name_of(context, market.id),
        "position": str(context.at.market(market.id).provider_position(held.provider, held.entry_epoch)),
        "entry_epoch": held.entry_epoch,
        "entered_at": snapshot.schedule.start(held.entry_epoch),
        "deposited": held.deposited_amount,
        "shares": held.shares,
        "worth": 0 if wiped else figures.assets(held.shares),
        "wiped": wiped,
        "unlock_epoch": held.unlock_epoch,
        "unlocks_at": snapshot.schedule.start(held.unlock_epoch),
        "early_fee_bps": fee,
        "request": _request(snapshot, held),
    }


def _request(snapshot: Snapshot, held: ProviderPosition) -> dict[str, Any] | None:
    if not held.requested_shares:
        return None
    due = held.request_epoch + held.notice_epochs
    forced = due + snapshot.parameters.force_after
    return {
        "shares": held.requested_shares,
        "value": held.request_value,
        "fee_bps": held.request_fee_bps,
        "requested_at": snapshot.schedule.start(held.request_epoch),
        "payable_epoch": due,
        "payable_at": snapshot.schedule.start(due),
        "payable": snapshot.epoch >= due,
        "forced_epoch": forced,
        "forced_at": snapshot.schedule.start(forced),
    }


def provider_table(found: list[dict[str, Any]]) -> Table:
    """One line for each position."""
    table = Table(
        Column("pool of", overflow="fold"), "entry", "deposited", "worth now", "shares", "lock", title="Pools"
    )
    for each in found:
        fee = each["early_fee_bps"]
        lock = f"until {words.date(each['unlocks_at'])}, {format_bps(fee)} fee before" if fee else "over"
        table.add_row(
            each["name"] or each["market_id"],
            str(each["entry_epoch"]),
            words.usdc(each["deposited"]),
            "nothing: wiped out" if each["wiped"] else words.usdc(each["worth"]),
            words.shares(each["shares"]),
            lock,
        )
    return table


def request_table(found: list[dict[str, Any]]) -> Table:
    """One line for each requested withdrawal."""
    heads = ("entry", "worth at most", "fee", "payable", "at the latest")
    table = Table(Column("pool of", overflow="fold"), *heads, title="Requested withdrawals")
    for each in found:
        request = each["request"]
        table.add_row(
            each["name"] or each["market_id"],
            str(each["entry_epoch"]),
            words.usdc(request["value"]),
            format_bps(request["fee_bps"]),
            "now" if request["payable"] else f"from {words.date(request['payable_at'])}",
            words.date(request["forced_at"]),
        )
    return table
