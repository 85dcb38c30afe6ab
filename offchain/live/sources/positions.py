"""Positions in pools and on markets, of a market or of an owner, as the REST API shows them.

Under `provider:ADDRESS` a Position, under `perp:ADDRESS` a PerpPosition. Closed positions are history: they are gone.
Of an owner also what all positions add up to, closed ones too, under `portfolio:OWNER`.
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import or_

from offchain.api.bodies import perps, positions
from offchain.api.reading import View
from offchain.api.rows import load, load_markets
from offchain.api.schemas.positions import Position
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.demo_market.accounts import PerpPosition as Perp
from offchain.chain.generated.insurance_pool.accounts import ProviderPosition
from offchain.chain.market_view import OPEN
from offchain.database.tables.projections import TABLES
from offchain.live.frames import Item
from offchain.live.sources.items import item_of
from offchain.live.stream import Parts

NOTHING = "0"
MOST_VALUES = 500
"""In one statement."""
MOST = 500
"""Of one market: so many perp positions, those nearest to liquidation, and so many providers'."""
_PROVIDED = TABLES[ProviderPosition].c
_HELD = or_(_PROVIDED.shares > 0, _PROVIDED.requested_shares > 0)


def of_markets(view: View, markets: Collection[str] | None) -> Parts:
    """By market."""
    return {rows.id: _of_market(view, rows.id) for rows in load_markets(view, markets)}


def of_owners(view: View, owners: Collection[str] | None) -> Parts:
    """By provider and trader."""
    ordered = sorted(owners or ())
    found: Parts = {}
    for start in range(0, len(ordered), MOST_VALUES):
        some = ordered[start : start + MOST_VALUES]
        for owner, provided in _by_owner(view, some).items():
            found[owner] = {f"portfolio:{owner}": item_of(positions.sums(owner, provided))}
            for one in provided:
                if one.shares != NOTHING:
                    found[owner].update(_provider(one))
        rows = load(view, Perp, owner=some, state=OPEN)
        ids = sorted({row.market for row in rows})
        markets = {row.market_id: row for row in load(view, PerpMarket, market_id=ids)}
        for row in rows:
            document = perps.document(view, markets[row.market], row, perps.MOVES)
            found.setdefault(row.owner, {}).update(_perp(document))
    return found


def _by_owner(view: View, owners: list[str]) -> dict[str, list[Position]]:
    """Every position that each ever had, as far as `/v1/providers/{provider}` shows and adds up."""
    rows = load(view, ProviderPosition, provider=owners)
    found: dict[str, list[Position]] = {}
    for one in positions.documents(view, rows):
        found.setdefault(one.provider, []).append(one)
    return {owner: provided[: positions.MOST] for owner, provided in found.items()}


def _of_market(view: View, market: str) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for provided in positions.documents(view, load(view, ProviderPosition, _HELD, market_id=market, limit=MOST)):
        found.update(_provider(provided))
    for perp in perps.of_market(view, market, perps.MOVES, "distance", False, MOST, None).items:
        found.update(_perp(perp))
    return found


def _provider(body: Any) -> dict[str, Item]:
    return {f"provider:{body.position}": item_of(body)}


def _perp(body: Any) -> dict[str, Item]:
    return {f"perp:{body.position}": item_of(body)}
