"""What transactions have bid lately."""

from itertools import groupby, islice

from solders.pubkey import Pubkey

from offchain.localnet.errors import Json
from offchain.localnet.fees import unit_price
from offchain.localnet.privileges import AnyMessage, requested_writable
from offchain.localnet.records import TransactionRecord
from offchain.localnet.rpc.params import Params, read_address

_MAX_ADDRESSES = 128
_BLOCKS = 150
"""Blocks that a node remembers bids of."""


def get_recent_prioritization_fees(params: Params) -> Json:
    """What each block with a transaction asked for, oldest first.

    That is its lowest bid, or where that is more, the lowest bid for one of the given accounts as a writable one.
    """
    given = params.items(0, _MAX_ADDRESSES) if params.at(0) is not None else []
    wanted = {read_address(value) for value in given}
    blocks = islice(groupby(reversed(params.chain.transactions()), key=lambda record: record.slot), _BLOCKS)
    fees = [{"slot": slot, "prioritizationFee": _asked(list(records), wanted)} for slot, records in blocks]
    return fees[::-1]


def _asked(records: list[TransactionRecord], wanted: set[Pubkey]) -> int:
    lowest: dict[Pubkey | None, int] = {}
    for record in records:
        message = record.transaction.message
        bid = unit_price(message)
        for key in (None, *(wanted & _written(message))):
            lowest[key] = min(bid, lowest.get(key, bid))
    return max(lowest.values())


def _written(message: AnyMessage) -> set[Pubkey]:
    keys = list(message.account_keys)
    writable = requested_writable(message, len(keys))
    return {key for key, is_writable in zip(keys, writable, strict=True) if is_writable}


METHODS = {"getRecentPrioritizationFees": get_recent_prioritization_fees}
