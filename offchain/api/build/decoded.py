"""Instructions read back from a built message: the summary tells what the bytes say, not what was meant."""

from struct import error as StructError
from typing import Any

from solders.message import Message, MessageV0
from solders.pubkey import Pubkey

from offchain.api.build.schemas.built import AccountMeta, Argument, Instruction
from offchain.chain.addresses import ASSOCIATED_PROGRAM, COMPUTE_BUDGET, SYSTEM_PROGRAM, TOKEN_PROGRAM, Addresses
from offchain.indexer.decode.idl import Instruction as Declared
from offchain.indexer.decode.idl import instructions_of, read_loose, to_json

NATIVE = {
    ASSOCIATED_PROGRAM: "associated_token_account",
    COMPUTE_BUDGET: "compute_budget",
    SYSTEM_PROGRAM: "system",
    TOKEN_PROGRAM: "token",
}
_CREATE_IDEMPOTENT = b"\x01"
_ASSOCIATED_ACCOUNTS = ("payer", "account", "owner", "mint", "system_program", "token_program")
_BUDGET = {2: ("set_compute_unit_limit", "units", 4), 3: ("set_compute_unit_price", "micro_lamports", 8)}
"""First byte -> name, argument and its bytes."""


def name_of_program(program: Pubkey, at: Addresses) -> str:
    """Its name, or its address."""
    return at.name_of(program) or NATIVE.get(program) or str(program)


def is_writable(message: Message | MessageV0, number: int) -> bool:
    """Whether the message asks to write its key of this number."""
    header = message.header
    signers = header.num_required_signatures
    if number < signers:
        return number < signers - header.num_readonly_signed_accounts
    return number < len(message.account_keys) - header.num_readonly_unsigned_accounts


def writable_keys(message: Message | MessageV0) -> list[Pubkey]:
    """Every key that the message may change, the fee payer first."""
    return [key for number, key in enumerate(message.account_keys) if is_writable(message, number)]


def instructions(message: Message | MessageV0, at: Addresses) -> list[Instruction]:
    """Every top-level instruction; the message must not use lookup tables."""
    keys = list(message.account_keys)
    return [
        _instruction(keys[found.program_id_index], list(bytes(found.accounts)), bytes(found.data), message, at)
        for found in message.instructions
    ]


def _instruction(
    program: Pubkey, numbers: list[int], data: bytes, message: Message | MessageV0, at: Addresses
) -> Instruction:
    name, names, arguments = _read(program, data, at)
    keys = list(message.account_keys)
    metas = [
        AccountMeta(
            names[place] if place < len(names) else "",
            str(keys[number]),
            message.is_signer(number),
            is_writable(message, number),
        )
        for place, number in enumerate(numbers)
    ]
    return Instruction(name_of_program(program, at), str(program), name, arguments, metas)


def _read(program: Pubkey, data: bytes, at: Addresses) -> tuple[str, tuple[str, ...], list[Argument]]:
    ours = at.name_of(program)
    if ours is not None:
        declared = instructions_of(ours).get(data[:8])
        return ("", (), []) if declared is None else (declared.name, declared.accounts, _arguments(declared, data[8:]))
    if program == COMPUTE_BUDGET and data and data[0] in _BUDGET:
        name, argument, size = _BUDGET[data[0]]
        return name, (), [Argument(argument, str(int.from_bytes(data[1 : 1 + size], "little")))]
    if program == ASSOCIATED_PROGRAM and data == _CREATE_IDEMPOTENT:
        return "create_idempotent", _ASSOCIATED_ACCOUNTS, []
    return "", (), []


def _arguments(declared: Declared, data: bytes) -> list[Argument]:
    try:
        values = declared.layout.read(data, 0) if declared.layout else read_loose(declared.args, data)
    except (StructError, IndexError):
        return []
    return [
        Argument(name, _text(to_json(kind)(value))) for (name, kind), value in zip(declared.args, values, strict=True)
    ]


def _text(value: Any) -> str:
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
