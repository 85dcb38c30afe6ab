"""A program's IDL on the chain, as Anchor 0.29 keeps it: where explorers and anchorpy's `fetch_idl` look.

Every program of Anchor answers these instructions itself. The account's address follows from the program's; whoever
creates it first is its authority.
"""

import zlib
from dataclasses import dataclass

from solders.account import Account
from solders.instruction import AccountMeta, Instruction
from solders.pubkey import Pubkey

from offchain.chain.addresses import SYSTEM_PROGRAM

HEADER = 44
"""Bytes before the compressed IDL: discriminator, authority, length."""
ROOM = 5_956
"""Bytes for a compressed IDL: with the header 6 000, twice what the largest of ours takes."""
PIECE = 800
"""Bytes that one instruction writes."""
_DISCRIMINATOR = bytes([24, 70, 98, 191, 58, 144, 123, 158])
_TAG = 0x0A69E9A778BCF440.to_bytes(8, "little")
_CREATE, _CREATE_BUFFER, _WRITE, _SET_BUFFER, _SET_AUTHORITY, _CLOSE = range(6)


@dataclass(frozen=True, slots=True)
class IdlAccount:
    """A published IDL, or one that is being written."""

    authority: Pubkey
    written: bytes
    """Compressed IDL, or as much as is there."""


def idl_address(program: Pubkey) -> Pubkey:
    """Where the IDL of `program` lies."""
    return Pubkey.create_with_seed(_base(program), "anchor:idl", program)


def compress(idl: bytes) -> bytes:
    """The IDL as it is stored."""
    return zlib.compress(idl, 9)


def read_idl(account: Account | None, program: Pubkey) -> IdlAccount | None:
    """The IDL in this account; None when there is none."""
    if account is None or account.owner != program or account.data[:8] != _DISCRIMINATOR:
        return None
    length = int.from_bytes(account.data[40:HEADER], "little")
    return IdlAccount(Pubkey.from_bytes(account.data[8:40]), account.data[HEADER : HEADER + length])


def is_idl(account: Account) -> bool:
    """Whether a program's account holds an IDL (or a part of one) and no state of the program."""
    return read_idl(account, account.owner) is not None


def create(program: Pubkey, payer: Pubkey) -> Instruction:
    """Make the account, with room for `ROOM` bytes; the payer becomes its authority."""
    return _instruction(
        program,
        _CREATE,
        ROOM.to_bytes(8, "little"),
        AccountMeta(payer, True, True),
        AccountMeta(idl_address(program), False, True),
        AccountMeta(_base(program), False, False),
        AccountMeta(SYSTEM_PROGRAM, False, False),
        AccountMeta(program, False, False),
    )


def create_buffer(program: Pubkey, buffer: Pubkey, authority: Pubkey) -> Instruction:
    """Make an empty account of the program a buffer for a new IDL."""
    return _instruction(
        program, _CREATE_BUFFER, b"", AccountMeta(buffer, False, True), AccountMeta(authority, True, True)
    )


def append(program: Pubkey, account: Pubkey, authority: Pubkey, content: bytes) -> Instruction:
    """Add bytes at the end of the IDL account or of a buffer."""
    body = len(content).to_bytes(4, "little") + content
    return _instruction(program, _WRITE, body, AccountMeta(account, False, True), AccountMeta(authority, True, True))


def set_buffer(program: Pubkey, buffer: Pubkey, authority: Pubkey) -> Instruction:
    """Make the buffer's content the published IDL."""
    return _instruction(
        program,
        _SET_BUFFER,
        b"",
        AccountMeta(buffer, False, True),
        AccountMeta(idl_address(program), False, True),
        AccountMeta(authority, True, True),
    )


def set_authority(program: Pubkey, authority: Pubkey, new_authority: Pubkey) -> Instruction:
    """Hand the IDL to somebody else."""
    return _instruction(
        program,
        _SET_AUTHORITY,
        bytes(new_authority),
        AccountMeta(idl_address(program), False, True),
        AccountMeta(authority, True, True),
    )


def close(program: Pubkey, account: Pubkey, authority: Pubkey, recipient: Pubkey) -> Instruction:
    """Take a buffer (or the IDL) off the chain; its lamports go to `recipient`."""
    return _instruction(
        program,
        _CLOSE,
        b"",
        AccountMeta(account, False, True),
        AccountMeta(authority, True, True),
        AccountMeta(recipient, False, True),
    )


def _base(program: Pubkey) -> Pubkey:
    return Pubkey.find_program_address([], program)[0]


def _instruction(program: Pubkey, number: int, body: bytes, *accounts: AccountMeta) -> Instruction:
    return Instruction(program, _TAG + bytes([number]) + body, list(accounts))
