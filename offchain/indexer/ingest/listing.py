"""Which transactions touch our programs, by a node's history of each program's address."""

from collections import deque
from collections.abc import Mapping, Set
from itertools import pairwise
from typing import Any

from offchain.indexer.errors import NodeLieError
from offchain.indexer.ingest.found import Found
from offchain.indexer.ingest.listed import Listed
from offchain.indexer.ingest.together import together
from offchain.indexer.ingest.watched import Fault, WatchedNodes
from offchain.indexer.store.marks import Marks

PAGE = 1_000
MAX_PASSES = 6


_PAGES = 2
"""Pages whose signatures are remembered to notice that a node repeats itself."""


async def list_all(nodes: WatchedNodes, programs: Mapping[str, str], marks: Marks, expected: Set[str]) -> Found:
    """Everything newer than the watermarks, listed until two passes agree: a node may leave something out once.

    One pass is enough when it names exactly what is `expected`, which was heard of in another way. What a chain that
    goes on adds between two passes is left for the next round.
    """
    found = Found(programs)
    try:
        for _ in range(MAX_PASSES):
            before = len(found)
            found.begin()
            await together(_list(nodes, name, address, marks, found) for name, address in programs.items())
            # Nothing is ever taken out, so the same number means the same signatures.
            if len(found) == before or (found.backlog is None and found.listing.keys() == expected):
                return found
            if found.fresh and min(found.fresh) > found.newest:
                found.leave_later()
                return found
            nodes.seen[Fault.LEFT_OUT] += sum(slot < found.newest for slot in found.fresh)
    except BaseException:
        found.close()
        raise
    found.close()
    raise NodeLieError(f"the node names other transactions each time it is asked ({before} at last): use another")


async def _list(nodes: WatchedNodes, name: str, address: str, marks: Marks, found: Found) -> None:
    mark = marks.get(name)
    before: str | None = None
    pages: deque[set[str]] = deque(maxlen=_PAGES)
    while True:
        options: dict[str, Any] = {"limit": PAGE, "commitment": "confirmed"}
        if mark and mark.signature:
            options["until"] = mark.signature
        if before:
            options["before"] = before
        answer: Any = await nodes.ask("getSignaturesForAddress", address, options)
        page = [_read(nodes, entry) for entry in answer]
        seen: set[str] = set().union(*pages)
        new = [entry for entry in page if entry.signature not in seen]
        _watch(nodes, page, seen)
        if not new:
            return
        if mark and min(entry.slot for entry in new) < mark.slot:
            raise NodeLieError(
                f"the node does not know {mark.signature}, the last transaction of {name} that is stored: "
                "use another node, or run `percosec reindex --from-chain` if the chain was started anew"
            )
        pages.append({entry.signature for entry in page})
        found.merge(new, name)
        before = min(reversed(new), key=lambda entry: entry.slot).signature


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
