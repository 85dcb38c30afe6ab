"""Transactions that tests send past the deployment."""

from collections.abc import Sequence

from solders.instruction import Instruction
from solders.keypair import Keypair

from offchain.chain import transactions
from offchain.chain.backends.base import Outcome
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.instructions.admin import set_guardian
from offchain.localnet.chain import LocalChain


def send(chain: LocalChain, instructions: Sequence[Instruction], *signers: Keypair) -> Outcome:
    """Send, and fail when the transaction fails."""
    return transactions.send(EmbeddedChain(chain), instructions, list(signers))


def refusal_of_a_stranger(chain: LocalChain) -> None:
    """A stranger tries to name a guardian; raises the risk engine's ProgramError."""
    stranger = Keypair()
    chain.airdrop(stranger.pubkey(), 10**9)
    send(chain, [set_guardian("risk_engine", stranger.pubkey(), stranger.pubkey())], stranger)
