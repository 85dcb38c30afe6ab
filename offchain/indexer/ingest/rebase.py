"""Where events are lost projections are compared with the accounts, at a moment when both are of one slot."""

from base64 import b64decode
from dataclasses import dataclass
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import Addresses
from offchain.indexer.ingest.listing import list_all
from offchain.indexer.ingest.watched import WatchedNodes
from offchain.indexer.projections.rows import KINDS
from offchain.indexer.store.store import Store


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The accounts of all programs, as rows."""

    oldest: int
    """Slot of the program that was read first."""
    newest: int
    rows: dict[Pubkey, Any]


async def rebase(nodes: WatchedNodes, store: Store, at: Addresses) -> int:
    """Take the rows that differ from the chain; returns how many.

    0 as well while transactions land too fast: then the accounts are of a later slot than what is stored, and the next
    round tries again.
    """
    projected = store.rows()
    if projected is None:
        return 0
    snapshot = await _read(nodes, at)
    programs = {name: str(key) for name, key in at.deployed.items()}
    found = await list_all(nodes, programs, store.marks, set())
    if found.backlog is not None:
        found.close()
        return 0
    between = [found.listing[signature] for signature in store.unknown(list(found.listing))]
    if store.newest > snapshot.oldest or any(entry.slot <= snapshot.newest for entry in between):
        return 0
    held = {address: row for address, row in snapshot.rows.items() if projected.get(address) != row}
    held.update({address: None for address in projected if address not in snapshot.rows})
    kinds = {address: type(projected[address] if row is None else row) for address, row in held.items()}
    store.rebase(snapshot.newest, held, kinds)
    return len(held)


async def _read(nodes: WatchedNodes, at: Addresses) -> Snapshot:
    slots: list[int] = []
    rows: dict[Pubkey, Any] = {}
    for program, kinds in KINDS.items():
        options = {"encoding": "base64", "withContext": True, "commitment": "confirmed"}
        slot, accounts = await nodes.ask("getProgramAccounts", str(at.programs[program]), options, read=_accounts)
        slots.append(slot)
        by_discriminator = {bytes(kind.discriminator): kind for kind in kinds}
        for address, data in accounts:
            kind = by_discriminator.get(data[:8])
            if kind is not None:
                rows[address] = decode(kind, data)
    return Snapshot(min(slots), max(slots), rows)


def _accounts(answer: Any) -> tuple[int, list[tuple[Pubkey, bytes]]]:
    entries = [(Pubkey.from_string(one["pubkey"]), b64decode(one["account"]["data"][0])) for one in answer["value"]]
    return int(answer["context"]["slot"]), entries
