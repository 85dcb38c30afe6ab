"""Every instruction that a user can send has a builder, and the builder sends exactly that."""

import inspect
from collections.abc import Callable, Iterator
from hashlib import sha256
from types import ModuleType
from typing import Any

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, PROGRAMS
from offchain.chain.idl import load_idl
from offchain.chain.instructions import (
    admin,
    demo_market,
    insolvency_handler,
    insurance_pool,
    premium_manager,
    risk_engine,
)
from offchain.chain.units import UnitError
from offchain.settings.project import load_project

MODULES: dict[str, ModuleType] = {
    "risk_engine": risk_engine,
    "premium_manager": premium_manager,
    "insurance_pool": insurance_pool,
    "insolvency_handler": insolvency_handler,
    "demo_market": demo_market,
}
SHARED = ("propose_admin", "accept_admin", "set_guardian")


def snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def callable_by_users() -> Iterator[tuple[str, str]]:
    called = set(load_project().cpi_calls)
    for program in PROGRAMS:
        for instruction in load_idl(program)["instructions"]:
            name = snake(instruction["name"])
            if f"{program}.{name}" not in called:
                yield program, name


def builder(program: str, name: str) -> Callable[..., Instruction]:
    if name in SHARED:
        return lambda **given: getattr(admin, name)(program, **given)
    return getattr(MODULES[program], name)


def signature(program: str, name: str) -> dict[str, Any]:
    function = getattr(admin, name) if name in SHARED else getattr(MODULES[program], name)
    return {
        key: found.annotation
        for key, found in inspect.signature(function).parameters.items()
        if key not in ("at", "program")
    }


def example(annotation: object, seed: int) -> object:
    if annotation is Pubkey:
        return Pubkey.from_bytes(bytes([seed]) * 32)
    return bool(seed % 2) if annotation is bool else seed


@pytest.mark.parametrize(("program", "name"), list(callable_by_users()))
def test_a_builder_fills_in_the_idl(program: str, name: str) -> None:
    given = {key: example(kind, seed) for seed, (key, kind) in enumerate(signature(program, name).items(), start=1)}
    built = builder(program, name)(**given)
    idl = next(found for found in load_idl(program)["instructions"] if snake(found["name"]) == name)
    assert built.program_id == LOCALNET.programs[program]
    assert bytes(built.data)[:8] == sha256(f"global:{name}".encode()).digest()[:8]
    flags = [(meta.is_writable, meta.is_signer) for meta in built.accounts]
    assert flags == [(account["isMut"], account["isSigner"]) for account in idl["accounts"]]
    signers = [meta.pubkey for meta in built.accounts if meta.is_signer]
    assert set(signers) <= set(given.values())


def test_no_builder_for_what_only_programs_may_call() -> None:
    for call in load_project().cpi_calls:
        program, name = call.split(".")
        assert not hasattr(MODULES[program], name)


def test_another_cluster() -> None:
    from offchain.chain.addresses import Addresses

    other = Addresses({name: Pubkey.new_unique() for name in PROGRAMS})
    market = Pubkey.new_unique()
    built = insurance_pool.stop_deposits(market, other)
    assert built.program_id == other.insurance_pool
    assert built.accounts[1].pubkey == other.pool_config


@pytest.mark.parametrize("amount", [-1, 1 << 64, 1.5])
def test_numbers_that_do_not_fit(amount: int) -> None:
    key = Pubkey.new_unique()
    with pytest.raises(UnitError, match="deposit: one of the numbers"):
        insurance_pool.deposit(key, key, key, amount, 0, 1)
