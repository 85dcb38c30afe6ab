"""The demo's own transactions as RPC JSON, as often as asked for, each copy with signatures and people of its own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.indexer.decode import decode
from offchain.indexer.projections.projector import Projector
from offchain.indexer.raw import read_raw
from offchain.settings.project import load_project
from scripts.benches.indexer.cast import GLOBAL, copy_keys, fixed_keys, keys_in
from scripts.benches.indexer.template import Copy, Template

PARAMETERS = load_project().profile("development").parameters


@dataclass(slots=True)
class Size:
    """How much there is of it."""

    transactions: int = 0
    failed: int = 0
    events: int = 0

    def times(self, first: "Size", copies: int) -> "Size":
        """`first` once, and this size for each further copy."""
        more = copies - 1
        return Size(
            first.transactions + more * self.transactions,
            first.failed + more * self.failed,
            first.events + more * self.events,
        )


class Workload:
    """Copies come one after another."""

    def __init__(self, documents: list[dict[str, Any]]) -> None:
        """`documents`: one run of the demo from the first transaction on."""
        projector = Projector(LOCALNET, PARAMETERS)
        keys: set[Pubkey] = set()
        self.first, self.other = Size(), Size()
        once: list[bool] = []
        for document in documents:
            raw = read_raw(document)
            decoded = decode(raw)
            before = set(projector.rows)
            for event in decoded.events:
                projector.apply_decoded(event)
                keys.update(keys_in(event.event))
            keys.update(Pubkey.from_string(key) for call in decoded.instructions for key in call.accounts.values())
            keys.update(Pubkey.from_string(key) for key in document["transaction"]["message"]["accountKeys"])
            # What sets a program up happens once on a chain, so copies leave it out.
            once.append(any(isinstance(projector.rows[new], GLOBAL) for new in set(projector.rows) - before))
            self._count(self.first, raw.err, len(decoded.events))
            if not once[-1]:
                self._count(self.other, raw.err, len(decoded.events))
        self._rows = dict(projector.rows)
        for row in self._rows.values():
            keys.update(keys_in(row))
        self._keys = sorted((keys | set(self._rows)) - fixed_keys(self._rows), key=bytes)
        differing = set(copy_keys(1, self._keys, self._rows))
        self._templates = [(Template(one, differing), only) for one, only in zip(documents, once, strict=True)]
        self._slots = int(documents[-1]["slot"]) + 1

    def size(self, copies: int) -> Size:
        """Of so many copies together."""
        return self.other.times(self.first, copies)

    def lines(self, copies: int, start: int = 0) -> Iterator[bytes]:
        """The answers of getTransaction, in the chain's order."""
        for number in range(start, copies):
            copy = Copy(number, copy_keys(number, self._keys, self._rows) if number else {}, self._slots)
            for template, once in self._templates:
                if not (number and once):
                    yield template.fill(copy)

    def endless(self, transactions: int) -> Iterator[bytes]:
        """So many of them, one copy after another."""
        return islice(self.lines(transactions), transactions)

    @staticmethod
    def _count(size: Size, err: object, events: int) -> None:
        size.transactions += 1
        size.failed += err is not None
        size.events += events
