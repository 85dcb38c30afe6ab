"""Lines of the list of markets: what they are chosen and sorted by is counted when asked for, the rest when shown."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, get_args

from sqlalchemy import and_, func, select

from offchain import words
from offchain.api.bodies.figures import listed_yields
from offchain.api.bodies.restriction import reason_names
from offchain.api.names import Named
from offchain.api.reading import View
from offchain.api.rows import MarketRows, load_listed
from offchain.api.schemas.figures import Yield
from offchain.api.schemas.kinds import MarketStatus
from offchain.api.schemas.markets import LastClaim, Market
from offchain.chain.breach import PRICE_ONE
from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from offchain.chain.pool_figures import PoolFigures, pool_figures
from offchain.chain.restriction import reasons_now
from offchain.database.prepared import Prepared, equal
from offchain.database.tables.projections import TABLES

STATUS: dict[int, MarketStatus] = dict(enumerate(get_args(MarketStatus), 1))
"""By their numbers on chain; 0 is an account that is not begun."""
_CLAIMS = TABLES[ClaimRecord].c
_SHOWN = (
    *(_CLAIMS.address, _CLAIMS.market_id, _CLAIMS.sequence, _CLAIMS.timestamp),
    *(_CLAIMS.deficit_amount, _CLAIMS.payout_amount, _CLAIMS.fully_covered),
)
_NEWEST = (
    select(_CLAIMS.market_id, func.max(_CLAIMS.sequence).label("sequence"))
    .where(equal(_CLAIMS.market_id, "markets", True), _CLAIMS.state > 0)
    .group_by(_CLAIMS.market_id)
    .subquery()
)
_LAST = Prepared(
    select(*_SHOWN).join(
        _NEWEST, and_(_CLAIMS.market_id == _NEWEST.c.market_id, _CLAIMS.sequence == _NEWEST.c.sequence)
    )
)


@dataclass
class Line:
    """One market."""

    view: View
    rows: MarketRows
    last_claim: LastClaim | None = None
    """Its newest claim that is at least reserved; `add_rest` reads it ..."""
    net_apy: Yield | None = None
    """... and this."""

    @property
    def market_id(self) -> str:
        """Its id."""
        return self.rows.id

    @property
    def named(self) -> Named | None:
        """None where seahorse.toml has no name for it."""
        return self.view.names.get(self.rows.id)

    @property
    def grade(self) -> words.Grade:
        """The standing one, a letter or `Restricted`."""
        return words.grade(self.rows.config.grade)

    @property
    def score(self) -> int | None:
        """None before the first."""
        score = self.rows.score
        return score.composite_score if score.has_score else None

    @property
    def reasons(self) -> int:
        """Bits of what restricts it now."""
        rows, view = self.rows, self.view
        return reasons_now(rows.score, rows.inputs, rows.engine, view.epoch, view.context.parameters)

    @cached_property
    def pool(self) -> PoolFigures:
        """Of its pool now."""
        return pool_figures(self.rows.pool, self.view.epoch, self.view.context.parameters)

    @property
    def sides(self) -> tuple[int, int]:
        """Open interest long and short, atoms."""
        perp = self.rows.perp
        return perp.oi_long * perp.price // PRICE_ONE, perp.oi_short * perp.price // PRICE_ONE

    def document(self) -> Market:
        """As it is shown."""
        rows, named, pool = self.rows, self.named, self.pool
        perp, (long, short), reasons = rows.perp, self.sides, self.reasons
        return Market(
            market_id=rows.id,
            name=named.name if named else None,
            pair=named.pair if named else None,
            status=STATUS[rows.config.status],
            price=str(perp.price),
            price_time=perp.publish_time,
            price_provisional=perp.provisional,
            grade=self.grade,
            score=self.score,
            score_provisional=rows.score.provisional,
            restricted=reasons != 0,
            reasons=reason_names(self.view, reasons),
            utilisation_bps=pool.utilisation_bps,
            utilisation_cap_bps=self.view.context.parameters.util_cap_bps,
            pool_size=str(pool.nav),
            share_price=str(pool.share_price),
            premium_rate_bps=rows.premium.rate_bps,
            net_apy=self.net_apy,
            open_interest_long=str(long),
            open_interest_short=str(short),
            open_interest=str(max(long, short)),
            open_interest_cap=str(perp.oi_cap),
            open_positions=perp.open_positions,
            claims=rows.registry.claims,
            no_claims=rows.registry.no_claims,
            last_claim=self.last_claim,
        )


def load_lines(view: View, markets: Collection[str] | None = None) -> list[Line]:
    """All of them, or some; `add_rest` completes those that are shown."""
    return [Line(view, rows) for rows in load_listed(view, markets)]


def add_rest(view: View, lines: Sequence[Line]) -> None:
    """Last claim and yield, which other tables hold."""
    ids = sorted(one.market_id for one in lines)
    claims = {row.market_id: _last_claim(row) for row in view.rows(_LAST, markets=ids)}
    yields = listed_yields(view, ids)
    for one in lines:
        one.last_claim, one.net_apy = claims.get(one.market_id), yields.get(one.market_id)


def _last_claim(row: Any) -> LastClaim:
    return LastClaim(
        claim=row.address,
        sequence=row.sequence,
        paid_at=row.timestamp or None,
        deficit=str(row.deficit_amount),
        payout=str(row.payout_amount),
        fully_covered=row.fully_covered,
    )
