"""Perp positions as documents."""

from collections.abc import Sequence
from typing import Any, get_args

from offchain.api.keys import Key, keyed_page, sorted_page
from offchain.api.names import name_of
from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.api.rows import load, load_one, load_perp
from offchain.api.schemas.kinds import PositionState
from offchain.api.schemas.perps import AtMove, PerpDetail, PerpPosition, PerpPositions
from offchain.chain.breach import (
    BPS,
    counted_deficit,
    equity_at,
    find_breach,
    liquidation_price,
    maintenance_at,
    worth_at,
)
from offchain.chain.distance import distance_bps, liquidation_threshold, market_at, moved
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.demo_market.accounts import PerpPosition as Account
from offchain.chain.market_view import OPEN

STATES: dict[int, PositionState] = dict(enumerate(get_args(PositionState), 1))
"""By their numbers on chain; 0 is an account that is not begun."""
_NUMBERS: dict[str, int] = {name: number for number, name in STATES.items()}
ANY = "any"
MOVES = (-1_000, -2_000, -3_000, -4_000, -5_000)
"""Basis points."""


def of_market(
    view: View, market_id: str, moves: Sequence[int], sort: str, descending: bool, limit: int, cursor: str | None
) -> PerpPositions:
    """Open positions of one market, sorted by what they are at its last price; Problem 404."""
    perp = load_perp(view, market_id)
    rows = load(view, Account, market=market_id, state=OPEN)
    name = f"perps {market_id} {sort}"
    found, following = sorted_page(rows, lambda row: _key(perp, row, sort), descending, limit, cursor, name)
    items = [document(view, perp, row, moves) for row in found]
    return PerpPositions(as_of_slot=view.slot, items=items, next=following, price=str(perp.price))


def page(
    view: View, owner: str | None, state: str, moves: Sequence[int], limit: int, cursor: str | None
) -> PerpPositions:
    """Positions of every market by address, of one owner where one is named; closed ones where asked for."""
    equals = {"owner": owner, "state": None if state == ANY else _NUMBERS[state]}
    found = keyed_page(view, Account, equals, limit, cursor, f"perps {owner} {state}")
    markets = sorted({row.market for row in found.rows})
    perps = {row.market_id: row for row in load(view, PerpMarket, market_id=markets)}
    items = [document(view, perps[row.market], row, moves) for row in found.rows]
    return PerpPositions(as_of_slot=view.slot, items=items, next=found.next, price=None)


def detail(view: View, address: str, moves: Sequence[int]) -> PerpDetail:
    """One position; Problem 404."""
    row = load_one(view, Account, address=address)
    perp = None if row is None else load_one(view, PerpMarket, market_id=row.market)
    if row is None or perp is None:
        raise not_found(f"{address} is no perp position: /v1/perp-positions lists them")
    return PerpDetail(as_of_slot=view.slot, position=document(view, perp, row, moves))


def document(view: View, perp: Any, row: Any, moves: Sequence[int]) -> PerpPosition:
    """One position; one that is not open is worth nothing any more."""
    parameters, price, is_open = view.context.parameters, perp.price, row.state == OPEN
    equity = equity_at(perp, row, price) if is_open else 0
    maintenance = maintenance_at(perp, row, price) if is_open else 0
    threshold = liquidation_threshold(perp, row) if is_open else None
    breach = find_breach(perp, row, parameters.keeper_min_bps, parameters.keeper_min_max) if is_open else None
    return PerpPosition(
        position=row.address,
        market_id=row.market,
        name=name_of(view.context, row.market),
        owner=row.owner,
        nonce=str(row.nonce),
        side="long" if row.is_long else "short",
        state=STATES[row.state],
        size=str(row.size),
        entry_price=str(row.entry_price),
        notional=str(row.notional),
        margin=str(row.margin),
        leverage=row.leverage,
        price=str(price),
        liquidated_at=str(liquidation_price(perp, row.is_long)),
        worth=str(worth_at(row, price) if is_open else 0),
        equity=str(equity),
        profit=str(equity - row.margin if is_open else 0),
        maintenance=str(maintenance),
        health_bps=_health(equity, maintenance),
        liquidatable=breach is not None,
        liquidation_price=None if threshold is None else str(threshold),
        distance_bps=distance_bps(price, threshold),
        moves=[_at(view, perp, row, bps) for bps in moves] if is_open else [],
    )


def _at(view: View, perp: Any, row: Any, bps: int) -> AtMove:
    parameters = view.context.parameters
    there = market_at(perp, moved(perp.price, bps))
    breach = find_breach(there, row, parameters.keeper_min_bps, parameters.keeper_min_max)
    return AtMove(
        move_bps=bps,
        price=str(there.price),
        equity=str(equity_at(there, row, there.price)),
        liquidated=breach is not None,
        deficit=str(breach.deficit if breach else 0),
        claimable=str(counted_deficit(there, row, breach) if breach else 0),
    )


def _health(equity: int, maintenance: int) -> int | None:
    return equity * BPS // maintenance if maintenance else None


def _key(perp: Any, row: Any, sort: str) -> Key:
    if sort == "distance":
        found = distance_bps(perp.price, liquidation_threshold(perp, row))
        return (abs(found) if found is not None else 1 << 62), row.address
    if sort == "notional":
        return row.notional, row.address
    equity, maintenance = equity_at(perp, row, perp.price), maintenance_at(perp, row, perp.price)
    return equity * BPS // max(1, maintenance), row.address
