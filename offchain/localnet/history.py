"""The transactions that landed, found by signature or by address."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from solders.pubkey import Pubkey
from solders.signature import Signature

from offchain.localnet.records import TransactionRecord


class History:
    """Every landed transaction in the order of landing."""

    def __init__(self) -> None:
        """Empty."""
        self.records: list[TransactionRecord] = []
        self._by_signature: dict[bytes, int] = {}
        self._by_address: dict[Pubkey, list[int]] = {}

    def add(self, record: TransactionRecord, keys: list[Pubkey]) -> None:
        """Append a record; `keys` are its accounts."""
        position = len(self.records)
        self.records.append(record)
        self._by_signature[record.raw_signature] = position
        for key in keys:
            self._by_address.setdefault(key, []).append(position)

    def find(self, signature: Signature) -> TransactionRecord | None:
        """The transaction with this first signature."""
        position = self._by_signature.get(bytes(signature))
        return None if position is None else self.records[position]

    def last_at(self, slot: int) -> TransactionRecord | None:
        """The last transaction that landed in this slot or before."""
        position = bisect_right(self.records, slot, key=lambda record: record.slot)
        return self.records[position - 1] if position else None

    def in_slot(self, slot: int) -> list[TransactionRecord]:
        """The transactions of one slot in the order of landing."""
        start = bisect_left(self.records, slot, key=lambda record: record.slot)
        return self.records[start : bisect_right(self.records, slot, key=lambda record: record.slot)]

    def touching(
        self, address: Pubkey, before: Signature | None = None, until: Signature | None = None
    ) -> Iterator[TransactionRecord]:
        """Transactions that name `address`, newest first, from before `before` down to (without) `until`.

        A signature the chain does not know bounds nothing, as on a validator.
        """
        newest = len(self.records) if before is None else self._by_signature.get(bytes(before), len(self.records))
        oldest = -1 if until is None else self._by_signature.get(bytes(until), -1)
        for position in reversed(self._by_address.get(address, [])):
            if position <= oldest:
                return
            if position < newest:
                yield self.records[position]
