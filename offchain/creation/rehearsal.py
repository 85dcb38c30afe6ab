"""All transactions of a new market tried out before the first is sent: on a copy, inside this process, of every account
they touch and of the very bytecode that the chain runs."""

from collections.abc import Sequence

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import transactions
from offchain.chain.addresses import NATIVE_PROGRAMS, UPGRADEABLE_LOADER, Addresses
from offchain.chain.backends.base import Chain
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.errors import ProgramError
from offchain.creation.errors import CreationError
from offchain.creation.steps import Step
from offchain.localnet.chain import LocalChain

_SYSVARS = "Sysvar"


def rehearse(chain: Chain, at: Addresses, steps: Sequence[Step], key: Keypair) -> None:
    """CreationError names the first transaction that would fail, and why. Nothing leaves this process."""
    local = LocalChain(clock="driven", start=chain.now())
    addresses = [*_program_data(at), *_touched(steps)]
    for address, account in zip(addresses, chain.accounts(addresses), strict=True):
        if account is not None:
            local.set_account(address, account)
    for step in steps:
        try:
            transactions.send_measured(EmbeddedChain(local), step.instructions, [key], at=at)
        except ProgramError as error:
            raise CreationError(f"nothing was sent, as one transaction would fail: {step.title}: {error}") from error


def _program_data(at: Addresses) -> list[Pubkey]:
    """Where the bytecode lies: it has to be there before the programs are."""
    return [Pubkey.find_program_address([bytes(key)], UPGRADEABLE_LOADER)[0] for key in at.programs.values()]


def _touched(steps: Sequence[Step]) -> list[Pubkey]:
    """Programs first, then every account; not what each chain has of its own."""
    instructions = [instruction for step in steps for instruction in step.instructions]
    keys = [instruction.program_id for instruction in instructions]
    keys += [meta.pubkey for instruction in instructions for meta in instruction.accounts]
    return [key for key in dict.fromkeys(keys) if key not in NATIVE_PROGRAMS and not str(key).startswith(_SYSVARS)]
