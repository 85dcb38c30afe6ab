"""The calls of a transaction in the order in which they ran, each with its path."""

from collections.abc import Sequence
from dataclasses import dataclass

from based58 import b58decode

from offchain.indexer.raw import RawTransaction, ToldCall


@dataclass(slots=True)
class Call:
    """One invocation, by the transaction or by a program."""

    path: str
    depth: int
    """1 at the top."""
    program: str
    """Base58."""
    accounts: list[str]
    """Base58."""
    data: bytes


def calls_of(raw: RawTransaction) -> list[Call]:
    """Every call, callers before what they call."""
    message, meta = raw.told.transaction.message, raw.told.meta
    keys = message.account_keys
    if meta.loaded_addresses is not None:
        keys = [*keys, *meta.loaded_addresses.writable, *meta.loaded_addresses.readonly]
    inner = {group.index: group.instructions for group in meta.inner_instructions or ()}
    calls: list[Call] = []
    for index, top in enumerate(message.instructions):
        calls.append(_call(top, str(index), 1, keys))
        if index in inner:
            _inner(index, inner[index], keys, calls)
    return calls


def _inner(index: int, listed: Sequence[ToldCall], keys: list[str], into: list[Call]) -> None:
    counters = [index]
    for entry in listed:
        # Nodes of before Solana 1.14 tell no height; then everything counts as called from the top.
        depth = entry.stack_height or 2
        if depth > len(counters):
            counters.append(0)
        else:
            del counters[depth:]
            counters[-1] += 1
        into.append(_call(entry, ".".join(map(str, counters)), depth, keys))


def _call(entry: ToldCall, path: str, depth: int, keys: list[str]) -> Call:
    data = b58decode(entry.data.encode()) if entry.data else b""
    return Call(path, depth, keys[entry.program_id_index], [keys[number] for number in entry.accounts], data)


def match(invoked: Sequence[tuple[str, int]], calls: list[Call]) -> list[int] | None:
    """For each invocation of the logs the index of its call; None when the logs tell calls that did not happen.

    Some built-in programs (signature checks) run without a word in the logs: their calls are passed over.
    """
    found: list[int] = []
    at = 0
    for program, depth in invoked:
        while at < len(calls) and (calls[at].program != program or calls[at].depth != depth):
            at += 1
        if at == len(calls):
            return None
        found.append(at)
        at += 1
    return found
