"""Landed transactions: by signature, in every encoding, and by address."""

import base64
from typing import Any

import pytest
from solana.rpc.async_api import AsyncClient
from solana.rpc.core import RPCException
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.message import MessageV0
from solders.pubkey import Pubkey
from solders.rpc.errors import UnsupportedTransactionVersionMessage
from solders.transaction import VersionedTransaction
from spl.token.constants import TOKEN_PROGRAM_ID
from spl.token.instructions import TransferParams, transfer

from tests.conformance.legs import Leg
from tests.conformance.toolbox import (
    CONFIRMED,
    NO_PREFLIGHT,
    SOL,
    blockhash,
    deliver,
    funded,
    new_mint,
    new_token_account,
    pay,
    raw,
    result,
    run,
    signed,
)

MEMO = Pubkey.from_string("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr")
SYSTEM = "11111111111111111111111111111111"


async def test_fee_balances_and_logs(leg: Leg, client: AsyncClient) -> None:
    key, to = await funded(client, leg.bank, 3 * SOL), Keypair().pubkey()
    told = await _transaction(client, await run(client, [pay(key, to, SOL)], key))
    meta = told["meta"]
    assert (meta["err"], meta["fee"], meta["computeUnitsConsumed"]) == (None, 5_000, 150)
    assert meta["preBalances"] == [3 * SOL, 0, 1]
    assert meta["postBalances"] == [2 * SOL - 5_000, SOL, 1]
    assert meta["status"] == {"Ok": None}
    assert meta["logMessages"] == [f"Program {SYSTEM} invoke [1]", f"Program {SYSTEM} success"]
    assert meta["innerInstructions"] == []
    assert meta["loadedAddresses"] == {"readonly": [], "writable": []}
    message = told["transaction"]["message"]
    assert message["accountKeys"] == [str(key.pubkey()), str(to), SYSTEM]
    header = {"numReadonlySignedAccounts": 0, "numReadonlyUnsignedAccounts": 1, "numRequiredSignatures": 1}
    assert message["header"] == header
    call = message["instructions"][0]
    assert (call["programIdIndex"], call["accounts"], call["stackHeight"]) == (2, [0, 1], 1)


async def test_wire_bytes_come_back(leg: Leg, client: AsyncClient) -> None:
    transaction = await signed(client, [pay(leg.bank, Keypair().pubkey(), SOL)], leg.bank)
    signature = await deliver(client, transaction)
    told = await _transaction(client, signature, encoding="base64")
    assert told["transaction"] == [base64.b64encode(bytes(transaction)).decode(), "base64"]
    by_client = (await client.get_transaction(signature, encoding="base64")).value
    assert by_client is not None
    assert by_client.transaction.transaction == transaction


async def test_parsed_keys(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    told = await _transaction(client, await run(client, [pay(leg.bank, to, SOL)], leg.bank), encoding="jsonParsed")
    keys = told["transaction"]["message"]["accountKeys"]
    assert keys == [
        {"pubkey": str(leg.bank.pubkey()), "signer": True, "source": "transaction", "writable": True},
        {"pubkey": str(to), "signer": False, "source": "transaction", "writable": True},
        {"pubkey": SYSTEM, "signer": False, "source": "transaction", "writable": False},
    ]
    assert told["transaction"]["message"]["instructions"][0]["programId"] == SYSTEM


async def test_token_balances(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    mine = await new_token_account(client, leg.bank, mint, leg.bank.pubkey(), 1_000)
    theirs = Keypair().pubkey()
    other = await new_token_account(client, leg.bank, mint, theirs, 1)
    move = transfer(TransferParams(TOKEN_PROGRAM_ID, mine, other, leg.bank.pubkey(), 250))
    told = await _transaction(client, await run(client, [move], leg.bank))
    keys = told["transaction"]["message"]["accountKeys"]

    def balances(name: str) -> set[tuple[str, str, str, str, str]]:
        return {
            (
                keys[item["accountIndex"]],
                item["mint"],
                item["owner"],
                item["programId"],
                item["uiTokenAmount"]["amount"],
            )
            for item in told["meta"][name]
        }

    token = str(TOKEN_PROGRAM_ID)
    bank = str(leg.bank.pubkey())
    assert balances("preTokenBalances") == {
        (str(mine), str(mint), bank, token, "1000"),
        (str(other), str(mint), str(theirs), token, "1"),
    }
    assert balances("postTokenBalances") == {
        (str(mine), str(mint), bank, token, "750"),
        (str(other), str(mint), str(theirs), token, "251"),
    }


async def test_inner_instructions(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    account = await new_token_account(client, leg.bank, mint, Keypair().pubkey(), 9)
    newest = (await client.get_signatures_for_address(account, limit=1)).value[0].signature
    told = await _transaction(client, newest)
    inner = told["meta"]["innerInstructions"]
    keys = told["transaction"]["message"]["accountKeys"]
    assert [group["index"] for group in inner] == [0]
    programs = [keys[call["programIdIndex"]] for call in inner[0]["instructions"]]
    assert programs == [str(TOKEN_PROGRAM_ID), SYSTEM, str(TOKEN_PROGRAM_ID), str(TOKEN_PROGRAM_ID)]
    created = inner[0]["instructions"][1]
    assert [keys[index] for index in created["accounts"]] == [str(leg.bank.pubkey()), str(account)]
    assert created["stackHeight"] == 2


async def test_failed_transaction(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    signature = await run(client, [pay(key, Keypair().pubkey(), 2 * SOL)], key, opts=NO_PREFLIGHT)
    meta = (await _transaction(client, signature))["meta"]
    assert meta["err"] == {"InstructionError": [0, {"Custom": 1}]}
    assert meta["status"] == {"Err": meta["err"]}
    assert meta["postBalances"] == [SOL - 5_000, 0, 1]


async def test_unknown_signature(client: AsyncClient) -> None:
    assert (await client.get_transaction(Keypair().sign_message(b"never sent"))).value is None


async def test_version_0_needs_a_client_that_knows_it(leg: Leg, client: AsyncClient) -> None:
    instruction = pay(leg.bank, Keypair().pubkey(), SOL)
    message = MessageV0.try_compile(leg.bank.pubkey(), [instruction], [], await blockhash(client))
    signature = await deliver(client, VersionedTransaction(message, [leg.bank]))
    with pytest.raises(RPCException) as caught:
        await client.get_transaction(signature)
    assert isinstance(caught.value.args[0], UnsupportedTransactionVersionMessage)
    answer = await raw(client, "getTransaction", [str(signature), CONFIRMED])
    assert answer["error"]["code"] == -32015
    value = (await client.get_transaction(signature, max_supported_transaction_version=0)).value
    assert value is not None
    assert value.transaction.version == 0
    told = await _transaction(client, signature, maxSupportedTransactionVersion=0)
    assert told["version"] == 0
    assert told["transaction"]["message"]["addressTableLookups"] == []


async def test_legacy_version_is_told_on_request(leg: Leg, client: AsyncClient) -> None:
    signature = await run(client, [pay(leg.bank, Keypair().pubkey(), SOL)], leg.bank)
    assert "version" not in await _transaction(client, signature)
    assert (await _transaction(client, signature, maxSupportedTransactionVersion=0))["version"] == "legacy"


async def test_signatures_of_an_address_in_pages(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    sent = [await run(client, [pay(leg.bank, to, SOL + extra)], leg.bank) for extra in range(5)]
    newest_first = sent[::-1]

    async def page(**bounds: Any) -> list[Any]:
        return [item.signature for item in (await client.get_signatures_for_address(to, **bounds)).value]

    assert await page() == newest_first
    assert await page(limit=2) == newest_first[:2]
    assert await page(before=sent[3]) == newest_first[2:]
    assert await page(before=sent[3], limit=1) == [sent[2]]
    assert await page(until=sent[1]) == newest_first[:3]
    assert await page(before=sent[4], until=sent[1]) == [sent[3], sent[2]]


async def test_signatures_tell_error_memo_time_and_order(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    await run(client, [Instruction(MEMO, b"hello", [])], key)
    await run(client, [pay(key, Keypair().pubkey(), 2 * SOL)], key, opts=NO_PREFLIGHT)
    items = await result(client, "getSignaturesForAddress", [str(key.pubkey()), CONFIRMED])
    assert [item["err"] for item in items] == [{"InstructionError": [0, {"Custom": 1}]}, None, None]
    assert [item["memo"] for item in items] == [None, "[5] hello", None]
    assert all(item["blockTime"] > 1_600_000_000 for item in items)
    slots = [item["slot"] for item in items]
    assert slots == sorted(slots, reverse=True)


async def test_wrong_limit(client: AsyncClient) -> None:
    for limit in (0, 1_001):
        answer = await raw(client, "getSignaturesForAddress", [SYSTEM, CONFIRMED | {"limit": limit}])
        assert answer["error"]["code"] == -32602


async def _transaction(client: AsyncClient, signature: Any, **config: Any) -> Any:
    return await result(client, "getTransaction", [str(signature), CONFIRMED | {"encoding": "json"} | config])
