"""What a deployment refuses before anything is sent."""

from collections.abc import Sequence

from offchain.chain.keys import development_keys
from offchain.deploy.errors import DeployError
from offchain.deploy.plan import Plan
from offchain.deploy.target import Target
from offchain.words import sol

_ROLES = ("admin", "guardian", "treasury", "publisher", "usdc_mint")


def check_chain(target: Target) -> None:
    """The node must be of the cluster that was named: DeployError where its genesis is another one's."""
    found = target.node.genesis_hash()
    expected = target.cluster.genesis_hash
    for name, cluster in target.project.clusters.items():
        if cluster.genesis_hash == found and name != target.cluster.name:
            raise DeployError(f"this node is of {name}, not of {target.cluster.name}: correct --rpc or --cluster")
    if expected and found != expected:
        raise DeployError(
            f"this node's chain began with {found}, {target.cluster.name} with {expected}: name another node with --rpc"
        )


def check_keys(target: Target) -> None:
    """Keys that everybody has must own nothing beyond a local chain."""
    if target.is_local:
        return
    everybody = {str(key) for key in development_keys()}
    cluster = target.cluster
    named = {
        "the signing key": str(target.me),
        **{f"clusters.{cluster.name}.{role}": getattr(cluster, role) for role in _ROLES},
        **{f"clusters.{cluster.name}.programs.{name}": address for name, address in cluster.programs.items()},
        **{f"clusters.{cluster.name}.adapters.{name}": address for name, address in cluster.adapters.items()},
    }
    public = [name for name, key in named.items() if key in everybody]
    if public:
        raise DeployError(
            f"{' and '.join(public)} is a public development key, anyone can sign with it: make keys of your own with "
            "scripts/program_ids and solana-keygen"
        )


def check_admin(target: Target, missing: Sequence[str]) -> None:
    """Only the admin compiled into the programs may set them up; `missing` are titles of what is left to do."""
    if missing and target.me != target.admin:
        raise DeployError(
            f"to {missing[0]}, sign with {target.admin}, the admin compiled into the programs "
            f"(clusters.{target.cluster.name}.admin in seahorse.toml), not with {target.me}"
        )


def check_balance(target: Target, plan: Plan) -> None:
    """Enough for every step, before the first: DeployError says how much is missing."""
    held = target.node.balance(target.me)
    if held < plan.needed:
        raise DeployError(
            f"{target.me} holds {sol(held)}, this plan needs {sol(plan.needed)}: send it "
            f"{sol(plan.needed - held)} more; nothing was sent"
        )
