"""Methods that send and try transactions."""

from solders.message import Message, MessageV0, from_bytes_versioned
from solders.transaction import VersionedTransaction

from offchain.localnet.decode import MalformedTransactionError, parse
from offchain.localnet.errors import (
    INVALID_PARAMS,
    PREFLIGHT_FAILURE,
    Json,
    RpcError,
    TransactionRefusedError,
)
from offchain.localnet.fees import priority_fee, signature_fee
from offchain.localnet.limits import MAX_TRANSACTION_BYTES
from offchain.localnet.rpc.encoding import decode_text, encode_account
from offchain.localnet.rpc.meta import inner_instructions, return_data
from offchain.localnet.rpc.params import Params, in_context, read_address, read_text
from offchain.localnet.simulation import Simulation

_MAX_ENCODED = {"base58": 1_683, "base64": 1_644}
"""Characters of the largest transaction by encoding."""

_TYPE = "solana_transaction::versioned::VersionedTransaction"


def send_transaction(params: Params) -> Json:
    """Land a transaction and give its signature.

    What would fail is refused with -32002, unless the caller skips that preflight; then the signature comes back in
    any case, and what may not land never does.
    """
    config = params.config(1)
    transaction = _read_transaction(params, config)
    skip = bool(config.get("skipPreflight"))
    try:
        return str(params.chain.send(transaction, preflight=not skip).signature)
    except TransactionRefusedError as error:
        if skip:
            return str(transaction.signatures[0])
        raise RpcError(PREFLIGHT_FAILURE, f"Transaction simulation failed: {error}", _failure(error)) from None


def simulate_transaction(params: Params) -> Json:
    """Try a transaction without landing it."""
    config = params.config(1)
    transaction = _read_transaction(params, config)
    verify, replace = bool(config.get("sigVerify")), bool(config.get("replaceRecentBlockhash"))
    if verify and replace:
        raise RpcError(INVALID_PARAMS, "sigVerify may not be used with replaceRecentBlockhash")
    outcome = params.chain.simulate(transaction, verify_signatures=verify, replace_blockhash=replace)
    value: dict[str, Json] = {
        "err": outcome.err,
        "logs": outcome.logs,
        "accounts": _accounts_after(params, config.get("accounts"), outcome),
        "unitsConsumed": outcome.units,
        "returnData": return_data(outcome.return_program, outcome.return_data),
        "innerInstructions": None,
        "replacementBlockhash": None,
    }
    if config.get("innerInstructions"):
        value["innerInstructions"] = inner_instructions(outcome.inner, list(outcome.after))
    if replace:
        value["replacementBlockhash"] = {
            "blockhash": str(params.chain.latest_blockhash()),
            "lastValidBlockHeight": params.chain.last_valid_block_height(),
        }
    return in_context(params.chain, value)


def request_airdrop(params: Params) -> Json:
    """Pay lamports from the faucet."""
    params.config(2)
    try:
        return str(params.chain.airdrop(params.address(0), params.integer(1)).signature)
    except TransactionRefusedError as error:
        raise RpcError(INVALID_PARAMS, f"airdrop refused: {error}") from None


def get_fee_for_message(params: Params) -> Json:
    """What a message would cost in lamports; None if its blockhash is not good any more."""
    params.config(1)
    message = _read_message(decode_text(params.text(0), "base64"))
    if not params.chain.is_blockhash_valid(message.recent_blockhash):
        return in_context(params.chain, None)
    return in_context(params.chain, signature_fee(message) + priority_fee(message))


def _read_transaction(params: Params, config: dict[str, Json]) -> VersionedTransaction:
    encoding = read_text(config.get("encoding") or "base58")
    text = params.text(0)
    if len(text) > _MAX_ENCODED.get(encoding, len(text)):
        raise RpcError(
            INVALID_PARAMS,
            f"{encoding} encoded {_TYPE} too large: {len(text)} bytes "
            f"(max: encoded/raw {_MAX_ENCODED[encoding]}/{MAX_TRANSACTION_BYTES})",
        )
    raw = decode_text(text, encoding)
    try:
        return parse(raw)
    except MalformedTransactionError as error:
        raise RpcError(INVALID_PARAMS, str(error)) from None
    except TransactionRefusedError as error:
        raise RpcError(INVALID_PARAMS, f"invalid transaction: {error}") from None


def _read_message(raw: bytes) -> Message | MessageV0:
    try:
        return from_bytes_versioned(raw)
    except ValueError as error:
        raise RpcError(INVALID_PARAMS, f"failed to deserialize VersionedMessage: {error}") from None


def _failure(error: TransactionRefusedError) -> Json:
    return {
        "err": error.err,
        "logs": error.logs,
        "accounts": None,
        "unitsConsumed": error.units,
        "returnData": None,
        "innerInstructions": None,
    }


def _accounts_after(params: Params, wanted: Json, outcome: Simulation) -> Json:
    if wanted is None:
        return None
    if not isinstance(wanted, dict) or not isinstance(wanted.get("addresses"), list):
        raise RpcError(INVALID_PARAMS, "Invalid params: accounts must be an object with addresses")
    addresses = [read_address(value) for value in wanted["addresses"]]
    if outcome.err is not None:
        return [None] * len(addresses)
    read = params.chain.account
    config = {"encoding": wanted.get("encoding") or "base64"}
    return [
        encode_account(outcome.after[address] if address in outcome.after else read(address), config, read)
        for address in addresses
    ]


METHODS = {
    "sendTransaction": send_transaction,
    "simulateTransaction": simulate_transaction,
    "requestAirdrop": request_airdrop,
    "getFeeForMessage": get_fee_for_message,
}
