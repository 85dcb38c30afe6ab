"""Whole runs for the histories: what the chain's transactions tell, and what its accounts held after each of them."""

from collections import Counter
from dataclasses import dataclass, field

from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.events import parse_events
from offchain.indexer.decode.model import DecodedEvent
from offchain.localnet.events import Changes
from offchain.localnet.records import TransactionRecord


@dataclass
class Landed:
    """One successful transaction."""

    record: TransactionRecord
    events: list[DecodedEvent]
    accounts: dict[Pubkey, Account] = field(default_factory=dict)
    """Those of our programs that it changed, as it left them."""

    def received(self) -> Counter[str]:
        """Owner -> atoms that their token accounts gained, less what they lost."""
        gains: Counter[str] = Counter()
        for sign, balances in ((-1, self.record.pre_tokens), (1, self.record.post_tokens)):
            for balance in balances:
                gains[str(Pubkey.from_bytes(balance.owner))] += sign * balance.amount
        return gains


class Watch:
    """Listens to a chain from its start."""

    def __init__(self) -> None:
        self.landed: list[Landed] = []

    def transaction_landed(self, record: TransactionRecord, changes: Changes) -> None:
        if record.err is not None:
            return
        ours = set(LOCALNET.programs.values())
        after = {address: new for address, _old, new in changes if new is not None and new.owner in ours}
        self.landed.append(Landed(record, decoded(record), after))

    def slot_changed(self, slot: int, parent: int) -> None:
        pass


def decoded(record: TransactionRecord) -> list[DecodedEvent]:
    """The events of a transaction as the indexer hands them to the projections."""
    parsed = parse_events(record.logs, LOCALNET)
    assert not parsed.truncated
    assert not parsed.unknown
    return [
        DecodedEvent(
            signature=str(record.signature),
            number=number,
            slot=record.slot,
            position=0,
            block_time=record.block_time,
            path="0",
            program=event.PROGRAM,
            name=type(event).__name__,
            market_id=str(event.market_id) if hasattr(event, "market_id") else None,
            actor=str(event.actor) if hasattr(event, "actor") else None,
            epoch=None,
            event=event,
        )
        for number, event in enumerate(parsed.events)
    ]
