"""The keys in charge of the four protocol programs: the same three instructions in each."""

from typing import Any, Literal

from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET, Addresses
from offchain.chain.generated.insolvency_handler import instructions as insolvency_handler
from offchain.chain.generated.insurance_pool import instructions as insurance_pool
from offchain.chain.generated.premium_manager import instructions as premium_manager
from offchain.chain.generated.risk_engine import instructions as risk_engine

Governed = Literal["risk_engine", "premium_manager", "insurance_pool", "insolvency_handler"]
"""A program with an admin and a guardian."""

_RAW: dict[str, Any] = {
    "risk_engine": risk_engine,
    "premium_manager": premium_manager,
    "insurance_pool": insurance_pool,
    "insolvency_handler": insolvency_handler,
}


def propose_admin(program: Governed, admin: Pubkey, new_admin: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """First step of a handover: the admin names the next one."""
    accounts = {"admin": admin, "config": at.derive(program, "config")}
    return _call(program, "propose_admin", accounts, {"new_admin": new_admin}, at)


def accept_admin(program: Governed, new_admin: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Second step: the next admin accepts."""
    return _call(program, "accept_admin", {"new_admin": new_admin, "config": at.derive(program, "config")}, {}, at)


def set_guardian(program: Governed, admin: Pubkey, guardian: Pubkey, at: Addresses = LOCALNET) -> Instruction:
    """Name the key that may stop deposits or registrations for a while."""
    accounts = {"admin": admin, "config": at.derive(program, "config")}
    return _call(program, "set_guardian", accounts, {"guardian": guardian}, at)


def _call(
    program: Governed, name: str, accounts: dict[str, Pubkey], args: dict[str, Pubkey], at: Addresses
) -> Instruction:
    given: dict[str, Any] = {"accounts": accounts, "program_id": at.programs[program]}
    if args:
        given["args"] = args
    built: Instruction = getattr(_RAW[program], name)(**given)
    return built
