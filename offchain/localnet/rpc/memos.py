"""Memos in a transaction, as getSignaturesForAddress shows them."""

from solders.pubkey import Pubkey

from offchain.localnet.records import TransactionRecord

_MEMO_PROGRAMS = frozenset(
    {
        Pubkey.from_string("Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo"),
        Pubkey.from_string("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr"),
    }
)


def memo(record: TransactionRecord) -> str | None:
    """The texts of the top-level memo instructions, each with its length in bytes, or None."""
    message = record.transaction.message
    keys = message.account_keys
    texts = []
    for call in message.instructions:
        if call.program_id_index < len(keys) and keys[call.program_id_index] in _MEMO_PROGRAMS:
            raw = bytes(call.data)
            texts.append(f"[{len(raw)}] {raw.decode(errors='replace')}")
    return "; ".join(texts) or None
