"""The same client on all backends: embedded, and behind RPC with and without asyncio."""

from collections.abc import AsyncIterator, Iterator

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain import transactions
from offchain.chain.accounts import decode_account
from offchain.chain.backends import Chain
from offchain.chain.backends.rpc import MAX_ACCOUNTS, AsyncRpcChain, RpcChain, RpcError
from offchain.chain.errors import ProgramError
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.instructions import insurance_pool
from offchain.localnet.connect import client_of
from offchain.localnet.server import serving
from tests.support.market import Market
from tests.support.world import World


@pytest.fixture(params=["embedded", "rpc"])
def chain(request: pytest.FixtureRequest, world: World) -> Iterator[Chain]:
    """The world's chain, directly or through a port."""
    if request.param == "embedded":
        yield world.chain
        return
    with serving(world.local) as endpoints:
        connected = RpcChain.connect(endpoints.http)
        yield connected
        connected.close()


@pytest.fixture
async def remote(world: World) -> AsyncIterator[AsyncRpcChain]:
    """The world's chain behind RPC, for asyncio."""
    connected = AsyncRpcChain(client_of(world.local))
    yield connected
    await connected.close()


def essence(account: Account | None) -> tuple[object, ...] | None:
    """All but the rent epoch, which has no meaning any more and which RPC nodes show as the largest number."""
    return account and (account.lamports, account.data, account.owner, account.executable)


def test_reading(chain: Chain, world: World, market: Market) -> None:
    assert chain.now() == world.now
    assert chain.account(Pubkey.new_unique()) is None
    addresses = [market.m.pool, Pubkey.new_unique(), market.m.registry]
    found = [essence(account) for account in chain.accounts(addresses)]
    assert found == [essence(world.chain.account(address)) for address in addresses]
    owned = {key: essence(account) for key, account in chain.owned_by(world.at.insurance_pool)}
    assert owned == {key: essence(account) for key, account in world.chain.owned_by(world.at.insurance_pool)}
    assert market.m.pool in owned


def test_many_accounts_take_several_requests(chain: Chain, world: World) -> None:
    addresses = [Pubkey.new_unique() for _ in range(MAX_ACCOUNTS)] + [world.feed]
    assert essence(chain.accounts(addresses)[-1]) == essence(world.chain.account(world.feed))


def test_sending(chain: Chain, world: World, market: Market) -> None:
    user = world.user(usdc="20")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 20_000_000, 0, world.epoch)
    outcome = transactions.send_measured(chain, [deposit], [user.pair])
    record = world.local.transaction(outcome.signature)
    assert record is not None
    found = (outcome.units, outcome.logs, outcome.slot, outcome.block_time)
    assert found == (record.units, record.logs, record.slot, record.block_time)
    pool = decode_account(InsurancePool, chain.account(market.m.pool), world.at.insurance_pool, market.m.pool)
    assert pool.available_balance == 20_000_000


def test_refusals(chain: Chain, world: World, market: Market) -> None:
    user = world.user(usdc="20")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 1, 0, world.epoch)
    for send in (transactions.send, transactions.send_measured):
        with pytest.raises(ProgramError) as caught:
            send(chain, [deposit], [user.pair])
        assert (caught.value.code, caught.value.instruction) == ("E_MIN_DEPOSIT", "deposit")
    assert market.pool().available_balance == 0


def test_a_repeated_transaction(chain: Chain, world: World, market: Market) -> None:
    user = world.user(usdc="20")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 20_000_000, 0, world.epoch)
    transaction = transactions.build([deposit], [user.pair], chain.blockhash())
    assert chain.send(transaction).err is None
    with pytest.raises(ProgramError) as caught:
        chain.send(transaction)
    assert caught.value.code == "REPEATED"


async def test_asyncio(remote: AsyncRpcChain, world: World, market: Market) -> None:
    user = world.user(usdc="20")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 20_000_000, 0, world.epoch)
    outcome = await transactions.send_async(remote, [deposit], [user.pair], transactions.Options(priority=9))
    assert outcome.err is None
    assert world.local.transaction(outcome.signature) is not None
    assert market.pool().available_balance == 20_000_000
    assert await remote.now() == world.now
    low = insurance_pool.top_up(user.key, market.id, user.token, 1, 0, world.epoch)
    with pytest.raises(ProgramError, match="E_MIN_DEPOSIT"):
        await transactions.send_async(remote, [low], [user.pair])


def test_nobody_there() -> None:
    chain = RpcChain.connect("http://127.0.0.1:9", timeout=2)
    with pytest.raises(RpcError, match="can't be reached"):
        chain.blockhash()
    chain.close()
