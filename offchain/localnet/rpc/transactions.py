"""Methods that look up landed transactions."""

from offchain.localnet.errors import INVALID_PARAMS, Json, RpcError
from offchain.localnet.rpc.memos import memo
from offchain.localnet.rpc.meta import encode_transaction
from offchain.localnet.rpc.params import Params, in_context, read_integer, read_signature

_MAX_STATUSES = 256
_MAX_SIGNATURES = 1000


def get_signature_statuses(params: Params) -> Json:
    """Whether and how transactions landed; what lands here is final at once."""
    params.config(1)
    signatures = [read_signature(value) for value in params.items(0, _MAX_STATUSES)]
    statuses: list[Json] = []
    for signature in signatures:
        record = params.chain.transaction(signature)
        statuses.append(None if record is None else _status(record.slot, record.err))
    return in_context(params.chain, statuses)


def get_transaction(params: Params) -> Json:
    """A landed transaction with everything it did, or None."""
    signature = read_signature(params.at(0))
    options = params.at(1)
    config = {"encoding": options} if isinstance(options, str) else params.config(1)
    record = params.chain.transaction(signature)
    if record is None:
        return None
    highest = config.get("maxSupportedTransactionVersion")
    return encode_transaction(
        record, config.get("encoding") or "json", None if highest is None else read_integer(highest)
    )


def get_signatures_for_address(params: Params) -> Json:
    """Transactions that name an address, newest first."""
    config = params.config(1)
    limit = config.get("limit")
    count = _MAX_SIGNATURES if limit is None else read_integer(limit)
    if not 1 <= count <= _MAX_SIGNATURES:
        raise RpcError(INVALID_PARAMS, f"Invalid limit; max {_MAX_SIGNATURES}")
    before, until = config.get("before"), config.get("until")
    records = params.chain.transactions_of(
        params.address(0),
        before=None if before is None else read_signature(before),
        until=None if until is None else read_signature(until),
        limit=count,
    )
    return [
        {
            "signature": str(record.signature),
            "slot": record.slot,
            "err": record.err,
            "memo": memo(record),
            "blockTime": record.block_time,
            "confirmationStatus": "finalized",
        }
        for record in records
    ]


def _status(slot: int, err: Json) -> Json:
    return {
        "slot": slot,
        "confirmations": None,
        "err": err,
        "status": {"Ok": None} if err is None else {"Err": err},
        "confirmationStatus": "finalized",
    }


METHODS = {
    "getSignatureStatuses": get_signature_statuses,
    "getTransaction": get_transaction,
    "getSignaturesForAddress": get_signatures_for_address,
}
