"""Decoding accounts: the quick way reads what anchorpy's own decoder reads."""

import importlib

import pytest
from construct import Array
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.accounts import AccountError, decode, decode_account, layout_of
from offchain.chain.addresses import LOCALNET, PROGRAMS
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig
from offchain.chain.generated.risk_engine.accounts import RiskWindow
from tests.support.world import World


def classes(program: str) -> list[type]:
    """The generated account classes of a program."""
    module = importlib.import_module(f"offchain.chain.generated.{program}.accounts")
    return [found for name, found in vars(module).items() if isinstance(found, type) and not name.endswith("JSON")]


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_live_account_decodes_as_anchorpy_decodes_it(world: World, program: str) -> None:
    world.market.cover("1000")
    world.market.trader("100")
    seen = set()
    for _, account in world.chain.owned_by(LOCALNET.programs[program]):
        kind = next(found for found in classes(program) if found.discriminator == account.data[:8])
        assert decode(kind, account.data) == kind.decode(account.data)
        seen.add(kind.__name__)
    not_alive = {"PerpPosition", "ClaimRecord"}
    assert seen | not_alive >= {found.__name__ for found in classes(program)}


@pytest.mark.parametrize("program", PROGRAMS)
def test_layouts_have_anchorpys_size(program: str) -> None:
    for kind in classes(program):
        assert layout_of(kind).size == kind.layout.sizeof()


def test_wide_and_negative_numbers() -> None:
    fields = {field.name: _zero(field.subcon) for field in RiskWindow.layout.subcons}
    fields |= {"market_id": Pubkey.new_unique(), "has_sample": True}
    fields |= {"total_sum": -(1 << 100) - 3, "last_cum": -5, "days": [(1 << 127) + index for index in range(30)]}
    data = RiskWindow.discriminator + RiskWindow.layout.build(fields)
    assert decode(RiskWindow, data) == RiskWindow.decode(data)
    assert decode(RiskWindow, data).total_sum == -(1 << 100) - 3


def _zero(field: object) -> object:
    return [0] * field.count if isinstance(field, Array) else 0


def test_what_is_wrong_is_named(world: World) -> None:
    address = world.market.m.pool
    account = world.chain.account(address)
    assert account is not None
    with pytest.raises(AccountError, match="no PoolConfig"):
        decode(PoolConfig, account.data)
    with pytest.raises(AccountError, match="too short"):
        decode(InsurancePool, account.data[:50])
    with pytest.raises(AccountError, match="create it first"):
        decode_account(InsurancePool, None, LOCALNET.insurance_pool, address)
    forged = Account(account.lamports, account.data, LOCALNET.demo_market)
    with pytest.raises(AccountError, match="belongs to"):
        decode_account(InsurancePool, forged, LOCALNET.insurance_pool, address)
