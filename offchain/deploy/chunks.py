"""A buffer's bytecode in pieces that fit into transactions."""

from dataclasses import dataclass
from functools import cache

from solders.compute_budget import set_compute_unit_limit, set_compute_unit_price
from solders.hash import Hash
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.chain.addresses import UPGRADEABLE_LOADER
from offchain.chain.transactions import MAX_BYTES
from offchain.deploy import loader
from offchain.deploy.loader_state import BUFFER_HEADER

WRITE_UNITS = 3_000
"""Compute units of a write (2 370) and of the two instructions that say so (150 each), with some room."""
_LARGEST = 1_100
"""More than any piece: a transaction holds 1 232 bytes with its signature and addresses."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes and where they belong."""

    offset: int
    content: bytes


def buffer_seed(name: str) -> str:
    """The seed of a program's buffer: with the payer it makes the address, so it is found again without a file."""
    return f"percosec {name}"


def buffer_address(payer: Pubkey, name: str) -> Pubkey:
    """The one buffer that `payer` uses for a program."""
    return Pubkey.create_with_seed(payer, buffer_seed(name), UPGRADEABLE_LOADER)


def buffer_size(elf: bytes) -> int:
    """Bytes of the account of a buffer for this bytecode."""
    return BUFFER_HEADER + len(elf)


def missing_chunks(elf: bytes, there: bytes, size: int) -> list[Chunk]:
    """The pieces of `elf`, each of `size` bytes, in which it differs from what is there."""
    return [
        Chunk(start, elf[start : start + size])
        for start in range(0, len(elf), size)
        if elf[start : start + size] != there[start : start + size]
    ]


@cache
def chunk_size(priority: int) -> int:
    """Most bytes that one write can carry."""
    key = Keypair.from_seed(bytes(32))
    largest = write_transaction(key, Pubkey.default(), Chunk(0, bytes(_LARGEST)), Hash.default(), priority)
    return _LARGEST - (len(bytes(largest)) - MAX_BYTES)


def write_transaction(
    payer: Keypair, buffer: Pubkey, chunk: Chunk, blockhash: Hash, priority: int
) -> VersionedTransaction:
    """The signed transaction that writes one piece."""
    budget: list[Instruction] = []
    if priority:
        budget = [set_compute_unit_limit(WRITE_UNITS), set_compute_unit_price(priority)]
    instruction = loader.write(buffer, payer.pubkey(), chunk.offset, chunk.content)
    message = Message.new_with_blockhash([*budget, instruction], payer.pubkey(), blockhash)
    return VersionedTransaction(message, [payer])
