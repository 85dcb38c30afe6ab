"""Who holds a power now: read from the config of each program."""

from typing import Any

from solders.pubkey import Pubkey

from offchain.admin.errors import PlanError
from offchain.admin.plan import Signer
from offchain.admin.power import Power, Role, Values
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.generated.insolvency_handler.accounts import HandlerConfig
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.premium_manager.accounts import PremiumConfig
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.settings.project import ADAPTERS as ORACLES
from offchain.settings.project import adapter_name

CONFIGS: dict[str, Any] = {
    "risk_engine": RiskConfig,
    "premium_manager": PremiumConfig,
    "insurance_pool": PoolConfig,
    "insolvency_handler": HandlerConfig,
}
"""Program -> the type of its configuration."""

ADAPTERS = dict.fromkeys(map(adapter_name, ORACLES), "risk_engine")
"""Adapter -> the program whose config names its admin: it has none of its own."""


def governing(program: str) -> str:
    """The program whose config says who holds a program's powers."""
    return ADAPTERS.get(program, program)


def read_configs(chain: Chain, at: Addresses) -> dict[str, Any]:
    """The configuration of each program; PlanError where one is missing."""
    places = {program: at.derive(program, "config") for program in CONFIGS}
    accounts = chain.accounts(list(places.values()))
    missing = [program for program, account in zip(CONFIGS, accounts, strict=True) if account is None]
    if missing:
        raise PlanError(
            f"not configured on this chain: {', '.join(missing)}. Run percosec deploy, or check the cluster"
        )
    return {
        program: decode_account(CONFIGS[program], account, at.programs[program], places[program])
        for program, account in zip(CONFIGS, accounts, strict=True)
    }


def signers_of(power: Power, values: Values, configs: dict[str, Any], caller: Pubkey | None) -> tuple[Signer, ...]:
    """Who must sign for each program meant; `caller` is who signs what anyone may do."""
    return tuple(
        Signer(power.role.words, program, str(_holder(power, program, configs, caller)))
        for program in power.program_of(values)
    )


def _holder(power: Power, program: str, configs: dict[str, Any], caller: Pubkey | None) -> Pubkey:
    if power.role is Role.ANYONE:
        if caller is None:
            raise PlanError(f"anyone may sign {power.name}: say who, with --keypair FILE or --signer ADDRESS")
        return caller
    holder: Pubkey = getattr(configs[governing(program)], power.role.value)
    if power.role is Role.PROPOSED and holder == Pubkey.default():
        raise PlanError(f"no admin is proposed for {program}: the admin names one with propose-admin")
    return holder
