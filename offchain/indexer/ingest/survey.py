"""One look at the chain: what is there that is not stored, and what is stored that is there no more."""

from collections.abc import Mapping
from dataclasses import dataclass

from offchain.indexer.ingest.backlog import Backlog
from offchain.indexer.ingest.listed import Listed, Listing
from offchain.indexer.ingest.listing import list_all
from offchain.indexer.ingest.statuses import look_up, slot_at
from offchain.indexer.ingest.watched import WatchedNodes
from offchain.indexer.store.store import Store


@dataclass(frozen=True, slots=True)
class Survey:
    """What a round has to do."""

    listing: Listing
    """Everything newer than the watermarks, and what was heard of without being listed."""
    unfinal: dict[str, int]
    """Signature -> slot of what was stored and might have been dropped."""
    final: int
    """Everything up to this slot is finalized."""
    head: int
    """The node's confirmed slot."""
    dropped: int | None
    """The earliest slot that does not hold any more what is stored; None when there is none."""


@dataclass(frozen=True, slots=True)
class Behind:
    """So much is missing that it is worked off before anything else."""

    backlog: Backlog
    final: int
    """Everything up to this slot is finalized."""
    head: int
    """The node's confirmed slot."""
    dropped: int | None
    """As of a survey: once the backlog is stored the slots after it are final, and can't be taken back any more."""


async def survey(
    nodes: WatchedNodes, store: Store, programs: Mapping[str, str], heard: Mapping[str, int]
) -> Survey | Behind:
    """Ask the node; NodeLieError when its answers contradict each other."""
    final, head = await slot_at(nodes, "finalized"), await slot_at(nodes, "confirmed")
    unfinal = store.unfinal()
    found = await list_all(nodes, programs, store.marks, set(unfinal) | set(heard))
    if found.backlog is not None:
        try:
            listing = found.backlog.among(list(unfinal))
            listing.update(await look_up(nodes, [signature for signature in unfinal if signature not in listing]))
        except BaseException:
            found.close()
            raise
        return Behind(found.backlog, found.backlog.final(final), head, _dropped(unfinal, listing, head))
    listing = found.listing
    absent = [signature for signature in (*unfinal, *heard) if signature not in listing]
    listing.update(await look_up(nodes, store_unknown(store, unfinal, absent)))
    return Survey(listing, unfinal, _final(listing, final), head, _dropped(unfinal, listing, head))


def store_unknown(store: Store, unfinal: Mapping[str, int], signatures: list[str]) -> list[str]:
    """Those to be looked up: what might have been dropped, and what was only heard of and is not stored."""
    unknown = store.unknown([signature for signature in signatures if signature not in unfinal])
    return [signature for signature in dict.fromkeys(signatures) if signature in unfinal or signature in unknown]


def _dropped(unfinal: Mapping[str, int], listing: Mapping[str, Listed], head: int) -> int | None:
    """The earliest slot whose transactions are no more there; None when there is none."""
    gone = [
        slot
        for signature, slot in unfinal.items()
        # A node that has not come as far as the slot can't know.
        if (signature not in listing and slot <= head) or (signature in listing and listing[signature].slot != slot)
    ]
    return min(gone, default=None)


def _final(listing: Mapping[str, Listed], final: int) -> int:
    """No transaction up to this slot is listed as less than finalized."""
    return min([final, *(entry.slot - 1 for entry in listing.values() if not entry.final)])
