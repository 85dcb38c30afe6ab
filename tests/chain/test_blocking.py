"""A chain that is asked from a thread while the loop goes on."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from offchain.chain.backends.base import Chain
from offchain.chain.backends.blocking import in_thread
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.rpc import RpcError
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.instructions import insurance_pool
from offchain.chain.transactions import build, build_unsigned
from offchain.localnet.server import serving
from tests.support.patience import wait_until
from tests.support.world import World


@pytest.fixture
async def chain(world: World) -> AsyncIterator[FailoverChain]:
    """The world's chain behind a node."""
    with serving(world.local) as endpoints:
        found = FailoverChain([endpoints.http])
        yield found
        await found.close()


async def test_every_question_has_the_embedded_chains_answer(world: World, chain: FailoverChain) -> None:
    user = world.user(usdc="100")
    step = insurance_pool.deposit(user.key, world.market.id, user.token, 10_000_000, 0, world.epoch)

    ticks: list[None] = []

    def work(local: Chain) -> int:
        m = world.market.m
        assert local.account(m.pool) == world.chain.account(m.pool)
        assert local.accounts([m.pool, user.key]) == world.chain.accounts([m.pool, user.key])
        start = bytes(InsurancePool.discriminator)
        assert local.owned_by(world.at.insurance_pool, start) == world.chain.owned_by(world.at.insurance_pool, start)
        assert local.now() == world.now
        wait_until(lambda: len(ticks) > 2, "the loop, while this thread works,")
        assert local.simulate(build_unsigned([step], user.key, local.blockhash())).err is None
        return local.send(build([step], [user.pair], local.blockhash())).units

    counting = asyncio.create_task(_count(ticks))
    units = await in_thread(chain, work)
    counting.cancel()
    assert units > 10_000 and world.market.position_of(user, world.epoch).deposited_amount == 10_000_000


async def test_failures_come_through(world: World, chain: FailoverChain) -> None:
    await chain.close()
    away = FailoverChain(["http://127.0.0.1:9"], timeout=1.0)
    with pytest.raises(RpcError, match="check the address"):
        await in_thread(away, lambda local: local.now())
    await away.close()


async def _count(ticks: list[None]) -> None:
    while True:
        ticks.append(None)
        await asyncio.sleep(0.001)
