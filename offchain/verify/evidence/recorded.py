"""Transactions as the local chain records them."""

from collections.abc import Iterable

from solders.pubkey import Pubkey

from offchain.localnet.records import TokenBalance, TransactionRecord
from offchain.verify.evidence.model import Call, Transaction, nested


def transaction_of(record: TransactionRecord) -> Transaction:
    """The transaction of a record."""
    keys = record.keys
    flat: list[tuple[int, Call]] = []
    for index, top in enumerate(record.transaction.message.instructions):
        flat.append((1, Call(keys[top.program_id_index], [keys[i] for i in bytes(top.accounts)], bytes(top.data))))
        for inner in record.inner.get(index, ()):
            call = Call(keys[inner.program], [keys[i] for i in inner.accounts], inner.data)
            flat.append((inner.height, call))
    return Transaction(
        signature=str(record.signature),
        slot=record.slot,
        time=record.block_time,
        err=record.err,
        calls=nested(flat),
        before=_balances(record.pre_tokens, keys),
        after=_balances(record.post_tokens, keys),
    )


def _balances(balances: Iterable[TokenBalance], keys: list[Pubkey]) -> dict[Pubkey, tuple[Pubkey, int]]:
    return {keys[one.index]: (Pubkey.from_bytes(one.mint), one.amount) for one in balances}
