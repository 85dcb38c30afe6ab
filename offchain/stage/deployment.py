"""Brings the protocol and the markets of seahorse.toml onto the stage's chain, as `percosec deploy` does."""

from rich.console import Console
from rich.progress import Progress

from offchain.chain.addresses import addresses
from offchain.chain.backends.base import Chain
from offchain.chain.keys import development_admin
from offchain.deploy.artifacts import artifacts_folder, read_artifacts
from offchain.deploy.execute import execute
from offchain.deploy.node import Node
from offchain.deploy.planner import make_plan
from offchain.deploy.target import Target
from offchain.settings.project import Project
from offchain.settings.safety import LOCALNET

SPARE_LAMPORTS = 100 * 10**9


def deploy(url: str, chain: Chain, project: Project) -> int:
    """Everything that is missing; nothing on a chain that holds it. Returns the number of steps taken.

    DeployError where another deployment stands there.
    """
    cluster = project.cluster(LOCALNET)
    node = Node(url)
    try:
        target = Target(
            project=project,
            cluster=cluster,
            artifacts=tuple(read_artifacts(project, cluster, artifacts_folder(LOCALNET))),
            at=addresses(LOCALNET),
            chain=chain,
            node=node,
            payer=development_admin(),
        )
        plan = make_plan(target)
        held = node.balance(target.me)
        if held < plan.needed:
            node.airdrop(target.me, plan.needed - held + SPARE_LAMPORTS)
        execute(plan, Progress(console=Console(stderr=True), disable=True))
        return len(plan.steps)
    finally:
        node.close()
