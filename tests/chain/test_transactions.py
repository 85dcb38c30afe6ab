"""Building, measuring and sending."""

import pytest
from solders.compute_budget import set_compute_unit_limit, set_compute_unit_price
from solders.keypair import Keypair
from solders.message import MessageV0
from solders.pubkey import Pubkey

from offchain.chain import recipes, tokens, transactions
from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.chain.errors import ProgramError
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.transactions import Options
from tests.support.market import Market
from tests.support.world import World


def test_the_loader_key_joins_one_instruction_of_a_deployed_program(world: World, market: Market) -> None:
    user = world.user()
    create = tokens.create_associated(user.key, user.key, world.mint)
    sync = risk_engine.sync_market(user.key, market.id, world.feed)
    marked = transactions.with_loader([create, sync, sync])
    assert [found.accounts[-1].pubkey == UPGRADEABLE_LOADER for found in marked] == [False, True, False]
    assert not marked[1].accounts[-1].is_writable
    assert marked[1].accounts[:-1] == sync.accounts
    assert transactions.with_loader([create]) == [create]


def test_options(world: World, market: Market) -> None:
    sync = risk_engine.sync_market(world.keeper.key, market.id, world.feed)
    blockhash = world.chain.blockhash()
    built = transactions.build([sync], [world.keeper.pair], blockhash, Options(units=200_000, priority=7, v0=True))
    assert isinstance(built.message, MessageV0)
    budget = [bytes(found.data) for found in built.message.instructions[:2]]
    assert budget == [bytes(set_compute_unit_limit(200_000).data), bytes(set_compute_unit_price(7).data)]
    assert built.message.recent_blockhash == blockhash
    assert all(built.verify_with_results())
    assert world.chain.send(built).err is None


def test_the_first_signer_pays_and_none_may_be_missing(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 10_000_000, 0, world.epoch)
    built = transactions.build([deposit], [world.keeper.pair, user.pair], world.chain.blockhash())
    assert built.message.account_keys[0] == world.keeper.key
    assert all(built.verify_with_results())
    with pytest.raises(ValueError, match=f"the signature of {user.key} is missing"):
        transactions.build([deposit], [world.keeper.pair], world.chain.blockhash())


def test_the_unit_limit_comes_from_a_simulation_plus_a_tenth(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 10_000_000, 0, world.epoch)
    options = transactions.measure(world.chain, [deposit], user.key, Options(priority=5))
    assert market.pool().available_balance == 0
    sent = transactions.send(world.chain, [deposit], [user.pair], options)
    assert options.priority == 5
    assert options.units is not None
    assert sent.units <= options.units <= sent.units * 11 // 10 + 1_000


def test_a_failing_simulation_sends_nothing(world: World, market: Market) -> None:
    user = world.user(usdc="10")
    before = world.chain.account(user.key)
    deposit = insurance_pool.deposit(user.key, market.id, user.token, 1, 0, world.epoch)
    with pytest.raises(ProgramError, match="E_MIN_DEPOSIT"):
        transactions.send_measured(world.chain, [deposit], [user.pair])
    assert world.chain.account(user.key) == before


def test_what_the_network_does_not_carry_is_refused_before_sending(world: World) -> None:
    payer = Keypair()
    many = [tokens.create_associated(payer.pubkey(), Pubkey.new_unique(), world.mint) for _ in range(20)]
    assert transactions.size_of(many, payer.pubkey()) > transactions.MAX_BYTES
    with pytest.raises(ValueError, match="the network carries 1232"):
        transactions.build(many, [payer], world.chain.blockhash())


@pytest.mark.parametrize("record_exists", [False, True])
@pytest.mark.parametrize("v0", [False, True])
def test_a_claim_fits_one_transaction(market: Market, record_exists: bool, v0: bool) -> None:
    keeper, owner, token = (Keypair().pubkey() for _ in range(3))
    steps = recipes.claim(keeper, market.id, (owner, 7), token, 1, record_exists)
    options = Options(units=200_000, priority=1000, v0=v0)
    size = transactions.size_of(steps, keeper, options)
    assert size == len(bytes(transactions.build_unsigned(steps, keeper, market.world.chain.blockhash(), options)))
    assert size <= transactions.MAX_BYTES, size
    assert len(steps) == (3 if record_exists else 4)
