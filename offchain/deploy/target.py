"""Where a deployment goes and who signs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import transactions
from offchain.chain.addresses import Addresses
from offchain.chain.backends.base import Chain, Outcome
from offchain.deploy.artifacts import Artifact
from offchain.deploy.node import Node
from offchain.settings.project import Cluster, Project


@dataclass(frozen=True)
class Target:
    """One deployment: what goes where, signed by whom."""

    project: Project
    cluster: Cluster
    artifacts: tuple[Artifact, ...]
    at: Addresses
    chain: Chain
    node: Node
    payer: Keypair
    """Pays, and is admin and upgrade authority."""
    program_keys: Path | None = None
    """Folder of NAME.json with the programs' keypairs; None takes the development keys, on local chains only."""
    priority: int = 0
    """Priority fee, micro-lamports per compute unit."""
    epoch_seconds: int | None = None
    """Length of an epoch of a new deployment; None takes the parameters'."""
    genesis: int | None = None
    """Unix time of epoch 0 of a new deployment; None begins one epoch before the one that runs now."""

    @property
    def me(self) -> Pubkey:
        """The payer's public key."""
        return self.payer.pubkey()

    @property
    def admin(self) -> Pubkey:
        """The key compiled into the programs, which configures them and creates the markets of the project file."""
        return Pubkey.from_string(self.cluster.admin)

    @property
    def mint(self) -> Pubkey:
        """The USDC mint of the cluster."""
        return Pubkey.from_string(self.cluster.usdc_mint)

    @property
    def is_local(self) -> bool:
        """Whether this is a chain of one's own, whose faucet pays and whose keys are public."""
        return self.cluster.name == "localnet"

    def send(self, instructions: Sequence[Instruction], *others: Keypair) -> Outcome:
        """Simulate, send and confirm one transaction; ProgramError when it fails."""
        options = transactions.Options(priority=self.priority)
        return transactions.send_measured(self.chain, instructions, [self.payer, *others], options, self.at)

    def measure(self, instructions: Sequence[Instruction]) -> None:
        """Simulate only; ProgramError when it would fail."""
        transactions.measure(self.chain, instructions, self.me, transactions.Options(), self.at)
