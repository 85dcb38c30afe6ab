"""Which transactions touch our programs, by a node's history of each program's address."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from offchain.indexer.errors import NodeLieError
from offchain.indexer.ingest.together import together
from offchain.indexer.ingest.watched import Fault, WatchedNodes
from offchain.indexer.store.marks import Marks

PAGE = 1_000
MAX_PASSES = 6


@dataclass(slots=True)
class Listed:
    """One transaction as the history names it."""

    signature: str
    slot: int
    final: bool
    programs: set[str] = field(default_factory=set)
    """Names of those of our programs whose history it is in."""


Listing = dict[str, Listed]
"""By signature."""


async def list_all(nodes: WatchedNodes, programs: Mapping[str, str], marks: Marks, expected: set[str]) -> Listing:
    """Everything newer than the watermarks, listed until two passes agree: a node may leave something out once.

    One pass is enough when it names exactly what is `expected`, which was heard of in another way. What a chain that
    goes on adds between two passes is left for the next round.
    """
    found: Listing = {}
    for _ in range(MAX_PASSES):
        before, newest = set(found), max((entry.slot for entry in found.values()), default=-1)
        await together(_list(nodes, name, address, marks, found) for name, address in programs.items())
        if set(found) in (before, expected):
            return found
        fresh = [entry.slot for signature, entry in found.items() if signature not in before]
        if before and fresh and min(fresh) > newest:
            return {signature: entry for signature, entry in found.items() if signature in before}
        nodes.seen[Fault.LEFT_OUT] += sum(slot < newest for slot in fresh)
    raise NodeLieError(f"the node names other transactions each time it is asked ({len(found)} so far): use another")


async def _list(nodes: WatchedNodes, name: str, address: str, marks: Marks, found: Listing) -> None:
    mark = marks.get(name)
    before: str | None = None
    seen: set[str] = set()
    while True:
        options: dict[str, Any] = {"limit": PAGE, "commitment": "confirmed"}
        if mark and mark.signature:
            options["until"] = mark.signature
        if before:
            options["before"] = before
        answer: Any = await nodes.ask("getSignaturesForAddress", address, options)
        page = [_read(nodes, entry) for entry in answer]
        new = [entry for entry in page if entry.signature not in seen]
        _watch(nodes, page, seen)
        if not new:
            return
        if mark and min(entry.slot for entry in new) < mark.slot:
            raise NodeLieError(
                f"the node does not know {mark.signature}, the last transaction of {name} that is stored: "
                "use another node, or run `percosec reindex --from-chain` if the chain was started anew"
            )
        seen.update(entry.signature for entry in new)
        _merge(new, name, found)
        before = min(reversed(new), key=lambda entry: entry.slot).signature


def _merge(page: list[Listed], name: str, found: Listing) -> None:
    for entry in page:
        known = found.setdefault(entry.signature, entry)
        known.programs.add(name)
        known.final = known.final or entry.final
        if known.slot != entry.slot:
            # It was in a slot that got dropped and has landed again: the next pass agrees with itself.
            known.slot, known.final = entry.slot, entry.final


def _watch(nodes: WatchedNodes, page: list[Listed], seen: set[str]) -> None:
    names = {entry.signature for entry in page}
    nodes.seen[Fault.TWICE] += len(page) - len(names) + len(names & seen)
    nodes.seen[Fault.DISORDER] += any(one.slot < next_.slot for one, next_ in pairwise(page))


def _read(nodes: WatchedNodes, entry: Any) -> Listed:
    try:
        return Listed(str(entry["signature"]), int(entry["slot"]), entry.get("confirmationStatus") == "finalized")
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        nodes.seen[Fault.NONSENSE] += 1
        raise NodeLieError(f"the node's list of transactions makes no sense ({error!r}): use another node") from None
