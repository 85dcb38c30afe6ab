"""The node that browsers may be told of."""

from offchain.settings.project import Project
from offchain.settings.safety import LOCALNET
from offchain.settings.tree import Settings


def public_node(settings: Settings, project: Project) -> str:
    """URL of a local chain's node, else the cluster's public one: a provider's address holds its user's key."""
    return settings.rpc_urls[0] if settings.cluster == LOCALNET else project.cluster(settings.cluster).rpc_url
