"""One round of one market's duties by hand, one job after another, until nothing more is due."""

import asyncio
from dataclasses import dataclass

from solders.pubkey import Pubkey

from offchain.errors import PercosecError
from offchain.keeper.job import Job
from offchain.keeper.keeper import Keeper

MOST = 64
"""Jobs in one round; a market with more than that needs a keeper."""


@dataclass(frozen=True, slots=True)
class Row:
    """One job of the round and what came of it."""

    duty: str
    key: str
    outcome: str
    """`done`, `others first`, `dry`, `unprofitable`, ..., or `error: ...`."""
    lamports: int
    """Spent."""
    usdc: int
    """Earned, atoms."""


async def play_round(keeper: Keeper, market_id: Pubkey) -> list[Row]:
    """Everything that is due in a market, most urgent first, and what that makes due; PercosecError at the start."""
    courier = None
    try:
        await keeper.prepare()
        _check(keeper, market_id)
        courier = asyncio.create_task(keeper.executor.run())
        return await _rounds(keeper, market_id)
    finally:
        if courier is not None:
            courier.cancel()
            await asyncio.gather(courier, return_exceptions=True)
        await keeper.close()


async def _rounds(keeper: Keeper, market_id: Pubkey) -> list[Row]:
    tried: set[str] = set()
    rows: list[Row] = []
    while len(rows) < MOST:
        job = await _next(keeper, market_id, tried)
        if job is None:
            break
        tried.add(job.key)
        keeper.tally.of(job.duty).seen += 1
        before = keeper.tally.sums()
        outcome = await keeper.workers.do(job)
        after = keeper.tally.sums()
        spent, earned = after["lamports"] - before["lamports"], after["usdc"] - before["usdc"]
        rows.append(Row(job.duty, job.key, outcome, spent, earned))
    return rows


async def _next(keeper: Keeper, market_id: Pubkey, tried: set[str]) -> Job | None:
    """The first job that was not tried yet: urgent duties come first, the heaviest before others."""
    found: list[Job] = []
    moment = await keeper.look_at_clock()
    view = keeper.mirror.directory.market(market_id)
    feeds = [view.config.oracle_feed] if view is not None else []
    keeper.planner.plan_prices(moment, lambda jobs: found.extend(job for job in jobs if job.subject in feeds))
    await keeper.planner.plan([market_id], moment, found.extend, lambda _market: False)
    waiting = [job for job in found if job.key not in tried]
    return min(waiting, key=lambda job: (job.lane.value != "urgent", -job.weight), default=None)


def _check(keeper: Keeper, market_id: Pubkey) -> None:
    view = keeper.mirror.directory.market(market_id)
    if view is None:
        raise PercosecError(f"{market_id} is no registered market of this deployment: percosec markets list shows them")
    if keeper.moment is None or not keeper.planner.serves(view, keeper.moment):
        raise PercosecError(
            f"{market_id} runs on {view.config.engine}, a market program that this keeper does not know"
        )
