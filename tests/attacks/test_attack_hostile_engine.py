"""A listed market program that turns hostile: the signatures it is called with are worth nothing outside its market."""

from dataclasses import dataclass

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain import recipes
from offchain.chain.addresses import LOCALNET, TOKEN_PROGRAM, Addresses
from offchain.chain.errors import ProgramError
from offchain.chain.instructions import insolvency_handler, insurance_pool, risk_engine
from offchain.chain.instructions.checked import checked
from offchain.chain.units import atoms
from offchain.settings.paths import ROOT
from tests.attacks.hostile_engine.generated.client.hostile_engine import instructions as hostile
from tests.attacks.hostile_engine.generated.client.hostile_engine.program_id import PROGRAM_ID
from tests.support.forging import raw
from tests.support.keys import User
from tests.support.market import Market
from tests.support.sent import Sent
from tests.support.world import World

BYTECODE = "tests/attacks/hostile_engine/generated/deploy/hostile_engine.so"
AT = Addresses({**LOCALNET.programs, "demo_market": PROGRAM_ID})
"""The protocol as the hostile engine's markets see it."""
INDEX = 3
DEFICIT = 10**10
UPDATE_RESERVE, APPLY_OFFSET, REMOVE_ENGINE = range(3)


@dataclass(frozen=True)
class Front:
    """The hostile engine's own live market, and who made it."""

    world: World
    boss: User
    id: Pubkey
    bump: int


@pytest.fixture
def front(world: World) -> Front:
    """The engine passes for honest: listed by the admin, its market registered, its terms in all programs."""
    boss = world.user(usdc="1000")
    key, bump = Pubkey.find_program_address([b"market", bytes(boss.key), INDEX.to_bytes(8, "little")], PROGRAM_ID)
    m = AT.market(key)
    world.local.add_program(PROGRAM_ID, ROOT / BYTECODE)
    world.local.set_account(m.vault, world.chain.account(world.token_account(key)))
    world.send(risk_engine.allow_engine(world.admin.key, PROGRAM_ID, AT))
    design = recipes.default_design(depth=atoms("1000000"))
    _, blanks, peers, _, *terms = recipes.open_market(boss.key, INDEX, world.mint, world.feed, design, AT)
    register = checked(hostile.register)(
        {
            "index": INDEX,
            "bump": bump,
            "max_leverage": design.max_leverage,
            "threshold": design.insolvency_threshold,
            "lock": design.lock_epochs,
            "notice": design.notice_epochs,
            "fee_bps": design.performance_fee_bps,
        },
        {
            "creator": boss.key,
            "market": key,
            "risk_program": AT.risk_engine,
            "risk_config": AT.risk_config,
            "engine": AT.engine(PROGRAM_ID),
            "market_config": m.config,
            "feed": world.feed,
            "vault": m.vault,
        },
    )
    for group in (blanks, peers, [register], *terms):
        world.send(*group)
    return Front(world, boss, key, bump)


def reached(caught: list[ProgramError], program: Pubkey) -> bool:
    """Whether the engine's call got as far as the program of its choice."""
    return any(f"Program {program} invoke [3]" in line for line in caught[0].logs)


def handed(sent: Sent, world: World, program: Pubkey, height: int) -> list[set[Pubkey]]:
    """The accounts of each call into a program at a depth of calls."""
    record = world.local.transaction(sent.signature)
    assert record is not None
    calls = [call for group in record.inner.values() for call in group]
    found = [call for call in calls if record.keys[call.program] == program and call.height == height]
    return [{record.keys[index] for index in call.accounts} for call in found]


def resolution(front: Front, keeper: User, call: int, *victim: Pubkey) -> Instruction:
    """A forced resolution in the hostile market that is to end in `call` on a program, its config and an account."""
    plan = Pubkey.find_program_address([b"plan", bytes(front.boss.key)], PROGRAM_ID)[0]
    front.world.send(hostile.make_plan({"call": call}, {"creator": front.boss.key, "plan": plan}))
    own = AT.market(front.id)
    accounts = {
        "keeper": keeper.key,
        "pool": own.pool,
        "resolver": own.resolver,
        "market_program": PROGRAM_ID,
        "market": front.id,
        "keeper_token": plan,
        "token": TOKEN_PROGRAM,
    }
    return raw(
        "insurance_pool",
        "force_resolution",
        {},
        accounts | dict(zip(("position", "trader", "market_vault"), victim, strict=True)),
    )


def test_attack_an_engine_reports_another_pool_empty_with_the_signature_it_got(front: Front, market: Market) -> None:
    attack = resolution(front, front.boss, UPDATE_RESERVE, AT.risk_engine, AT.risk_config, market.m.inputs)
    with front.world.expect_error("E_AUTHORITY") as caught:
        front.world.send(attack)
    assert reached(caught, AT.risk_engine)


def test_attack_an_engine_clears_another_s_arrears_with_the_signature_it_got(front: Front, market: Market) -> None:
    attack = resolution(front, front.boss, APPLY_OFFSET, AT.premium_manager, AT.premium_config, market.m.premium)
    with front.world.expect_error("E_AUTHORITY") as caught:
        front.world.send(attack)
    assert reached(caught, AT.premium_manager)


def test_attack_an_engine_uses_the_signature_of_an_admin_who_keeps(front: Front) -> None:
    victim = AT.engine(LOCALNET.demo_market)
    attack = resolution(front, front.world.admin, REMOVE_ENGINE, AT.risk_engine, AT.risk_config, victim)
    with front.world.expect_error("NOT_SIGNED") as caught:
        front.world.send(attack)
    assert not reached(caught, AT.risk_engine)


def test_attack_an_engine_gets_no_more_than_its_own_market_when_it_is_synced(front: Front) -> None:
    world = front.world
    sent = world.send(risk_engine.sync_market(world.keeper.key, front.id, world.feed, AT))
    assert handed(sent, world, PROGRAM_ID, 2) == [{AT.market(front.id).config, front.id}]


def test_attack_an_engine_gets_no_more_than_its_own_market_when_a_claim_is_paid(front: Front) -> None:
    world, boss, m = front.world, front.boss, AT.market(front.id)
    report = checked(hostile.report)(
        {"index": INDEX, "bump": front.bump, "counter": DEFICIT},
        {
            "creator": boss.key,
            "market": front.id,
            "handler_program": AT.insolvency_handler,
            "handler_config": AT.handler_config,
            "registry": m.registry,
            "claim": m.claim(1),
            "pool_program": AT.insurance_pool,
            "pool_config": AT.pool_config,
            "pool": m.pool,
        },
    )
    world.send(insolvency_handler.open_claim(boss.key, front.id, 1, AT), report)
    sent = world.send(insurance_pool.release_funds(boss.key, front.id, 1, AT))
    assert handed(sent, world, PROGRAM_ID, 3) == [{m.registry, front.id}]
