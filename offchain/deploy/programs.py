"""Programs: what is missing of each, as steps."""

from solders.instruction import Instruction
from solders.keypair import Keypair

from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.chain.errors import ProgramError
from offchain.chain.keys import KeyFileError, dev_key, read_keypair
from offchain.deploy import loader
from offchain.deploy.accounts import create
from offchain.deploy.artifacts import Artifact
from offchain.deploy.buffers import fill_buffer, rent_to_pay, transactions_to_do, writes_to_do
from offchain.deploy.chunks import buffer_size
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import DATA_HEADER, PROGRAM_BYTES, ProgramData
from offchain.deploy.plan import Progress, Step
from offchain.deploy.site import Site, authority_sentence
from offchain.deploy.target import Target

PART = "programs"
LEAST_EXTENSION = 10_240
"""Bytes: newer chains extend by no less."""
SHORT = 16
"""Digits of a hash that people are shown."""


def program_steps(sites: list[Site], target: Target) -> list[Step]:
    """What has to happen so that each program is exactly its artifact.

    DeployError where that is impossible: a program's key is missing or another may upgrade it.
    """
    steps = []
    for site in sites:
        if site.deployed is None:
            steps.append(_deploy(site, target))
        elif not site.current:
            steps.append(_upgrade(site, site.deployed, target))
    return steps


def program_key(artifact: Artifact, target: Target) -> Keypair:
    """The keypair of a program that is not on the chain yet: it signs once, for its address."""
    name = artifact.name
    if target.program_keys is not None:
        key = read_keypair(target.program_keys / f"{name}.json")
    elif target.is_local:
        key = dev_key(name)
    else:
        raise DeployError(
            f"{name} is not on {target.cluster.name} yet and its key must sign once: give --program-keys FOLDER, the "
            "folder that scripts/program_ids made"
        )
    if key.pubkey() != artifact.program:
        raise KeyFileError(
            f"{name}.json is the key of {key.pubkey()}, seahorse.toml says {artifact.program}: give the folder with "
            "the right keys, or correct seahorse.toml and build anew"
        )
    return key


def _deploy(site: Site, target: Target) -> Step:
    artifact, node = site.artifact, target.node
    key = program_key(artifact, target)
    rent = rent_to_pay(site, target) + node.rent(PROGRAM_BYTES) - site.program_lamports
    # The buffer's lamports become the bytecode's, whose header is longer by these bytes.
    rent += node.rent(DATA_HEADER + len(artifact.elf)) - node.rent(buffer_size(artifact.elf))

    def run(progress: Progress) -> None:
        buffer = fill_buffer(site, target, progress)
        held = target.node.balance(artifact.program)
        fresh = create(target.me, artifact.program, held, node.rent(PROGRAM_BYTES), PROGRAM_BYTES, UPGRADEABLE_LOADER)
        last = loader.deploy(target.me, artifact.program, buffer, target.me, len(artifact.elf))
        _settle(target, [*fresh, last], key)
        progress(1)

    return Step(
        part=PART,
        title=f"deploy {artifact.name}",
        run=run,
        transactions=transactions_to_do(site, target) + 1,
        writes=writes_to_do(site, target),
        signatures=1,
        rent=rent,
        detail=f"{artifact.program}, {len(artifact.elf):,} bytes, {artifact.hash[:SHORT]}",
    )


def _upgrade(site: Site, deployed: ProgramData, target: Target) -> Step:
    artifact, node = site.artifact, target.node
    change = f"{site.hash[:SHORT]} -> {artifact.hash[:SHORT]}"
    if deployed.authority != target.me:
        raise DeployError(
            f"{artifact.name} on the chain is not this build ({change}), and {authority_sentence(deployed.authority)}: "
            "sign with that key, or check out the version that is deployed"
        )
    room, more = len(deployed.content), 0
    if len(artifact.elf) > room:
        more = max(len(artifact.elf) - room, LEAST_EXTENSION)

    def run(progress: Progress) -> None:
        buffer = fill_buffer(site, target, progress)
        if more:
            _settle(target, [_extension(artifact, target, more)])
            progress(1)
        _settle(target, [loader.upgrade(artifact.program, buffer, target.me, target.me)])
        progress(1)

    return Step(
        part=PART,
        title=f"upgrade {artifact.name}",
        run=run,
        transactions=transactions_to_do(site, target) + (2 if more else 1),
        writes=writes_to_do(site, target),
        rent=max(0, node.rent(DATA_HEADER + room + more) - site.data_lamports) if more else 0,
        held=max(0, rent_to_pay(site, target)),
        detail=change + (f", {more:,} bytes more room" if more else ""),
    )


def _extension(artifact: Artifact, target: Target, more: int) -> Instruction:
    """The way to extend a program that this chain takes: newer ones want the authority's signature."""
    checked = loader.extend_checked(artifact.program, target.me, target.me, more)
    try:
        target.measure([checked])
    except ProgramError:
        return loader.extend(artifact.program, target.me, more)
    return checked


def _settle(target: Target, instructions: list[Instruction], *signers: Keypair) -> None:
    """Send, and wait until the next slot: a program changes once a slot at most, and runs from the next one on."""
    outcome = target.send(instructions, *signers)
    target.node.wait_for_slot(outcome.slot + 1)
