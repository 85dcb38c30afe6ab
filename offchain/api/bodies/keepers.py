"""Keepers as documents."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select

from offchain.api.bodies.figures import keeper_profit
from offchain.api.pages import page_after
from offchain.api.problems import not_found
from offchain.api.reading import View
from offchain.api.schemas import kinds
from offchain.api.schemas.keepers import Crank, Earning, Earnings, Keeper, KeeperDetail
from offchain.database.tables.event import Event
from offchain.database.tables.keeper_earning import KeeperEarning
from offchain.database.tables.transaction import Transaction
from offchain.processor.store import KeeperFigures, read_all_figures

CRANKS: dict[str, kinds.Crank] = {
    "ScoreUpdated": "score",
    "StatisticsPushed": "statistics",
    "MarketSynced": "sync",
    "ReserveReported": "reserve",
    "PremiumsRouted": "premiums",
    "ArrearsReported": "arrears",
    "FeesSettled": "fees",
    "PositionLiquidated": "liquidation",
    "DeficitSubmitted": "claim",
    "FundsReleased": "claim",
    "ExitFlagged": "exit",
}
"""Event of an instruction that anyone may call -> the duty. Its actor is who called. ProfitVested is none of them: it
names the trader, whoever called, and traders who take their own profit are no keepers."""
_EVENTS: Any = Event.__table__  # type: ignore[attr-defined]
_EARNED: Any = KeeperEarning.__table__  # type: ignore[attr-defined]
_EVERY = select(_EARNED)
_TIMES: Any = Transaction.__table__  # type: ignore[attr-defined]


def every_keeper(view: View) -> list[Keeper]:
    """Everybody who ever turned a crank or earned by it."""
    return _keepers(view, None)


def detail(view: View, keeper: str) -> KeeperDetail:
    """One of them; Problem 404."""
    found = _keepers(view, keeper)
    if not found:
        raise not_found(f"{keeper} has turned no crank here: /v1/keepers lists who has")
    return KeeperDetail(as_of_slot=view.slot, keeper=found[0])


def earnings(view: View, keeper: str | None, market_id: str | None, limit: int, cursor: str | None) -> Earnings:
    """Earnings, newest first, of one keeper or market where one is named."""
    equals = {"actor": keeper, "market_id": market_id}
    found = page_after(view, _EVERY, equals, limit, cursor, f"earnings {keeper} {market_id}")
    return Earnings(as_of_slot=view.slot, items=[_earning(row) for row in found.rows], next=found.next)


def _keepers(view: View, only: str | None) -> list[Keeper]:
    cranks, earned = _cranks(view, only), _earned(view, only)
    figures = read_all_figures(view.session, KeeperFigures)
    found = []
    for keeper in cranks.keys() | earned.keys():
        turned = sorted(cranks.get(keeper, []), key=lambda one: (-one.count, one.event))
        sums = earned.get(keeper, {})
        last = max(turned, key=lambda one: one.last_slot, default=None)
        made = figures.get(keeper)
        found.append(
            Keeper(
                keeper=keeper,
                cranks=sum(one.count for one in turned),
                by_crank=turned,
                last_slot=last.last_slot if last else 0,
                last_at=last.last_at if last else None,
                bounties=str(sums.get("bounty", 0)),
                claim_fees=str(sums.get("claim_fee", 0)),
                liquidations=str(sums.get("liquidation", 0)),
                earned=str(sum(sums.values())),
                profits=[keeper_profit(one) for one in made.figures.profits] if made else [],
            )
        )
    return found


def _cranks(view: View, only: str | None) -> dict[str, list[Crank]]:
    columns = (_EVENTS.c.actor, _EVENTS.c.name, func.count(), func.max(_EVENTS.c.slot))
    query = select(*columns).where(_EVENTS.c.name.in_(list(CRANKS)), _EVENTS.c.actor.is_not(None))
    if only is not None:
        query = query.where(_EVENTS.c.actor == only)
    rows = view.session.execute(query.group_by(_EVENTS.c.actor, _EVENTS.c.name)).all()
    times = _times(view, {slot for _, _, _, slot in rows})
    found = defaultdict(list)
    for actor, name, count, slot in rows:
        crank = Crank(event=name, duty=CRANKS[name], count=count, last_slot=slot, last_at=times.get(slot))
        found[actor].append(crank)
    return dict(found)


def _times(view: View, slots: set[int]) -> Mapping[int, int | None]:
    query = select(_TIMES.c.slot, func.max(_TIMES.c.block_time)).where(_TIMES.c.slot.in_(slots)).group_by(_TIMES.c.slot)
    return {row[0]: row[1] for row in view.session.execute(query)}


def _earned(view: View, only: str | None) -> dict[str, dict[str, int]]:
    query = select(_EARNED.c.actor, _EARNED.c.kind, func.sum(_EARNED.c.amount))
    if only is not None:
        query = query.where(_EARNED.c.actor == only)
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for actor, kind, amount in view.session.execute(query.group_by(_EARNED.c.actor, _EARNED.c.kind)):
        found[actor][kind] = int(amount)
    return dict(found)


def _earning(row: Any) -> Earning:
    return Earning(
        kind=row.kind,
        signature=row.signature,
        number=row.number,
        slot=row.slot,
        time=row.block_time,
        epoch=row.epoch,
        market_id=row.market_id,
        keeper=row.actor,
        amount=str(row.amount),
        sequence=row.sequence,
        perp_position=row.perp_position,
    )
