"""When and for whom a duty is looked at."""

from dataclasses import dataclass
from functools import cached_property

from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.epochs import Schedule
from offchain.settings.parameters import Parameters


@dataclass(frozen=True)
class Moment:
    """What duties know besides the chain's accounts."""

    now: int
    """The chain's clock, unix seconds."""
    schedule: Schedule
    parameters: Parameters
    at: Addresses
    keeper: Pubkey
    """Who signs, pays and earns."""
    token: Pubkey
    """The keeper's USDC account."""
    sync_bps: int = 100
    """How far a price may run away from a market with open positions before it is synchronised, basis points."""

    @cached_property
    def epoch(self) -> int:
        """The current epoch."""
        return self.schedule.epoch(self.now)
