"""A deployment as a list of steps, each with its price, computed from what the chain holds."""

from collections.abc import Callable
from dataclasses import dataclass, field

from offchain.deploy.chunks import WRITE_UNITS

LAMPORTS_PER_SIGNATURE = 5_000
MICRO_LAMPORTS = 1_000_000
UNITS = 400_000
"""Compute units that no transaction of a deployment exceeds; each asks for what its simulation takes."""

Progress = Callable[[int], None]
"""Hears how many more transactions of a step have landed."""


@dataclass(frozen=True)
class Step:
    """Something to be done, in one or more transactions."""

    part: str
    """What it belongs to: programs, idl, mint, configs, feeds, markets, authorities."""
    title: str
    run: Callable[[Progress], None]
    transactions: int = 1
    writes: int = 0
    """How many of the transactions are writes to a buffer."""
    signatures: int = 0
    """Signatures beyond the payer's."""
    rent: int = 0
    """Lamports that go into accounts, or come out of them."""
    held: int = 0
    """Lamports needed on top while it runs, given back at its end."""
    detail: str = ""

    def fees(self, priority: int) -> int:
        """The most that the network takes, lamports; `priority` in micro-lamports per compute unit."""
        signatures = (self.transactions + self.signatures) * LAMPORTS_PER_SIGNATURE
        units = self.writes * WRITE_UNITS + (self.transactions - self.writes) * UNITS
        return signatures + -(-units * priority // MICRO_LAMPORTS)


@dataclass(frozen=True)
class Plan:
    """Everything that is missing, and what was noticed on the way."""

    steps: tuple[Step, ...]
    priority: int = 0
    notes: tuple[str, ...] = field(default=())
    """Differences that a deployment leaves alone."""

    @property
    def rent(self) -> int:
        """Lamports that go into accounts."""
        return sum(step.rent for step in self.steps)

    @property
    def fees(self) -> int:
        """Lamports that the network takes, at most."""
        return sum(step.fees(self.priority) for step in self.steps)

    @property
    def needed(self) -> int:
        """Lamports the payer must have so that no step fails for want of money."""
        spent, most = 0, 0
        for step in self.steps:
            most = max(most, spent + step.rent + step.held + step.fees(self.priority))
            spent += step.rent + step.fees(self.priority)
        return most
