"""Where things happen: a chain, the programs on it, and the build that they are of."""

from dataclasses import dataclass

from offchain.admin.errors import PlanError
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.epochs import Schedule
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.settings.parameters import Parameters
from offchain.settings.project import load_project


@dataclass(frozen=True)
class Venue:
    """A chain and the name of its cluster in `seahorse.toml`."""

    chain: Chain
    at: Addresses
    cluster: str

    @property
    def config(self) -> RiskConfig:
        """The risk engine's configuration, read now; PlanError where there is none."""
        account = self.chain.account(self.at.risk_config)
        if account is None:
            raise PlanError("the programs are not configured on this chain: run percosec deploy, or check the cluster")
        return decode_account(RiskConfig, account, self.at.risk_engine, self.at.risk_config)

    @property
    def schedule(self) -> Schedule:
        """When epochs begin."""
        config = self.config
        return Schedule(config.genesis, config.epoch_seconds)

    @property
    def parameters(self) -> Parameters:
        """The numbers of the build that runs there: a development build says so in its configuration."""
        return load_project().profile("development" if self.config.dev else "release").parameters
