"""`ApiContext`: what every handler works with; handlers take it as their parameter `context`."""

from collections.abc import Callable
from dataclasses import dataclass

from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.database.database import Database
from offchain.settings.parameters import Parameters
from offchain.settings.project import Project
from offchain.settings.tree import Settings


@dataclass(frozen=True)
class ApiContext:
    """One process's own; shared by all requests."""

    settings: Settings
    project: Project
    at: Addresses
    parameters: Parameters
    """Those the cluster's programs were built with."""
    database: Database
    now: Callable[[], int]
    """The chain's unix time in seconds; never the machine's, since a local chain's clock may be driven."""
    chain: FailoverChain | None
    """For transaction builders, simulation and verification only; None where the API has no node."""
