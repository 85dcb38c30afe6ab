"""Instructions that only another program may call, called by a stranger with the right accounts and another key."""

import tomllib

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.settings.paths import PROJECT_FILE
from tests.programs.calls import refusal
from tests.support.forging import raw, unsigned
from tests.support.keys import User
from tests.support.market import Market
from tests.support.world import World

CALLS = tomllib.loads(PROJECT_FILE.read_text())["cpi"]["calls"]
ARGS = {
    "risk_engine.activate_market": {
        "index": 0,
        "max_leverage": 100_000,
        "insolvency_threshold": 10**9,
        "lock_epochs": 1344,
        "notice_epochs": 96,
        "performance_fee_bps": 500,
    },
    "risk_engine.update_statistics": {
        "epoch": 100,
        "oi_long": 0,
        "oi_short": 0,
        "oi_now": 0,
        "mean_leverage": 0,
        "depth": 10**15,
        "cum_funding": 0,
    },
    "risk_engine.update_reserve": {
        "epoch": 100,
        "available": 10**15,
        "pending": 0,
        "utilization_bps": 0,
        "exit": False,
    },
    "risk_engine.update_arrears": {"epoch": 100, "arrears": False},
    "premium_manager.set_terms": {"genesis": 1, "epoch_seconds": 900},
    "premium_manager.set_rate": {
        "epoch": 100,
        "score": 0,
        "grade": 0,
        "utilization_bps": 0,
        "open_interest": 0,
        "reserve_bps": 0,
        "score_restricted": False,
    },
    "premium_manager.collect_fees": {"gross": 1},
    "premium_manager.apply_offset": {"cumulative": 10**12},
    "insurance_pool.set_terms": {
        "genesis": 1,
        "epoch_seconds": 900,
        "lock": 1344,
        "notice": 96,
        "performance_fee_bps": 500,
    },
    "insurance_pool.set_risk": {"epoch": 100, "required_reserve": 0, "open_interest_now": 0, "reasons": 0},
    "insurance_pool.credit_premium": {"amount": 1, "epoch": 100, "arrears": 0, "acknowledged": 0},
    "insurance_pool.note_unsettled": {"unsettled": 10**12},
    "insurance_pool.request_payout": {"sequence": 1, "claimable": 10**12},
    "insurance_pool.pay_claim_fee": {"amount": 1},
    "insolvency_handler.set_terms": {"threshold": 10**6, "genesis": 1, "epoch_seconds": 900},
    "insolvency_handler.report_deficit": {
        "counter": 10**12,
        "margin_total": 0,
        "fund_total": 0,
        "unvested_profit": 0,
    },
    "insolvency_handler.complete_claim": {
        "sequence": 1,
        "payout": 10**12,
        "first_loss": 0,
        "premium": 0,
        "capital": 10**12,
        "offset": 0,
        "fee": 0,
        "executor_fee": 0,
        "net": 10**12,
        "epoch": 100,
        "now": 1,
    },
    "demo_market.apply_sync": {
        "price": 1,
        "publish_time": 2**40,
        "lag_price": 0,
        "provisional": False,
        "grade": 0,
        "reasons": 0,
        "leverage_cap": 10**6,
        "oi_cap": 10**18,
        "epoch": 100,
        "now": 2**40,
        "genesis": 1,
        "epoch_seconds": 900,
    },
    "demo_market.cover_deficit": {"net": 10**12, "uncovered": 0, "profit": 0},
    "demo_market.resolve_extreme": {"now": 2**40},
}
"""What an attacker would like to say in the name of a program of the protocol."""

AUTHORITIES = {
    "risk": "risk_engine",
    "premium": "premium_manager",
    "premium_authority": "premium_manager",
    "pool_authority": "insurance_pool",
    "handler": "insolvency_handler",
}
"""Name of the signing account -> program whose configuration address it should be."""


@pytest.fixture
def victim(world: World, market: Market) -> tuple[User, int]:
    """A position to be resolved, an opened claim record, and a market with cover."""
    market.cover("100000")
    trader = market.trader("10000")
    nonce = market.open(trader, True, "1", "2000")
    market.report()
    return trader, nonce


def accounts(world: World, market: Market, program: str, victim: tuple[User, int], thief: User) -> dict[str, Pubkey]:
    """The right accounts of every call by the names the program gives them; vault destinations are the thief's."""
    at, m = world.at, market.m
    configs = {
        "risk_engine": at.risk_config,
        "premium_manager": at.premium_config,
        "insurance_pool": at.pool_config,
        "insolvency_handler": at.handler_config,
        "demo_market": at.demo_config,
    }
    return {
        "config": configs[program],
        "pool_config": at.pool_config,
        "engine": at.engine(at.demo_market),
        "market_config": m.config,
        "feed": world.feed,
        "inputs": m.inputs,
        "premium": m.premium,
        "escrow": m.escrow,
        "pool": m.pool,
        "vault": m.vault if program == "demo_market" else m.pool_vault,
        "market_vault": m.vault,
        "registry": m.registry,
        "claim": m.claim(1),
        "position": m.perp_position(victim[0].key, victim[1]),
        "trader": m.trader(victim[0].key),
        "market": market.id,
        "creator": market.creator.key,
        "keeper": thief.key,
        "executor": thief.key,
        "keeper_token": thief.token,
        "destination": thief.token,
        "source": thief.token,
        "engine_program": at.demo_market,
        "pool_program": at.insurance_pool,
        "market_program": at.demo_market,
        "token_program": TOKEN_PROGRAM,
    }


def signer_of(call: str) -> str:
    """Name of the account that signs for the calling program: the first one."""
    program, name = call.split(".")
    names = {
        "set_terms": "risk",
        "set_rate": "risk",
        "set_risk": "risk",
        "apply_sync": "risk",
        "activate_market": "market",
        "update_statistics": "market",
        "collect_fees": "market",
        "report_deficit": "market",
        "update_reserve": "pool_authority",
        "apply_offset": "pool_authority",
        "complete_claim": "pool_authority",
        "resolve_extreme": "pool_authority",
        "update_arrears": "premium_authority",
        "credit_premium": "premium",
    }
    assert program
    return names.get(name, "handler")


@pytest.mark.parametrize("call", CALLS)
def test_attack_a_stranger_s_signature_is_no_program_s(
    world: World, market: Market, victim: tuple[User, int], call: str
) -> None:
    program, name = call.split(".")
    thief = world.user(usdc="10")
    given = accounts(world, market, program, victim, thief) | {signer_of(call): thief.key}
    if call == "risk_engine.activate_market":
        given["creator"] = thief.key
    # A registration is refused because no engine derives the stranger's key; all others by the key itself.
    with world.expect_error("E_ENGINE" if call == "risk_engine.activate_market" else "E_AUTHORITY"):
        world.send(raw(program, name, ARGS[call], given))


@pytest.mark.parametrize("call", CALLS)
def test_attack_naming_the_program_is_not_signing_for_it(
    world: World, market: Market, victim: tuple[User, int], call: str
) -> None:
    program, name = call.split(".")
    thief = world.user(usdc="10")
    given = accounts(world, market, program, victim, thief)
    role = signer_of(call)
    real = world.at.derive(AUTHORITIES[role], "config") if role in AUTHORITIES else market.id
    if program == "demo_market":
        real = {"risk": market.m.config, "handler": market.m.registry, "pool_authority": market.m.resolver}[role]
    good = raw(program, name, ARGS[call], given | {role: real, "creator": thief.key})
    with world.expect_error("NOT_SIGNED"):
        world.send(unsigned(good, real), payer=thief)


@pytest.mark.parametrize("call", [call for call in CALLS if not call.startswith("demo_market.")])
def test_attack_what_signs_towards_a_market_s_program_has_no_power_over_ours(
    world: World, market: Market, victim: tuple[User, int], call: str
) -> None:
    program, name = call.split(".")
    given = accounts(world, market, program, victim, world.user(usdc="10"))
    for key in (market.m.config, market.m.registry, market.m.resolver):
        tried = raw(program, name, ARGS[call], given | {signer_of(call): key})
        assert refusal(world, tried) == ("E_ENGINE" if name == "activate_market" else "E_AUTHORITY")


def test_attack_every_internal_call_is_tried() -> None:
    assert set(CALLS) == set(ARGS)
