"""Who is told about what happens on the chain."""

from typing import Protocol

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.localnet.records import TransactionRecord

Changes = list[tuple[Pubkey, Account | None, Account | None]]
"""(address, before, after) of each account that a transaction changed; None where it did not exist."""


class ChainListener(Protocol):
    """Called in the thread that caused the event, with the chain's lock held: be quick, do not call back."""

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        """A transaction landed, successful or not."""

    def slot_changed(self, slot: int, parent: int) -> None:
        """The chain moved from slot `parent` to `slot`."""


class Listeners:
    """The listeners of one chain."""

    def __init__(self) -> None:
        """Nobody listens yet."""
        self._all: list[ChainListener] = []

    def add(self, listener: ChainListener) -> None:
        """Tell `listener` from now on."""
        self._all.append(listener)

    def remove(self, listener: ChainListener) -> None:
        """Tell it no more; unknown ones are ignored."""
        self._all = [other for other in self._all if other is not listener]

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        """Pass it on."""
        for listener in self._all:
            listener.transaction_landed(record, changes)

    def slot_changed(self, slot: int, parent: int) -> None:
        """Pass it on."""
        for listener in self._all:
            listener.slot_changed(slot, parent)
