"""Handing everything to a multisig: upgrade authorities and IDLs at once, the admin's powers by proposal."""

from typing import cast

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.generated.insolvency_handler.accounts import HandlerConfig
from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.premium_manager.accounts import PremiumConfig
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.instructions.admin import Governed, propose_admin
from offchain.deploy import idl, loader
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import data_address, read_program_data
from offchain.deploy.plan import Plan, Progress, Step
from offchain.deploy.target import Target

PART = "authorities"
CONFIGS = {
    "risk_engine": RiskConfig,
    "premium_manager": PremiumConfig,
    "insurance_pool": PoolConfig,
    "insolvency_handler": HandlerConfig,
}
"""Program -> its config, which holds its admin."""


def hand_over_plan(target: Target, heir: Pubkey) -> Plan:
    """What has to be handed to `heir` yet. DeployError where it belongs to a third party."""
    if heir == Pubkey.default():
        raise DeployError("the address of nobody can't take over: name a multisig's address")
    steps = [*_proposals(target, heir), *_idls(target, heir), *_upgrades(target, heir)]
    return Plan(tuple(steps), target.priority)


def still_to_accept(target: Target, heir: Pubkey) -> list[str]:
    """Programs whose admin `heir` has to accept yet."""
    return [
        name for name, config in read_configs(target).items() if config.pending_admin == heir and config.admin != heir
    ]


def read_configs(target: Target) -> dict[str, RiskConfig | PremiumConfig | PoolConfig | HandlerConfig]:
    """The four configs with an admin; AccountError where one is missing."""
    addresses = {name: target.at.derive(name, "config") for name in CONFIGS}
    accounts = target.chain.accounts(list(addresses.values()))
    return {
        name: decode_account(CONFIGS[name], account, target.at.programs[name], address)
        for (name, address), account in zip(addresses.items(), accounts, strict=True)
    }


def _proposals(target: Target, heir: Pubkey) -> list[Step]:
    steps = []
    for name, config in read_configs(target).items():
        if heir in (config.admin, config.pending_admin):
            continue
        if config.admin != target.me:
            raise DeployError(f"the admin of {name} is {config.admin}: only that key can hand it over")
        steps.append(_proposal(name, target, heir, target.at))
    return steps


def _proposal(name: str, target: Target, heir: Pubkey, at: Addresses) -> Step:
    instruction = propose_admin(cast(Governed, name), target.me, heir, at)

    def run(progress: Progress) -> None:
        target.send([instruction])
        progress(1)

    return Step(PART, f"propose the next admin of {name}", run, detail=f"{target.me} -> {heir}, who must accept")


def _idls(target: Target, heir: Pubkey) -> list[Step]:
    addresses = [idl.idl_address(artifact.program) for artifact in target.artifacts]
    steps = []
    for artifact, account in zip(target.artifacts, target.chain.accounts(addresses), strict=True):
        found = idl.read_idl(account, artifact.program)
        if found is not None and found.authority == target.me != heir:
            steps.append(_idl(artifact.name, artifact.program, target, heir))
    return steps


def _idl(name: str, program: Pubkey, target: Target, heir: Pubkey) -> Step:
    def run(progress: Progress) -> None:
        target.send([idl.set_authority(program, target.me, heir)])
        progress(1)

    return Step(PART, f"hand over the IDL of {name}", run, detail=f"{target.me} -> {heir}")


def _upgrades(target: Target, heir: Pubkey) -> list[Step]:
    steps = []
    for artifact in target.artifacts:
        deployed = read_program_data(target.chain.account(data_address(artifact.program)))
        if deployed is None:
            raise DeployError(f"{artifact.name} is not deployed yet: deploy first, hand over then")
        if deployed.authority == heir:
            continue
        if deployed.authority != target.me:
            raise DeployError(f"only {deployed.authority or 'nobody'} may hand over the upgrades of {artifact.name}")
        steps.append(_upgrade(artifact.name, artifact.program, target, heir))
    return steps


def _upgrade(name: str, program: Pubkey, target: Target, heir: Pubkey) -> Step:
    def run(progress: Progress) -> None:
        target.send([loader.set_authority(data_address(program), target.me, heir)])
        progress(1)

    return Step(PART, f"hand over the upgrades of {name}", run, detail=f"{target.me} -> {heir}, for good")
