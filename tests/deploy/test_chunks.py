"""Pieces of a buffer: as large as a transaction carries, and only those that differ."""

import pytest
from solders.hash import Hash
from solders.keypair import Keypair

from offchain.chain.transactions import MAX_BYTES
from offchain.deploy.chunks import (
    Chunk,
    buffer_address,
    buffer_seed,
    chunk_size,
    missing_chunks,
    write_transaction,
)
from offchain.settings.project import load_project

ELF = bytes(range(256)) * 10


@pytest.mark.parametrize("priority", [0, 1, 1_000_000])
def test_a_piece_fills_a_transaction(priority: int) -> None:
    key = Keypair()
    chunk = Chunk(700_000, bytes(chunk_size(priority)))
    transaction = write_transaction(key, buffer_address(key.pubkey(), "risk_engine"), chunk, Hash.default(), priority)
    assert len(bytes(transaction)) == MAX_BYTES


def test_only_what_differs_is_missing() -> None:
    assert missing_chunks(ELF, ELF, 1_000) == []
    every = missing_chunks(ELF, bytes(len(ELF)), 1_000)
    assert b"".join(chunk.content for chunk in every) == ELF
    assert [chunk.offset for chunk in every] == [0, 1_000, 2_000]
    there = bytearray(ELF)
    there[1_500] ^= 1
    assert [chunk.offset for chunk in missing_chunks(ELF, bytes(there), 1_000)] == [1_000]


def test_a_buffers_address_follows_from_payer_and_program() -> None:
    first, second = Keypair().pubkey(), Keypair().pubkey()
    names = [*load_project().programs, "pyth_adapter", "switchboard_adapter"]
    addresses = {buffer_address(key, name) for key in (first, second) for name in names}
    assert len(addresses) == 2 * len(names)
    assert all(len(buffer_seed(name)) <= 32 for name in names)
