"""Addresses: the programs of the project file, and accounts where the programs really put them."""

import importlib

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, PROGRAMS, addresses
from offchain.settings.project import load_project
from offchain.settings.table import SettingsError
from tests.support.market import Market
from tests.support.world import World


@pytest.mark.parametrize("program", PROGRAMS)
def test_program_ids_are_those_of_the_project_file_and_the_generated_clients(program: str) -> None:
    generated = importlib.import_module(f"offchain.chain.generated.{program}.program_id").PROGRAM_ID
    assert LOCALNET.programs[program] == generated == Pubkey.from_string(load_project().program_id(program))
    assert LOCALNET.name_of(generated) == program


def test_every_program_of_the_project_file_is_known() -> None:
    assert set(PROGRAMS) == set(load_project().programs)
    assert LOCALNET.name_of(Pubkey.new_unique()) is None


def test_a_market_lies_where_we_look(world: World, market: Market) -> None:
    m = market.m
    owners = {
        LOCALNET.risk_engine: [m.config, m.score, m.inputs, m.window, LOCALNET.risk_config, world.feed],
        LOCALNET.premium_manager: [m.premium, LOCALNET.premium_config],
        LOCALNET.insurance_pool: [m.pool, LOCALNET.pool_config],
        LOCALNET.insolvency_handler: [m.registry, LOCALNET.handler_config],
        LOCALNET.demo_market: [market.id, LOCALNET.demo_config],
    }
    for program, keys in owners.items():
        assert all(world.chain.account(key).owner == program for key in keys)
    assert [world.balance(token) >= 0 for token in (m.escrow, m.pool_vault, m.vault, m.fee_vault)] == [True] * 4
    assert market.config().market_vault == m.vault
    assert market.config().engine_fp == LOCALNET.fingerprint("risk_engine", LOCALNET.demo_market)
    assert world.exists(LOCALNET.engine(LOCALNET.demo_market))


def test_derived_addresses_are_kept() -> None:
    market = LOCALNET.market(Pubkey.new_unique())
    assert LOCALNET.market(market.market_id) is market
    assert market.claim(1) is market.claim(1)
    assert market.claim(1) != market.claim(2)
    provider = Pubkey.new_unique()
    assert market.provider_position(provider, 3) != market.perp_position(provider, 3)


def test_a_cluster_without_programs_says_so() -> None:
    with pytest.raises(SettingsError, match=r"clusters\.devnet\.programs"):
        addresses("devnet")
