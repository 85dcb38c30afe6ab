"""The claims of each market, as `/v1/claims` lists them."""

from collections.abc import Collection

from sqlalchemy import func, select

from offchain.api.bodies.claims import claim
from offchain.api.reading import View
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.database.tables.projections import TABLES
from offchain.live.sources.items import item_of
from offchain.live.stream import Parts

MOST = 50
"""Of one market, the newest; older ones are in the REST API."""
_TABLE = TABLES[ClaimRecord]
_PLACE = func.row_number().over(partition_by=_TABLE.c.market_id, order_by=_TABLE.c.sequence.desc())


def claim_items(view: View, wanted: Collection[str] | None) -> Parts:
    """Under the address of each claim's record."""
    opened = select(_TABLE, _PLACE.label("place")).where(_TABLE.c.state > 0)
    if wanted is not None:
        opened = opened.where(_TABLE.c.market_id.in_(sorted(wanted)))
    newest = opened.subquery()
    rows = view.session.execute(select(*[newest.c[column.name] for column in _TABLE.c]).where(newest.c.place <= MOST))
    found: Parts = {}
    for row in rows:
        found.setdefault(row.market_id, {})[row.address] = item_of(claim(view, row))
    return found
