"""Share price, size and flows of a pool in equal steps, for charts."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import func, select
from sqlmodel import Session, col

from offchain.database.tables.share_price import SharePrice

LAST = ("share_price", "tvl", "available_balance", "utilisation_bps", "required_reserve", "total_shares", "generation")
"""Columns of which a step shows the last value."""
SUMS = ("deposited", "withdrawn", "revested", "vested", "performance_fee", "claimed", "swept")
"""Columns that a step sums up; `available_balance` moves by them, see docs/histories.md."""
MOST = 5_000
"""Most steps in one series."""


class PoolStep(msgspec.Struct, frozen=True):
    """One step; it ends where the next begins. Amounts are atoms, share prices 1e9 = one atom a share."""

    start: int
    """Unix seconds."""
    slot: int
    """Of the last event that it counts."""
    filled: bool
    """Nothing happened: the values are those of the step before, the sums 0."""
    share_price: int
    """At its end, as all others up to the sums."""
    tvl: int
    """All that can pay claims."""
    available_balance: int
    utilisation_bps: int
    required_reserve: int
    total_shares: int
    generation: int
    deposited: int
    """In the step, as all that follow."""
    withdrawn: int
    revested: int
    vested: int
    performance_fee: int
    claimed: int
    swept: int


def pool_series(session: Session, market: str, from_time: int, to_time: int, step: int) -> list[PoolStep]:
    """Steps of `step` seconds that cover `from_time .. to_time`, from the pool's first row on, without gaps.

    Steps begin at multiples of `step`. ValueError for more than MOST of them.
    """
    begin, end = from_time - from_time % step, to_time - to_time % step
    if step < 1 or (end - begin) // step >= MOST:
        raise ValueError(f"at most {MOST} steps: ask for longer ones")
    before = _state_before(session, market, begin)
    found = {found.start: found for found in _rows(session, market, begin, to_time, step)}
    return list(_without_gaps(found, before, begin, end, step))


def _without_gaps(
    found: dict[int, PoolStep], before: PoolStep | None, begin: int, end: int, step: int
) -> Iterator[PoolStep]:
    last = before
    for start in range(begin, end + 1, step):
        if start in found:
            last = found[start]
            yield last
        elif last is not None:
            nothing = dict.fromkeys(SUMS, 0)
            last = msgspec.structs.replace(last, start=start, filled=True, **nothing)
            yield last


def _rows(session: Session, market: str, begin: int, to_time: int, step: int) -> Iterator[PoolStep]:
    """Steps with at least one row: sums over it, and the values of its last row."""
    start = col(SharePrice.block_time) - col(SharePrice.block_time) % step
    order = (col(SharePrice.slot).desc(), col(SharePrice.position).desc(), col(SharePrice.number).desc())
    table: Any = SharePrice.__table__  # type: ignore[attr-defined]
    ranked = (
        select(
            start.label("start"),
            func.row_number().over(partition_by=start, order_by=order).label("rank"),
            *(func.sum(table.c[name]).over(partition_by=start).label(f"sum_{name}") for name in SUMS),
            *(table.c[name] for name in ("slot", *LAST)),
        )
        .where(
            col(SharePrice.market_id) == market,
            col(SharePrice.block_time) >= begin,
            col(SharePrice.block_time) <= to_time,
        )
        .subquery()
    )
    columns = [ranked.c.start, ranked.c.slot, *(ranked.c[name] for name in LAST)]
    sums = [ranked.c[f"sum_{name}"] for name in SUMS]
    rows = session.execute(select(*columns, *sums).where(ranked.c.rank == 1).order_by(ranked.c.start))
    for at, slot, *values in rows:
        yield PoolStep(at, slot, False, *(int(value) for value in values))


def _state_before(session: Session, market: str, begin: int) -> PoolStep | None:
    table: Any = SharePrice.__table__  # type: ignore[attr-defined]
    row = session.execute(
        select(*(table.c[name] for name in ("block_time", "slot", *LAST)))
        .where(table.c.market_id == market, table.c.block_time < begin)
        .order_by(table.c.slot.desc(), table.c.position.desc(), table.c.number.desc())
        .limit(1)
    ).first()
    return PoolStep(row[0], row[1], True, *row[2:], *(0 for _ in SUMS)) if row else None
