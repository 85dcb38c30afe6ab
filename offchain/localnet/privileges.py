"""Which accounts a transaction may really write to.

The runtime makes reserved keys read-only, and the ids of programs that are called, unless the upgradeable loader is
among the keys (Agave: `LegacyMessage::is_writable_account`, `v0::LoadedMessage::is_writable_index`). LiteSVM does the
second, not the first.
"""

from solders.instruction import CompiledInstruction
from solders.message import Message, MessageHeader, MessageV0
from solders.pubkey import Pubkey
from solders.transaction import VersionedTransaction

from offchain.localnet.addresses import RESERVED, UPGRADEABLE_LOADER

AnyMessage = Message | MessageV0


def requested_writable(message: AnyMessage, count: int) -> list[bool]:
    """For each of the first `count` (static) keys, whether the message's header marks it as writable."""
    header = message.header
    signers = header.num_required_signatures
    writable_signers = signers - header.num_readonly_signed_accounts
    writable_others = count - header.num_readonly_unsigned_accounts
    return [index < writable_signers or signers <= index < writable_others for index in range(count)]


def effective_writable(message: AnyMessage, keys: list[Pubkey], requested: list[bool]) -> list[bool]:
    """What the runtime makes of `requested`, for static and loaded `keys` alike."""
    called: set[int] = set()
    if UPGRADEABLE_LOADER not in keys:
        called = {instruction.program_id_index for instruction in message.instructions}
    return [
        wanted and index not in called and key not in RESERVED
        for index, (key, wanted) in enumerate(zip(keys, requested, strict=True))
    ]


def demote_reserved(transaction: VersionedTransaction) -> tuple[VersionedTransaction, list[int] | None]:
    """The transaction with its reserved keys moved among the read-only ones, and for each new index the old one.

    The second part is None when nothing had to move. The signatures no longer fit the moved message: verify first.
    """
    message = transaction.message
    keys = message.account_keys
    requested = requested_writable(message, len(keys))
    moved = [index for index, key in enumerate(keys) if requested[index] and key in RESERVED]
    if not moved:
        return transaction, None
    header = message.header
    readonly_from = len(keys) - header.num_readonly_unsigned_accounts
    order = [index for index in range(readonly_from) if index not in moved]
    order += moved + list(range(readonly_from, len(keys)))
    lowered = MessageHeader(
        header.num_required_signatures,
        header.num_readonly_signed_accounts,
        header.num_readonly_unsigned_accounts + len(moved),
    )
    rebuilt = _reorder(message, lowered, [keys[index] for index in order], order)
    return VersionedTransaction.populate(rebuilt, transaction.signatures), order


def _reorder(message: AnyMessage, header: MessageHeader, keys: list[Pubkey], order: list[int]) -> AnyMessage:
    new_index = {old: new for new, old in enumerate(order)}
    instructions = [
        CompiledInstruction(
            new_index[instruction.program_id_index],
            instruction.data,
            bytes(new_index.get(index, index) for index in instruction.accounts),
        )
        for instruction in message.instructions
    ]
    if isinstance(message, MessageV0):
        return MessageV0(header, keys, message.recent_blockhash, instructions, message.address_table_lookups)
    return Message.new_with_compiled_instructions(
        header.num_required_signatures,
        header.num_readonly_signed_accounts,
        header.num_readonly_unsigned_accounts,
        keys,
        message.recent_blockhash,
        instructions,
    )
