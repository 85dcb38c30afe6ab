"""What a validator refuses, refused alike: same code, same error."""

import asyncio

import pytest
from solana.rpc.async_api import AsyncClient
from solders.compute_budget import set_compute_unit_limit
from solders.hash import Hash
from solders.instruction import AccountMeta, CompiledInstruction, Instruction
from solders.keypair import Keypair
from solders.message import Message
from solders.pubkey import Pubkey
from solders.system_program import ID as SYSTEM
from solders.system_program import CreateAccountParams, create_account
from solders.transaction import VersionedTransaction

from offchain.localnet.addresses import RESERVED
from tests.conformance.legs import Leg
from tests.conformance.toolbox import (
    CONFIRMED,
    NO_PREFLIGHT,
    SOL,
    blockhash,
    deliver,
    encoded,
    funded,
    pay,
    raw,
    refusal,
    result,
    run,
    signed,
)

MEMO = Pubkey.from_string("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr")
CLOCK = Pubkey.from_string("SysvarC1ock11111111111111111111111111111111")
LOADER = Pubkey.from_string("BPFLoaderUpgradeab1e11111111111111111111111")


async def test_wrong_signature(leg: Leg, client: AsyncClient) -> None:
    good = await signed(client, [pay(leg.bank, Keypair().pubkey(), SOL)], leg.bank)
    forged = VersionedTransaction.populate(good.message, [Keypair().sign_message(b"something else")])
    error = await refusal(client, forged)
    assert error["code"] == -32002
    assert error["message"] == "Transaction simulation failed: Transaction did not pass signature verification"
    assert error["data"]["err"] == "SignatureFailure"


async def test_wrong_signature_never_lands_without_preflight(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    good = await signed(client, [pay(leg.bank, to, SOL)], leg.bank)
    forged = VersionedTransaction.populate(good.message, [Keypair().sign_message(b"something else")])
    await client.send_raw_transaction(bytes(forged), opts=NO_PREFLIGHT)
    await asyncio.sleep(0.5)
    assert (await client.get_balance(to)).value == 0
    assert (await client.get_signature_statuses([forged.signatures[0]])).value == [None]


async def test_missing_signer(leg: Leg, client: AsyncClient) -> None:
    other = await funded(client, leg.bank)
    message = Message.new_with_blockhash(
        [pay(other, Keypair().pubkey(), SOL // 2)], leg.bank.pubkey(), await blockhash(client)
    )
    mine = leg.bank.sign_message(bytes(message))
    forged = VersionedTransaction.populate(message, [mine, Keypair().sign_message(bytes(message))])
    error = await refusal(client, forged)
    assert error["code"] == -32002
    assert error["message"] == "Transaction simulation failed: Transaction did not pass signature verification"
    assert error["data"]["err"] == "SignatureFailure"


async def test_unknown_blockhash(leg: Leg, client: AsyncClient) -> None:
    message = Message.new_with_blockhash([pay(leg.bank, Keypair().pubkey(), SOL)], leg.bank.pubkey(), Hash.new_unique())
    error = await refusal(client, VersionedTransaction(message, [leg.bank]))
    assert error["code"] == -32002
    assert error["message"] == "Transaction simulation failed: Blockhash not found"
    assert error["data"]["err"] == "BlockhashNotFound"
    assert error["data"]["logs"] == []


async def test_unknown_blockhash_never_lands_without_preflight(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    message = Message.new_with_blockhash([pay(leg.bank, to, SOL)], leg.bank.pubkey(), Hash.new_unique())
    transaction = VersionedTransaction(message, [leg.bank])
    await client.send_raw_transaction(bytes(transaction), opts=NO_PREFLIGHT)
    await asyncio.sleep(0.5)
    assert (await client.get_balance(to)).value == 0
    assert (await client.get_signature_statuses([transaction.signatures[0]])).value == [None]


async def test_repeated_transaction(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    transaction = await signed(client, [pay(leg.bank, to, SOL)], leg.bank)
    await deliver(client, transaction)
    error = await refusal(client, transaction)
    assert error["code"] == -32002
    assert error["message"] == "Transaction simulation failed: This transaction has already been processed"
    assert error["data"]["err"] == "AlreadyProcessed"
    assert (await client.get_balance(to)).value == SOL


async def test_repeated_failing_transaction(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank)
    transaction = await signed(client, [pay(key, Keypair().pubkey(), 5 * SOL)], key)
    await deliver(client, transaction, NO_PREFLIGHT)
    assert (await refusal(client, transaction))["data"]["err"] == "AlreadyProcessed"
    assert (await client.get_balance(key.pubkey())).value == SOL - 5_000


async def test_oversized_transaction(leg: Leg, client: AsyncClient) -> None:
    transaction = await signed(client, [Instruction(MEMO, bytes(1_100), [])], leg.bank)
    assert len(bytes(transaction)) > 1_232
    error = await refusal(client, transaction)
    assert error["code"] == -32602
    assert f"too large: {len(encoded(transaction))} bytes (max: encoded/raw 1644/1232)" in error["message"]


async def test_largest_transaction_lands(leg: Leg, client: AsyncClient) -> None:
    limit = set_compute_unit_limit(1_400_000)
    blank = len(bytes(await signed(client, [limit, Instruction(MEMO, bytes(500), [])], leg.bank)))
    text = b"x" * (500 + 1_232 - blank)
    transaction = await signed(client, [limit, Instruction(MEMO, text, [])], leg.bank)
    assert len(bytes(transaction)) == 1_232
    await deliver(client, transaction)


async def test_text_that_is_no_transaction(client: AsyncClient) -> None:
    for text in ("", "AAAA", "!!!!"):
        answer = await raw(client, "sendTransaction", [text, {"encoding": "base64"}])
        assert answer["error"]["code"] == -32602
    answer = await raw(client, "sendTransaction", ["AAAA", {"encoding": "base32"}])
    assert answer["error"]["code"] == -32602


async def test_payer_without_account(client: AsyncClient) -> None:
    poor = Keypair()
    error = await refusal(client, await signed(client, [pay(poor, Keypair().pubkey(), 1)], poor))
    assert error["data"]["err"] == "AccountNotFound"


async def test_payer_that_cannot_pay_the_fee(leg: Leg, client: AsyncClient) -> None:
    poor = await funded(client, leg.bank, 890_880)
    error = await refusal(client, await signed(client, [Instruction(MEMO, b"hi", [])], poor))
    assert error["data"]["err"] == {"InsufficientFundsForRent": {"account_index": 0}}


async def test_account_left_below_its_rent(leg: Leg, client: AsyncClient) -> None:
    error = await refusal(client, await signed(client, [pay(leg.bank, Keypair().pubkey(), 890_879)], leg.bank))
    assert error["code"] == -32002
    assert error["data"]["err"] == {"InsufficientFundsForRent": {"account_index": 1}}


async def test_account_left_below_its_rent_without_preflight(leg: Leg, client: AsyncClient) -> None:
    key, to = await funded(client, leg.bank, SOL), Keypair().pubkey()
    signature = await run(client, [pay(key, to, 5)], key, opts=NO_PREFLIGHT)
    answer = await raw(client, "getSignatureStatuses", [[str(signature)]])
    assert answer["result"]["value"][0]["err"] == {"InsufficientFundsForRent": {"account_index": 1}}
    assert (await client.get_balance(to)).value == 0
    assert (await client.get_balance(key.pubkey())).value == SOL - 5_000


async def test_created_account_below_its_rent(leg: Leg, client: AsyncClient) -> None:
    new = Keypair()
    create = create_account(
        CreateAccountParams(
            from_pubkey=leg.bank.pubkey(), to_pubkey=new.pubkey(), lamports=6_960 * 228 - 1, space=100, owner=MEMO
        )
    )
    error = await refusal(client, await signed(client, [create], leg.bank, new))
    assert error["data"]["err"] == {"InsufficientFundsForRent": {"account_index": 1}}


async def test_account_named_twice(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    data = bytes(pay(leg.bank, to, SOL).data)
    message = Message.new_with_compiled_instructions(
        1, 0, 1, [leg.bank.pubkey(), to, to, SYSTEM], await blockhash(client), [CompiledInstruction(3, data, b"\0\1")]
    )
    error = await refusal(client, VersionedTransaction(message, [leg.bank]))
    assert error["data"]["err"] == "AccountLoadedTwice"


async def test_instruction_with_an_index_out_of_range(leg: Leg, client: AsyncClient) -> None:
    message = Message.new_with_compiled_instructions(
        1, 0, 1, [leg.bank.pubkey(), SYSTEM], await blockhash(client), [CompiledInstruction(1, b"", b"\5")]
    )
    transaction = VersionedTransaction.populate(message, [leg.bank.sign_message(bytes(message))])
    assert (await refusal(client, transaction))["code"] == -32602


async def test_program_that_does_not_exist(leg: Leg, client: AsyncClient) -> None:
    nowhere = Keypair().pubkey()
    error = await refusal(client, await signed(client, [Instruction(nowhere, b"", [])], leg.bank))
    assert error["data"]["err"] == "ProgramAccountNotFound"


async def test_wallet_called_as_a_program(leg: Leg, client: AsyncClient) -> None:
    wallet = await funded(client, leg.bank)
    error = await refusal(client, await signed(client, [Instruction(wallet.pubkey(), b"", [])], leg.bank))
    assert error["data"]["err"] == "InvalidProgramForExecution"


async def test_load_failure_without_preflight_costs_the_fee(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    signature = await run(client, [Instruction(Keypair().pubkey(), b"", [])], key, opts=NO_PREFLIGHT)
    answer = await raw(client, "getSignatureStatuses", [[str(signature)]])
    assert answer["result"]["value"][0]["err"] == "ProgramAccountNotFound"
    assert (await client.get_balance(key.pubkey())).value == SOL - 5_000


async def test_sysvar_is_read_only_whatever_the_transaction_says(leg: Leg, client: AsyncClient) -> None:
    transaction = await signed(client, [pay(leg.bank, CLOCK, SOL)], leg.bank)
    assert transaction.message.header.num_readonly_unsigned_accounts == 1
    error = await refusal(client, transaction)
    assert error["data"]["err"] == {"InstructionError": [0, "ReadonlyLamportChange"]}


@pytest.mark.parametrize("key", sorted(RESERVED, key=str), ids=str)
async def test_reserved_key_gets_no_lamports(leg: Leg, client: AsyncClient, key: Pubkey) -> None:
    transaction = await signed(client, [pay(leg.bank, key, SOL)], leg.bank)
    value = (await result(client, "simulateTransaction", [encoded(transaction), CONFIRMED | {"encoding": "base64"}]))[
        "value"
    ]
    assert value["err"] == {"InstructionError": [0, "ReadonlyLamportChange"]}


async def test_system_program_is_read_only_even_beside_the_loader(leg: Leg, client: AsyncClient) -> None:
    payment = pay(leg.bank, SYSTEM, SOL)
    metas = [*payment.accounts, AccountMeta(LOADER, is_signer=False, is_writable=False)]
    error = await refusal(client, await signed(client, [Instruction(SYSTEM, payment.data, metas)], leg.bank))
    assert error["data"]["err"] == {"InstructionError": [0, "ReadonlyLamportChange"]}


async def test_called_program_is_read_only(leg: Leg, client: AsyncClient) -> None:
    payment = pay(leg.bank, MEMO, SOL)
    error = await refusal(client, await signed(client, [payment, Instruction(MEMO, b"hi", [])], leg.bank))
    assert error["data"]["err"] == {"InstructionError": [0, "ReadonlyLamportChange"]}


async def test_called_program_is_writable_beside_the_loader(leg: Leg, client: AsyncClient) -> None:
    payment = pay(leg.bank, MEMO, SOL)
    metas = [*payment.accounts, AccountMeta(LOADER, is_signer=False, is_writable=False)]
    before = (await client.get_balance(MEMO)).value
    await run(client, [Instruction(SYSTEM, payment.data, metas), Instruction(MEMO, b"hi", [])], leg.bank)
    assert (await client.get_balance(MEMO)).value == before + SOL


async def test_reserved_keys_that_are_only_marked_writable_do_no_harm(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    payment = pay(leg.bank, to, SOL)
    extra = [AccountMeta(key, is_signer=False, is_writable=True) for key in (CLOCK, SYSTEM)]
    instruction = Instruction(SYSTEM, payment.data, [payment.accounts[0], payment.accounts[1], *extra])
    transaction = await signed(client, [instruction], leg.bank)
    await deliver(client, transaction)
    assert (await client.get_balance(to)).value == SOL
    answer = await raw(
        client, "getTransaction", [str(transaction.signatures[0]), CONFIRMED | {"encoding": "jsonParsed"}]
    )
    keys = answer["result"]["transaction"]["message"]["accountKeys"]
    writable = {item["pubkey"] for item in keys if item["writable"]}
    assert writable == {str(leg.bank.pubkey()), str(to)}


async def test_broken_base64(leg: Leg, client: AsyncClient) -> None:
    text = encoded(await signed(client, [pay(leg.bank, leg.bank.pubkey(), 1)], leg.bank))
    answer = await raw(client, "sendTransaction", [text[:-6], {"encoding": "base64"}])
    assert answer["error"]["code"] == -32602
