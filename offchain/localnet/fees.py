"""What a transaction costs its fee payer, in lamports."""

from solders.message import Message, MessageV0

from offchain.localnet.addresses import BUILTINS, COMPUTE_BUDGET, PRECOMPILES
from offchain.localnet.limits import (
    BUILTIN_UNITS_PER_INSTRUCTION,
    DEFAULT_UNITS_PER_INSTRUCTION,
    LAMPORTS_PER_SIGNATURE,
    MAX_COMPUTE_UNITS,
    MICRO_LAMPORTS,
)

_SET_UNIT_LIMIT = 2
_SET_UNIT_PRICE = 3


def signature_fee(message: Message | MessageV0) -> int:
    """The base fee: per signature of the transaction and per signature a precompile checks."""
    count: int = message.header.num_required_signatures
    keys = message.account_keys
    for instruction in message.instructions:
        if keys[instruction.program_id_index] in PRECOMPILES and instruction.data:
            count += instruction.data[0]
    return count * LAMPORTS_PER_SIGNATURE


def unit_price(message: Message | MessageV0) -> int:
    """What a transaction bids, in micro-lamports per compute unit; 0 when it does not."""
    keys = message.account_keys
    price = 0
    for instruction in message.instructions:
        data = bytes(instruction.data)
        if keys[instruction.program_id_index] == COMPUTE_BUDGET and data[:1] == bytes([_SET_UNIT_PRICE]):
            price = int.from_bytes(data[1:9], "little")
    return price


def priority_fee(message: Message | MessageV0) -> int:
    """Unit price times unit limit, rounded up; 0 without a price."""
    keys = message.account_keys
    if COMPUTE_BUDGET not in keys:
        return 0
    limit: int | None = None
    default = 0
    for instruction in message.instructions:
        program = keys[instruction.program_id_index]
        data = bytes(instruction.data)
        if program != COMPUTE_BUDGET:
            default += BUILTIN_UNITS_PER_INSTRUCTION if program in BUILTINS else DEFAULT_UNITS_PER_INSTRUCTION
            continue
        default += BUILTIN_UNITS_PER_INSTRUCTION
        if data[:1] == bytes([_SET_UNIT_LIMIT]):
            limit = int.from_bytes(data[1:5], "little")
    units = min(default if limit is None else limit, MAX_COMPUTE_UNITS)
    return -(-unit_price(message) * units // MICRO_LAMPORTS)
