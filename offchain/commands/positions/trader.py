"""A trader's positions as figures: equity and profit at the last synchronised price, and what has vested."""

from typing import Any

from rich.table import Column, Table
from solders.pubkey import Pubkey

from offchain import words
from offchain.chain.breach import equity_at, find_breach, worth_at
from offchain.chain.generated.demo_market.accounts import PerpPosition, TraderAccount
from offchain.chain.market_view import MarketView
from offchain.chain.units import format_leverage, format_price, format_usdc
from offchain.commands.context import Context
from offchain.commands.naming import name_of
from offchain.commands.snapshot import Snapshot
from offchain.commands.state import read_many

INDEX_ONE = 10**9


def trader_documents(context: Context, snapshot: Snapshot, owner: Pubkey) -> list[dict[str, Any]]:
    """All open perp positions of an owner."""
    found = []
    for market in snapshot.directory.markets():
        held = [each for each in market.positions.values() if each.owner == owner]
        found += [_document(context, snapshot, market, each) for each in sorted(held, key=lambda one: one.nonce)]
    return found


def account_documents(context: Context, snapshot: Snapshot, owner: Pubkey) -> list[dict[str, Any]]:
    """The owner's trader accounts: profit that vests and what can be withdrawn."""
    markets = snapshot.directory.markets()
    accounts = read_many(context, TraderAccount, [context.at.market(market.id).trader(owner) for market in markets])
    return [
        _account(context, snapshot, market, account)
        for market, account in zip(markets, accounts, strict=True)
        if account is not None
    ]


def _document(context: Context, snapshot: Snapshot, market: MarketView, held: PerpPosition) -> dict[str, Any]:
    price = market.perp.price
    equity = equity_at(market.perp, held, price)
    limits = snapshot.parameters
    breach = find_breach(market.perp, held, limits.keeper_min_bps, limits.keeper_min_max)
    return {
        "market_id": str(market.id),
        "name": name_of(context, market.id),
        "position": str(context.at.market(market.id).perp_position(held.owner, held.nonce)),
        "nonce": held.nonce,
        "side": "long" if held.is_long else "short",
        "size": held.size,
        "entry_price": held.entry_price,
        "price": price,
        "notional": held.notional,
        "worth": worth_at(held, price),
        "margin": held.margin,
        "leverage": held.leverage,
        "equity": equity,
        "profit": equity - held.margin,
        "can_be_liquidated": breach is not None,
    }


def _account(context: Context, snapshot: Snapshot, market: MarketView, account: TraderAccount) -> dict[str, Any]:
    current = account.generation == market.perp.profit_generation
    units = account.units if current else 0
    vested = _vested(units, account, snapshot.epoch)
    index = market.perp.profit_index
    return {
        "market_id": str(market.id),
        "name": name_of(context, market.id),
        "account": str(context.at.market(market.id).trader(account.owner)),
        "claimable": account.claimable + vested * index // INDEX_ONE,
        "unvested": (units - vested) * index // INDEX_ONE,
        "vest_end_epoch": account.vest_end if units > vested else None,
    }


def _vested(units: int, account: TraderAccount, epoch: int) -> int:
    if not units or epoch >= account.vest_end:
        return units
    return units * (epoch - account.vest_epoch) // (account.vest_end - account.vest_epoch)


def trader_table(found: list[dict[str, Any]]) -> Table:
    """One line for each position."""
    heads = ("nonce", "side", "size", "entry", "price", "margin", "leverage", "profit", "state")
    table = Table(Column("market", overflow="fold"), *heads, title="Perpetual futures")
    for each in found:
        table.add_row(
            each["name"] or each["market_id"],
            str(each["nonce"]),
            each["side"],
            format_usdc(each["size"]),
            format_price(each["entry_price"]),
            format_price(each["price"]),
            words.usdc(each["margin"]),
            format_leverage(each["leverage"]),
            words.usdc(each["profit"]),
            "[red]below maintenance[/red]" if each["can_be_liquidated"] else "healthy",
        )
    return table


def account_table(found: list[dict[str, Any]], snapshot: Snapshot) -> Table:
    """One line for each market with profit in it."""
    table = Table(Column("market", overflow="fold"), "withdrawable profit", "vesting", title="Profit")
    for each in found:
        end = each["vest_end_epoch"]
        until = f", until {words.epoch_date(snapshot.schedule, end)}" if end is not None else ""
        table.add_row(
            each["name"] or each["market_id"], words.usdc(each["claimable"]), words.usdc(each["unvested"]) + until
        )
    return table
