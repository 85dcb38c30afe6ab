"""What the upgradeable loader (version 3) keeps in its accounts.

Layouts from Solana's `UpgradeableLoaderState`: a four-byte tag, then the fields, then the bytecode.
"""

from dataclasses import dataclass

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.addresses import UPGRADEABLE_LOADER

PROGRAM_BYTES = 36
BUFFER_HEADER = 37
DATA_HEADER = 45
_BUFFER, _PROGRAM, _DATA = 1, 2, 3


@dataclass(frozen=True, slots=True)
class Buffer:
    """Bytecode on its way to a program."""

    authority: Pubkey | None
    """Who may write, deploy and close it."""
    content: bytes


@dataclass(frozen=True, slots=True)
class ProgramData:
    """The bytecode of a deployed program."""

    slot: int
    """When it was deployed or upgraded last."""
    authority: Pubkey | None
    """Who may upgrade it; None when nobody may any more."""
    content: bytes
    """The bytecode, and zeros up to the room the account has."""

    def holds(self, elf: bytes) -> bool:
        """Whether this is exactly the given bytecode."""
        return self.content[: len(elf)] == elf and not any(self.content[len(elf) :])


def data_address(program: Pubkey) -> Pubkey:
    """Where the loader keeps the bytecode of `program`."""
    return Pubkey.find_program_address([bytes(program)], UPGRADEABLE_LOADER)[0]


def read_buffer(account: Account | None) -> Buffer | None:
    """The buffer in this account; None when it holds none."""
    if account is None or not _is(account, _BUFFER, BUFFER_HEADER):
        return None
    return Buffer(_authority(account.data, 4), account.data[BUFFER_HEADER:])


def read_program(account: Account | None) -> Pubkey | None:
    """Where the bytecode of this program account lies; None when it is no program of the upgradeable loader."""
    if account is None or not _is(account, _PROGRAM, PROGRAM_BYTES):
        return None
    return Pubkey.from_bytes(account.data[4:PROGRAM_BYTES])


def read_program_data(account: Account | None) -> ProgramData | None:
    """The bytecode in this account; None when it holds none."""
    if account is None or not _is(account, _DATA, DATA_HEADER):
        return None
    slot = int.from_bytes(account.data[4:12], "little")
    return ProgramData(slot, _authority(account.data, 12), account.data[DATA_HEADER:])


def _is(account: Account, tag: int, least: int) -> bool:
    data = account.data
    return account.owner == UPGRADEABLE_LOADER and len(data) >= least and int.from_bytes(data[:4], "little") == tag


def _authority(data: bytes, offset: int) -> Pubkey | None:
    return Pubkey.from_bytes(data[offset + 1 : offset + 33]) if data[offset] == 1 else None
