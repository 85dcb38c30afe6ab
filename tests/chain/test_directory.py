"""All markets from the chain alone, and kept up to date account by account."""

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.accounts import AccountError
from offchain.chain.backends.rpc import AsyncRpcChain
from offchain.chain.directory import Directory, load_directory, reload
from offchain.localnet.server import serving
from tests.support.market import Market
from tests.support.world import World


def test_a_market_is_found_with_everything_that_belongs_to_it(world: World, market: Market) -> None:
    provider = market.cover("150000")
    trader = market.trader("60000")
    nonce = market.open(trader, is_long=True, base="1", margin="2000")
    directory = load_directory(world.chain, world.at)
    (found,) = directory.markets()
    assert found.id == market.id
    assert found.perp == market.perp()
    assert found.pool == market.pool()
    assert found.feed.price == world.last_price
    assert list(found.positions) == [market.m.perp_position(trader.key, nonce)]
    assert [held.provider for held in found.providers.values()] == [provider.key]
    assert directory.schedule.epoch(world.now) == world.epoch
    assert directory.on_feed(world.feed) == {market.id}


def test_a_position_leaves_when_it_is_closed(world: World, market: Market) -> None:
    market.cover("150000")
    trader = market.trader("60000")
    nonce = market.open(trader, is_long=True, base="1", margin="2000")
    directory = load_directory(world.chain, world.at)
    market.close(trader, nonce)
    address = market.m.perp_position(trader.key, nonce)
    account = world.chain.account(address)
    assert account is not None
    assert list(directory.put(address, account)) == [market.id]
    found = directory.market(market.id)
    assert found is not None and not found.positions


def test_a_price_concerns_every_market_on_its_feed(world: World, market: Market) -> None:
    second = world.open_market(index=1)
    directory = load_directory(world.chain, world.at)
    world.advance(seconds=1)
    world.push_price("8100")
    account = world.chain.account(world.feed)
    assert account is not None
    assert set(directory.put(world.feed, account)) == {market.id, second.id}
    found = directory.market(second.id)
    assert found is not None and found.feed.price == 8_100_000_000


def test_an_older_account_than_the_known_one_is_passed_over(world: World, market: Market) -> None:
    directory = load_directory(world.chain, world.at)
    before = world.chain.account(world.feed)
    world.advance(seconds=1)
    world.push_price("8100")
    after = world.chain.account(world.feed)
    assert before is not None and after is not None
    directory.put(world.feed, after, slot=20)
    assert not directory.put(world.feed, before, slot=19)
    assert directory.feeds[world.feed].price == 8_100_000_000


def test_an_unregistered_market_is_not_listed(world: World) -> None:
    stranger = Pubkey.new_unique()
    directory = load_directory(world.chain, world.at)
    assert directory.market(stranger) is None


def test_foreign_and_damaged_accounts_are_passed_over(world: World, market: Market) -> None:
    directory = Directory(world.at)
    account = world.chain.account(market.m.pool)
    assert account is not None
    foreign = Account(account.lamports, account.data, Pubkey.new_unique())
    short = Account(account.lamports, account.data[:40], account.owner)
    assert not directory.put(market.m.pool, foreign)
    assert not directory.put(market.m.pool, short)
    with pytest.raises(AccountError, match="not configured"):
        _ = directory.schedule


async def test_the_same_over_rpc(world: World, market: Market) -> None:
    directory = Directory(world.at)
    with serving(world.local) as endpoints:
        chain = AsyncRpcChain.connect(endpoints.http)
        try:
            assert await reload(directory, chain) == {market.id}
        finally:
            await chain.close()
    assert directory.markets() == load_directory(world.chain, world.at).markets()
