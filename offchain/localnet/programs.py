"""Putting programs on the chain as if they had been deployed with the upgradeable loader."""

from collections.abc import Iterator
from pathlib import Path

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.addresses import UPGRADEABLE_LOADER
from offchain.localnet.errors import LocalnetError
from offchain.localnet.limits import RENT_EXEMPT_EPOCH
from offchain.localnet.rent import minimum_balance

_ELF_MAGIC = b"\x7fELF"
_PROGRAM_TAG, _DATA_TAG = 2, 3
_POINTER_BYTES = 36


def program_data_address(program: Pubkey) -> Pubkey:
    """Where the upgradeable loader keeps the bytecode of `program`."""
    return Pubkey.find_program_address([bytes(program)], UPGRADEABLE_LOADER)[0]


def data_of_program(account: Account | None) -> Pubkey | None:
    """Where the bytecode of this upgradeable program lies; None for any other account."""
    if account is None or account.owner != UPGRADEABLE_LOADER or _tag(account) != _PROGRAM_TAG:
        return None
    return Pubkey.from_bytes(account.data[4:36])


def is_program_data(account: Account | None) -> bool:
    """Whether this account holds the bytecode of an upgradeable program."""
    return account is not None and account.owner == UPGRADEABLE_LOADER and _tag(account) == _DATA_TAG


def deployed_by_transaction(data: Account | None) -> bool:
    """Whether a transaction put this bytecode on the chain; preloaded programs say that they came in slot 0."""
    return slot_of_bytecode(data) > 0


def slot_of_bytecode(data: Account | None) -> int:
    """Slot in which a program's bytecode was put on the chain; 0 for an account that holds none."""
    return int.from_bytes(data.data[4:12], "little") if data is not None and is_program_data(data) else 0


def read_elf(path: Path) -> bytes:
    """The bytecode in `path`. Raises LocalnetError if there is none."""
    try:
        elf = path.read_bytes()
    except OSError as error:
        raise LocalnetError(
            f"cannot read the program {path} ({error.strerror}): run scripts/build_programs or give another folder"
        ) from None
    if not elf.startswith(_ELF_MAGIC):
        raise LocalnetError(f"{path} is not a compiled program (no ELF file): run scripts/build_programs")
    return elf


def program_accounts(program: Pubkey, elf: bytes, authority: Pubkey | None) -> Iterator[tuple[Pubkey, Account]]:
    """The two accounts of an upgradeable program, in the order in which LiteSVM must get them."""
    data_address = program_data_address(program)
    option = b"\0" + bytes(32) if authority is None else b"\1" + bytes(authority)
    data = _DATA_TAG.to_bytes(4, "little") + bytes(8) + option + elf
    yield data_address, Account(minimum_balance(len(data)), data, UPGRADEABLE_LOADER, False, RENT_EXEMPT_EPOCH)
    pointer = _PROGRAM_TAG.to_bytes(4, "little") + bytes(data_address)
    yield program, Account(minimum_balance(len(pointer)), pointer, UPGRADEABLE_LOADER, True, RENT_EXEMPT_EPOCH)


def _tag(account: Account) -> int:
    return int.from_bytes(account.data[:4], "little") if len(account.data) >= _POINTER_BYTES else 0
