"""A program of the attacker's in the place of a trusted one would receive the caller's signature."""

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.instructions import demo_market, insolvency_handler, insurance_pool, premium_manager, risk_engine
from offchain.settings.paths import ARTIFACTS
from tests.attacks.moves import gap
from tests.support.forging import swap
from tests.support.keys import keypair
from tests.support.market import Market
from tests.support.world import World

Scene = tuple[World, Market]
EVIL = keypair("evil program").pubkey()


@pytest.fixture
def scene(world: World, market: Market) -> Scene:
    """A market with a trade, a bankrupt position, a released and a reserved claim; and the attacker's program.

    The program is the demo market's own code at another address, so that it takes every call without complaint.
    """
    market.cover("300000")
    first, second = market.trader("20000"), market.trader("20000")
    nonce = market.open(first, True, "10", "6000")
    gap(world, market, "6600")
    market.claim(first, nonce)
    nonce = market.open(second, True, "10", "6000")
    gap(world, market, "5500")
    market.liquidate(second, nonce)
    world.local.add_program(EVIL, ARTIFACTS / "deploy" / "demo_market.so")
    return world, market


def calls(world: World, market: Market) -> dict[str, tuple[Instruction, Pubkey]]:
    """Each instruction that calls another program, with the program it calls."""
    keeper, at, feed = world.keeper, world.at, world.feed
    return {
        "report": (demo_market.report(keeper.key, market.id, 2), at.insolvency_handler),
        "report, pool": (demo_market.report(keeper.key, market.id, 2), at.insurance_pool),
        "push_statistics": (demo_market.push_statistics(keeper.key, market.id), at.risk_engine),
        "settle_fees": (demo_market.settle_fees(keeper.key, market.id), at.premium_manager),
        "sync_market": (risk_engine.sync_market(keeper.key, market.id, feed), at.demo_market),
        "update_score": (risk_engine.update_score(keeper.key, market.id, feed), at.premium_manager),
        "update_score, pool": (risk_engine.update_score(keeper.key, market.id, feed), at.insurance_pool),
        "route_premiums": (premium_manager.route_premiums(keeper.key, market.id, keeper.token), at.insurance_pool),
        "report_arrears": (premium_manager.report_arrears(keeper.key, market.id), at.risk_engine),
        "report_reserve": (insurance_pool.report_reserve(keeper.key, market.id), at.risk_engine),
        "report_offset": (insurance_pool.report_offset(keeper.key, market.id), at.premium_manager),
        "collect_claim_fee": (
            insolvency_handler.collect_claim_fee(keeper.key, market.id, 1, keeper.token),
            at.insurance_pool,
        ),
    }


NAMES = [
    *["report", "report, pool", "push_statistics", "settle_fees", "sync_market", "update_score"],
    *["update_score, pool", "route_premiums", "report_arrears", "report_reserve", "report_offset"],
    "collect_claim_fee",
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("forger", ["evil", "trusted"])
def test_attack_no_call_reaches_a_forged_program(scene: Scene, name: str, forger: str) -> None:
    world, market = scene
    world.send(insolvency_handler.open_claim(world.keeper.key, market.id, 2))
    world.advance(epochs=1)
    world.push_price()
    market.sync()
    if name.startswith("update_score"):
        world.send(demo_market.push_statistics(world.keeper.key, market.id))
    good, program = calls(world, market)[name]
    # Even a program that is trusted elsewhere is refused in a place that is not its own.
    wrong = EVIL if forger == "evil" else other_than(world, program, good)
    with world.expect_error("E_PROGRAM") as caught:
        world.send(swap(good, program, wrong), payer=world.keeper)
    assert not any(str(wrong) in line and "invoke" in line for line in caught[0].logs)


def other_than(world: World, program: Pubkey, instruction: Instruction) -> Pubkey:
    """A program of the protocol that this instruction does not name yet."""
    named = {meta.pubkey for meta in instruction.accounts} | {program, instruction.program_id}
    return next(key for key in world.at.programs.values() if key not in named)


def test_attack_a_claim_is_released_to_no_forged_program(scene: Scene) -> None:
    world, market = scene
    market.report()
    good = insurance_pool.release_funds(world.keeper.key, market.id, 2)
    for program in (world.at.insolvency_handler, world.at.demo_market):
        with world.expect_error("E_PROGRAM"):
            world.send(swap(good, program, EVIL))
    market.release()


def test_attack_a_resolution_is_forced_in_no_forged_market(scene: Scene) -> None:
    world, market = scene
    trader = market.trader("10000")
    nonce = market.open(trader, True, "5", "3000")
    gap(world, market, "4500")
    keeper = world.keeper
    good = insurance_pool.force_resolution(keeper.key, market.id, trader.key, nonce, keeper.token)
    with world.expect_error("E_PROGRAM"):
        world.send(swap(good, world.at.demo_market, EVIL))
    world.send(good)


def test_attack_a_forged_token_program_moves_no_ledger(scene: Scene) -> None:
    # It would take the order to transfer, move nothing, and leave the ledgers as if it had.
    world, market = scene
    keeper = world.keeper
    market.report()
    trader = market.trader("10000")
    nonce = market.open(trader, False, "1", "3000")
    for good in (
        demo_market.settle_fees(keeper.key, market.id),
        demo_market.fund_house(world.creator.key, market.id, world.creator.token, 1),
        demo_market.close_position(trader.key, market.id, nonce, trader.token, 2**64 - 1),
        insurance_pool.release_funds(keeper.key, market.id, 2),
    ):
        with world.expect_error("PROGRAM_ID"):
            world.send(swap(good, TOKEN_PROGRAM, EVIL))


def test_attack_a_forged_engine_is_no_market(scene: Scene) -> None:
    # The attacker's engine is not allow-listed; and a market of the listed one is no PDA of the attacker's program.
    world, market = scene
    stranger = world.user()
    with world.expect_error("E_ADMIN"):
        world.send(swap(risk_engine.allow_engine(world.admin.key, EVIL), world.admin.key, stranger.key))
    world.send(risk_engine.allow_engine(world.admin.key, EVIL))
    good = risk_engine.sync_market(world.keeper.key, market.id, world.feed)
    with world.expect_error("E_RELATION"):
        world.send(swap(good, world.at.engine(world.at.demo_market), world.at.engine(EVIL)))
