"""The calls of a transaction in the order in which they ran, each with its path."""

from dataclasses import dataclass
from typing import Any

from based58 import b58decode

from offchain.indexer.raw import RawTransaction


@dataclass(frozen=True, slots=True)
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
    message = raw.document["transaction"]["message"]
    meta = raw.document["meta"]
    loaded = meta.get("loadedAddresses") or {}
    keys = [*message["accountKeys"], *loaded.get("writable", ()), *loaded.get("readonly", ())]
    inner = {int(group["index"]): group["instructions"] for group in meta.get("innerInstructions") or ()}
    calls: list[Call] = []
    for index, top in enumerate(message["instructions"]):
        calls.append(_call(top, str(index), 1, keys))
        calls += _inner(index, inner.get(index, ()), keys)
    return calls


def _inner(index: int, listed: Any, keys: list[str]) -> list[Call]:
    found: list[Call] = []
    counters = [index]
    for entry in listed:
        # Nodes of before Solana 1.14 tell no height; then everything counts as called from the top.
        depth = int(entry.get("stackHeight") or 2)
        if depth > len(counters):
            counters.append(0)
        else:
            del counters[depth:]
            counters[-1] += 1
        found.append(_call(entry, ".".join(map(str, counters)), depth, keys))
    return found


def _call(entry: Any, path: str, depth: int, keys: list[str]) -> Call:
    program = keys[entry["programIdIndex"]]
    accounts = [keys[number] for number in entry["accounts"]]
    return Call(path, depth, program, accounts, b58decode(entry["data"].encode()) if entry["data"] else b"")


def match(invoked: list[tuple[str, int]], calls: list[Call]) -> list[int] | None:
    """For each invocation of the logs the index of its call; None when the logs tell calls that did not happen.

    Some built-in programs (signature checks) run without a word in the logs: their calls are passed over.
    """
    found: list[int] = []
    at = 0
    for program, depth in invoked:
        while at < len(calls) and (calls[at].program, calls[at].depth) != (program, depth):
            at += 1
        if at == len(calls):
            return None
        found.append(at)
        at += 1
    return found
