"""Costs before anything is sent are what the chain takes."""

from offchain.admin.snapshot import _kinds
from offchain.chain.instructions import insurance_pool
from offchain.creation.costs import account_bytes, fees, read_rent
from offchain.creation.steps import parts, survey
from offchain.localnet.rent import minimum_balance
from tests.support.market import Market
from tests.support.world import World


def test_sizes_are_those_of_the_accounts_on_the_chain(world: World, market: Market) -> None:
    market.deposit(world.user(usdc="100"), "50")
    seen = set()
    for program, key in world.at.programs.items():
        for _, account in world.local.accounts_owned_by(key):
            kind = _kinds(program).get(account.data[:8])
            if kind is not None:
                assert account_bytes(kind) == len(account.data), kind.__name__
                seen.add(kind.__name__)
    assert {part.kind.__name__ for part in parts(world.at, market.id) if part.kind} < seen


def test_every_account_of_a_market_is_counted(world: World, market: Market) -> None:
    site = survey(world.chain, world.at, market.id)
    for part in parts(world.at, market.id):
        account = world.chain.account(part.address)
        assert account is not None and len(account.data) == part.bytes, part
        assert part.address in site.accounts
    assert site.status == 2


def test_rent_is_the_chains(world: World) -> None:
    rent = read_rent(world.chain)
    for size in (0, 165, 1016):
        assert rent.of(size) == minimum_balance(size)
    assert fees(7) == 35_000


def test_lamports_on_an_address_make_no_account(world: World) -> None:
    creator = world.user(name="a creator with friends")
    market_id = world.at.market_id(creator.key, 0)
    world.local.airdrop(world.at.market(market_id).pool, 10**9)
    assert survey(world.chain, world.at, market_id).accounts == {}
    # A blank that somebody else has paid for is used as it is.
    world.send(insurance_pool.open_pool(world.keeper.key, market_id))
    site = survey(world.chain, world.at, market_id)
    assert list(site.accounts) == [world.at.market(market_id).pool] and site.status == 0
