"""Choosing among a job's transactions by simulation."""

from dataclasses import replace

import pytest

from offchain.chain.backends.failover import FailoverChain
from offchain.chain.errors import ProgramError
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool
from offchain.keeper.job import Job
from offchain.keeper.plan import Plan, TooLargeError, choose
from tests.keeper.duties.test_liquidation import fall
from tests.support.duties import the_job
from tests.support.keeping import Place
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture
def job(world: World, market: Market) -> Job:
    """A position beyond the extreme, with everything that belongs to its claim."""
    market.cover("150000")
    market.open(market.trader("60000"), is_long=True, base="20", margin="10000")
    fall(world, "6400", "6400")
    return the_job("resolution", market)


async def choice(place: Place, job: Job, priority: int = 0) -> Plan:
    """What the keeper would send."""
    chain = FailoverChain([place.endpoints.http])
    try:
        return await choose(job, chain, place.world.keeper.key, place.world.at, priority)
    finally:
        await chain.close()


async def test_the_best_variant_comes_with_its_costs_income_and_limit(place: Place, job: Job) -> None:
    plan = await choice(place, job)
    assert plan.steps == job.variants[0]
    assert plan.options.units is not None and 150_000 < plan.options.units < 300_000
    assert plan.lamports == 5_000 + 2_449_920
    assert plan.usdc == 5_000_000 + 3_000_000


async def test_a_priority_fee_is_part_of_the_costs(place: Place, job: Job) -> None:
    plan = await choice(place, job, priority=1_000_000)
    assert plan.options.priority == 1_000_000
    assert plan.options.units is not None
    assert plan.lamports == 5_000 + 2_449_920 + plan.options.units


async def test_where_nothing_is_released_the_next_smaller_variant_is_taken(place: Place, world: World) -> None:
    market = world.market
    steps = demo_market.settle_fees(world.keeper.key, market.id)
    release = insurance_pool.release_funds(world.keeper.key, market.id, 1)
    sync = demo_market.push_statistics(world.keeper.key, market.id)
    plan = await choice(place, Job("score", market.id, "x", ((sync, release), (sync, steps), (sync,))))
    assert plan.steps == (sync,)


async def test_a_variant_with_an_instruction_that_failed_is_not_tried_again(
    place: Place, world: World, job: Job
) -> None:
    healthy = replace(job, variants=tuple(steps for steps in job.variants if len(steps) <= 2))
    world.advance(seconds=30)
    world.push_price("8000")
    with pytest.raises(ProgramError) as caught:
        await choice(place, healthy)
    assert caught.value.code in ("E_NOT_EXTREME", "E_HEALTHY")


async def test_a_record_that_exists_means_that_the_chain_has_moved_on(place: Place, world: World, job: Job) -> None:
    world.send(insolvency_handler.open_claim(world.keeper.key, job.subject, 1))
    with pytest.raises(ProgramError) as caught:
        await choice(place, job)
    assert caught.value.code == "ACCOUNT_EXISTS"


async def test_what_fits_no_transaction_says_so(place: Place, job: Job) -> None:
    huge = replace(job, variants=(tuple(step for steps in job.variants[:1] * 3 for step in steps),))
    with pytest.raises(TooLargeError, match="has less than 1232 bytes"):
        await choice(place, huge)
