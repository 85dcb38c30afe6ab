"""A market creator registers, puts up a first-loss stake, and is refused where the engine is not the listed one."""

from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.instructions import insurance_pool, risk_engine
from offchain.chain.units import atoms
from tests.stories.figures import assert_solvent, crash
from tests.support.keys import User
from tests.support.world import World


def open_accounts(world: World, creator: User, index: int, design: recipes.MarketDesign) -> list[list[Instruction]]:
    """Send everything up to the registration; returns what remains: registration and terms."""
    groups = recipes.open_market(creator.key, index, world.mint, world.feed, design)
    for group in groups[:3]:
        world.send(*group)
    return groups[3:]


def test_a_creator_registers_a_market_and_stands_first_in_line(world: World) -> None:
    creator = world.user(usdc="20000", name="a new creator")
    design = recipes.default_design(depth=atoms("10000000"))
    rest = open_accounts(world, creator, 0, design)
    market_id = world.at.market_id(creator.key, 0)
    stranger = world.user()
    with world.expect_error("E_AUTHORITY"):
        register = recipes.register(stranger.key, market_id, world.feed, design)
        world.send(register)
    for group in rest:
        world.send(*group)
    with world.expect_error("E_STATE"):
        world.send(*rest[0])
    market = world.adopt(creator, 0, design)
    assert market.config().creator == creator.key
    assert market.config().active
    market.sync()
    world.crank_epoch()

    market.cover("50000")
    world.send(insurance_pool.fund_first_loss(creator.key, market.id, creator.token, atoms("4000")))
    assert market.pool().first_loss == atoms("4000")
    with world.expect_error("E_AUTHORITY"):
        world.send(insurance_pool.fund_first_loss(stranger.key, market.id, stranger.token, 1))

    # A claim of 10 000: the stake goes first, the providers lose the rest.
    trader = market.trader("20000")
    nonce = market.open(trader, is_long=True, base="20", margin="10000")
    crash(world, market, "6400")
    market.claim(trader, nonce)
    record = market.record(1)
    assert (record.first_loss_tier, record.capital_tier) == (atoms("4000"), atoms("6000"))
    assert market.pool().available_balance == atoms("44000")

    # What is left of a stake leaves by request and notice, once nothing is at risk.
    world.send(insurance_pool.fund_first_loss(creator.key, market.id, creator.token, atoms("3000")))
    world.crank_epoch()
    world.send(insurance_pool.request_stake(creator.key, market.id, atoms("3000")))
    with world.expect_error("E_NOTICE"):
        world.send(insurance_pool.execute_stake(creator.key, market.id, creator.token))
    world.go_to_epoch(world.epoch + design.notice_epochs - 2)
    world.crank_epochs(2)
    held = world.balance(creator)
    world.send(insurance_pool.execute_stake(creator.key, market.id, creator.token))
    assert world.balance(creator) - held == atoms("3000")
    assert_solvent(market)


def test_a_foreign_engine_is_refused(world: World) -> None:
    creator = world.user(name="a foreign creator")
    design = recipes.default_design(depth=atoms("10000000"))
    register, *_ = open_accounts(world, creator, 0, design)
    # The admin lists another program; a market of the demo program is no address of that one.
    foreign = world.at.insurance_pool
    world.send(risk_engine.allow_engine(world.admin.key, foreign))
    with world.expect_error("E_ENGINE"):
        world.send(_with_engine(world, register[0], foreign))
    # A program taken off the list takes no new markets.
    world.send(risk_engine.remove_engine(world.admin.key, world.at.demo_market))
    with world.expect_error("E_STATE"):
        world.send(register[0])
    world.send(risk_engine.restore_engine(world.admin.key, world.at.demo_market))
    world.send(register[0])


def _with_engine(world: World, register: Instruction, program: Pubkey) -> Instruction:
    """The registration with the listing of another program."""
    listing = world.at.engine(world.at.demo_market)
    metas = [
        AccountMeta(world.at.engine(program), meta.is_signer, meta.is_writable) if meta.pubkey == listing else meta
        for meta in register.accounts
    ]
    return Instruction(register.program_id, register.data, metas)
