"""The programs on the chain: there, and exactly the committed bytecode."""

from collections.abc import Iterator

from offchain.build.errors import BuildError
from offchain.build.manifest import file_hash
from offchain.commands.context import Context
from offchain.commands.doctor.finding import Finding, fail, ok, warn
from offchain.deploy.artifacts import Artifact, artifacts_folder, read_artifacts
from offchain.deploy.errors import DeployError
from offchain.deploy.loader_state import data_address, read_program_data

SHOWN = 16
"""Digits of a hash that are shown."""


def check_programs(context: Context) -> Iterator[Finding]:
    """One line for each program."""
    try:
        artifacts = read_artifacts(context.project, context.cluster, artifacts_folder(context.cluster.name))
    except (BuildError, DeployError) as error:
        yield fail("programs", str(error), "restore or build the artifacts first")
        return
    for artifact in artifacts:
        yield _check(context, artifact)


def _check(context: Context, artifact: Artifact) -> Finding:
    deployed = read_program_data(context.chain().account(data_address(artifact.program)))
    adapter = artifact.name not in context.project.programs
    if deployed is None:
        text = f"{artifact.name} is not at {artifact.program}"
        if adapter:
            return warn("programs", text, "run percosec deploy, if a market takes its price from that oracle")
        return fail("programs", text, "run percosec deploy, or check --cluster and --rpc")
    if not deployed.holds(artifact.elf):
        found = file_hash(deployed.content.rstrip(b"\0"))
        text = f"{artifact.name} on the chain ({found[:SHOWN]}) is not the committed build ({artifact.hash[:SHOWN]})"
        return fail("programs", text, "run percosec deploy to upgrade it, or take the version of percosec that fits")
    authority = f"upgradeable by {deployed.authority}" if deployed.authority else "can't be upgraded any more"
    return ok("programs", f"{artifact.name} is the committed build ({artifact.hash[:SHOWN]}), {authority}")
