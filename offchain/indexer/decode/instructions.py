"""Calls as named instructions with named arguments and accounts."""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import msgspec

from offchain.indexer.decode.calls import Call
from offchain.indexer.decode.compiled import args_reader
from offchain.indexer.decode.idl import Instruction, instructions_of, read_loose, to_json
from offchain.indexer.decode.model import DecodedInstruction

MARKET_ACCOUNTS = ("market_id", "market")
"""How instructions name the market's own account."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What is known of an instruction before it is seen."""

    instruction: Instruction
    market: int | None
    """Place of the market's own account."""
    read: Callable[[bytes], tuple[str, str | None]]
    """Its arguments as JSON, and the market among them; struct.error or IndexError when there are too few bytes."""


def decode_instruction(
    signature: str, position: int, call: Call, program: str | None, market: str | None
) -> DecodedInstruction:
    """`program`: the name of one of ours. `market`: as its events tell it; else arguments and accounts do."""
    form = _forms(program).get(call.data[:8]) if program else None
    args = "{}"
    if form is not None:
        try:
            args, named = form.read(call.data)
            market = market or named
        except (struct.error, IndexError):
            form = None  # too short for its own arguments: such a call fails in the program too
    addresses = call.accounts
    if form is None:
        accounts = _named((), len(addresses)) % tuple(addresses)
    else:
        accounts = _named(form.instruction.accounts, len(addresses)) % tuple(addresses)
        if market is None and form.market is not None and form.market < len(addresses):
            market = addresses[form.market]
    return DecodedInstruction(
        signature,
        call.path,
        position,
        program or call.program,
        form.instruction.name if form else None,
        market,
        args,
        accounts,
        addresses,
    )


def _reader(known: Instruction) -> Callable[[bytes], tuple[str, str | None]]:
    if known.layout is not None:
        read, end = args_reader(known.args), 8 + known.layout.size
        # Programs don't mind bytes that follow.
        return lambda data: read(data[8:end])

    def loose(data: bytes) -> tuple[str, str | None]:
        read = zip(known.args, read_loose(known.args, data[8:]), strict=True)
        values = {name: to_json(kind)(value) for (name, kind), value in read}
        return msgspec.json.encode(values).decode(), values.get("market_id")

    return loose


@cache
def _forms(program: str) -> dict[bytes, _Form]:
    found = {}
    for discriminator, known in instructions_of(program).items():
        market = next((known.accounts.index(name) for name in MARKET_ACCOUNTS if name in known.accounts), None)
        found[discriminator] = _Form(known, market, _reader(known))
    return found


@cache
def _named(names: tuple[str, ...], count: int) -> str:
    """The JSON of so many accounts, each address a `%s`: by name, and by number where there is none."""
    keys = [names[index] if index < len(names) else str(index) for index in range(count)]
    return "{" + ",".join(f'"{key}":"%s"' for key in keys) + "}"
