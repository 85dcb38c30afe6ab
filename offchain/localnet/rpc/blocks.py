"""Methods about slots, blocks, epochs and blockhashes."""

from offchain.localnet.errors import INVALID_PARAMS, Json, RpcError
from offchain.localnet.limits import SLOTS_PER_EPOCH
from offchain.localnet.rpc.params import Params, in_context

_BLOCK_NOT_AVAILABLE = -32004


def get_slot(params: Params) -> Json:
    """The current slot."""
    params.config(0)
    return params.chain.slot


def get_block_height(params: Params) -> Json:
    """Blocks since genesis."""
    params.config(0)
    return params.chain.block_height


def get_block(params: Params) -> Json:
    """The signatures of a slot in their order. Blocks have no hash of their own here, nor is more told of them."""
    slot, config = params.integer(0), params.config(1)
    details = config.get("transactionDetails") or "full"
    if details not in ("signatures", "none"):
        raise RpcError(INVALID_PARAMS, f"Invalid params: getBlock tells signatures only here, not {details!r}")
    if slot > params.chain.slot:
        raise RpcError(_BLOCK_NOT_AVAILABLE, f"Block not available for slot {slot}")
    block: dict[str, Json] = {"blockTime": params.chain.time_of_slot(slot), "parentSlot": max(slot - 1, 0)}
    if details == "signatures":
        block["signatures"] = [str(record.signature) for record in params.chain.transactions_in(slot)]
    return block


def get_block_time(params: Params) -> Json:
    """Unix time of a slot: of its transaction, else of the last one before it."""
    slot = params.integer(0)
    if slot > params.chain.slot:
        raise RpcError(_BLOCK_NOT_AVAILABLE, f"Block not available for slot {slot}")
    return params.chain.time_of_slot(slot)


def get_epoch_info(params: Params) -> Json:
    """Where the chain stands in its epoch."""
    params.config(0)
    slot = params.chain.slot
    return {
        "absoluteSlot": slot,
        "blockHeight": params.chain.block_height,
        "epoch": slot // SLOTS_PER_EPOCH,
        "slotIndex": slot % SLOTS_PER_EPOCH,
        "slotsInEpoch": SLOTS_PER_EPOCH,
        "transactionCount": params.chain.transaction_count,
    }


def get_epoch_schedule(_params: Params) -> Json:
    """The length of epochs."""
    return {
        "slotsPerEpoch": SLOTS_PER_EPOCH,
        "leaderScheduleSlotOffset": SLOTS_PER_EPOCH,
        "warmup": False,
        "firstNormalEpoch": 0,
        "firstNormalSlot": 0,
    }


def get_first_available_block(_params: Params) -> Json:
    """Nothing is ever forgotten."""
    return 0


def get_latest_blockhash(params: Params) -> Json:
    """A blockhash and until which height it is good."""
    params.config(0)
    value = {
        "blockhash": str(params.chain.latest_blockhash()),
        "lastValidBlockHeight": params.chain.last_valid_block_height(),
    }
    return in_context(params.chain, value)


def is_blockhash_valid(params: Params) -> Json:
    """Whether a transaction with this blockhash may still land."""
    params.config(1)
    return in_context(params.chain, params.chain.is_blockhash_valid(params.hash(0)))


def get_transaction_count(params: Params) -> Json:
    """Transactions that landed since genesis."""
    params.config(0)
    return params.chain.transaction_count


METHODS = {
    "getSlot": get_slot,
    "getBlockHeight": get_block_height,
    "getBlock": get_block,
    "getBlockTime": get_block_time,
    "getEpochInfo": get_epoch_info,
    "getEpochSchedule": get_epoch_schedule,
    "getFirstAvailableBlock": get_first_available_block,
    "getLatestBlockhash": get_latest_blockhash,
    "isBlockhashValid": is_blockhash_valid,
    "getTransactionCount": get_transaction_count,
}
