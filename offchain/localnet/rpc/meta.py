"""Landed transactions in the form of getTransaction."""

from solders.message import MessageV0
from solders.pubkey import Pubkey

from offchain.localnet.errors import INVALID_PARAMS, UNSUPPORTED_VERSION, Json, RpcError
from offchain.localnet.privileges import effective_writable, requested_writable
from offchain.localnet.records import InnerCall, TokenBalance, TransactionRecord
from offchain.localnet.rpc.amounts import ui_amount
from offchain.localnet.rpc.encoding import base58, base64


def encode_transaction(record: TransactionRecord, encoding: str, max_version: int | None) -> dict[str, Json]:
    """The answer of getTransaction. Raises RpcError for a version the caller does not understand."""
    if record.version != "legacy" and (max_version is None or max_version < record.version):
        raise RpcError(
            UNSUPPORTED_VERSION,
            f"Transaction version ({record.version}) is not supported by the requesting client. "
            "Please try the request again with the following configuration parameter: "
            f'"maxSupportedTransactionVersion": {record.version}',
        )
    answer: dict[str, Json] = {
        "slot": record.slot,
        "blockTime": record.block_time,
        "transaction": _encoded(record, encoding),
        "meta": encode_meta(record, parsed=encoding == "jsonParsed"),
    }
    if max_version is not None:
        answer["version"] = record.version
    return answer


def encode_meta(record: TransactionRecord, parsed: bool = False) -> dict[str, Json]:
    """What the transaction did."""
    meta: dict[str, Json] = {
        "err": record.err,
        "status": {"Ok": None} if record.err is None else {"Err": record.err},
        "fee": record.fee,
        "preBalances": record.pre_balances,
        "postBalances": record.post_balances,
        "innerInstructions": inner_instructions(record.inner, record.keys if parsed else None),
        "logMessages": record.logs,
        "preTokenBalances": [_token_balance(balance) for balance in record.pre_tokens],
        "postTokenBalances": [_token_balance(balance) for balance in record.post_tokens],
        "rewards": [],
        "computeUnitsConsumed": record.units,
    }
    if not parsed:
        meta["loadedAddresses"] = {
            "writable": [str(Pubkey.from_bytes(raw)) for raw in record.loaded_writable],
            "readonly": [str(Pubkey.from_bytes(raw)) for raw in record.loaded_readonly],
        }
    if record.return_data:
        meta["returnData"] = return_data(record.return_program, record.return_data)
    return meta


def return_data(program: bytes, data: bytes) -> Json:
    """What a program returned; None if nothing."""
    return {"programId": str(Pubkey.from_bytes(program)), "data": [base64(data), "base64"]} if data else None


def inner_instructions(inner: dict[int, list[InnerCall]], keys: list[Pubkey] | None) -> list[Json]:
    """The calls by top-level instruction; with `keys` in the form of jsonParsed."""
    return [
        {
            "index": index,
            "instructions": [_instruction(call.program, call.accounts, call.data, call.height, keys) for call in calls],
        }
        for index, calls in sorted(inner.items())
    ]


def _encoded(record: TransactionRecord, encoding: str) -> Json:
    if encoding == "base64":
        return [base64(record.wire), "base64"]
    if encoding == "base58":
        return [base58(record.wire), "base58"]
    if encoding in ("json", "jsonParsed"):
        return _readable(record, parsed=encoding == "jsonParsed")
    raise RpcError(INVALID_PARAMS, f"Invalid params: unknown encoding {encoding!r}")


def _readable(record: TransactionRecord, parsed: bool) -> Json:
    transaction = record.transaction
    message = transaction.message
    keys = record.keys if parsed else None
    body: dict[str, Json] = {
        "accountKeys": _parsed_keys(record) if parsed else [str(key) for key in message.account_keys],
        "recentBlockhash": str(message.recent_blockhash),
        "instructions": [
            _instruction(call.program_id_index, bytes(call.accounts), bytes(call.data), 1, keys)
            for call in message.instructions
        ],
    }
    if not parsed:
        body["header"] = {
            "numRequiredSignatures": message.header.num_required_signatures,
            "numReadonlySignedAccounts": message.header.num_readonly_signed_accounts,
            "numReadonlyUnsignedAccounts": message.header.num_readonly_unsigned_accounts,
        }
    if isinstance(message, MessageV0):
        body["addressTableLookups"] = [
            {
                "accountKey": str(lookup.account_key),
                "writableIndexes": list(lookup.writable_indexes),
                "readonlyIndexes": list(lookup.readonly_indexes),
            }
            for lookup in message.address_table_lookups
        ]
    return {"signatures": [str(signature) for signature in transaction.signatures], "message": body}


def _parsed_keys(record: TransactionRecord) -> list[Json]:
    message = record.transaction.message
    static = len(message.account_keys)
    signers = message.header.num_required_signatures
    requested = requested_writable(message, static)
    requested += [True] * len(record.loaded_writable) + [False] * len(record.loaded_readonly)
    keys = record.keys
    return [
        {
            "pubkey": str(key),
            "signer": index < signers,
            "writable": writable,
            "source": "transaction" if index < static else "lookupTable",
        }
        for index, (key, writable) in enumerate(zip(keys, effective_writable(message, keys, requested), strict=True))
    ]


def _instruction(program: int, accounts: bytes, data: bytes, height: int, keys: list[Pubkey] | None) -> Json:
    if keys is not None:
        return {
            "programId": str(keys[program]),
            "accounts": [str(keys[index]) for index in accounts],
            "data": base58(data),
            "stackHeight": height,
        }
    return {"programIdIndex": program, "accounts": list(accounts), "data": base58(data), "stackHeight": height}


def _token_balance(balance: TokenBalance) -> Json:
    return {
        "accountIndex": balance.index,
        "mint": str(Pubkey.from_bytes(balance.mint)),
        "owner": str(Pubkey.from_bytes(balance.owner)),
        "programId": str(Pubkey.from_bytes(balance.program)),
        "uiTokenAmount": ui_amount(balance.amount, balance.decimals),
    }
