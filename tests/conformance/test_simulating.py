"""Trying a transaction without landing it."""

from typing import Any

from solana.rpc.async_api import AsyncClient
from solders.hash import Hash
from solders.keypair import Keypair
from solders.message import Message
from solders.transaction import VersionedTransaction
from spl.token.instructions import create_associated_token_account

from tests.conformance.legs import Leg
from tests.conformance.toolbox import CONFIRMED, SOL, encoded, new_mint, pay, raw, result, signed


async def test_outcome_without_effect(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    value = (await client.simulate_transaction(await signed(client, [pay(leg.bank, to, SOL)], leg.bank))).value
    assert value.err is None
    assert value.units_consumed == 150
    assert value.logs == [
        "Program 11111111111111111111111111111111 invoke [1]",
        "Program 11111111111111111111111111111111 success",
    ]
    assert (await client.get_balance(to)).value == 0


async def test_unsigned_transaction(leg: Leg, client: AsyncClient) -> None:
    unsigned = await _unsigned(client, leg, Keypair())
    assert (await _simulate(client, unsigned, {}))["err"] is None
    assert (await _simulate(client, unsigned, {"sigVerify": True}))["err"] == "SignatureFailure"


async def test_any_blockhash_if_it_is_replaced(leg: Leg, client: AsyncClient) -> None:
    instruction = pay(leg.bank, Keypair().pubkey(), SOL)
    message = Message.new_with_blockhash([instruction], leg.bank.pubkey(), Hash.default())
    transaction = VersionedTransaction(message, [leg.bank])
    assert (await _simulate(client, transaction, {}))["err"] == "BlockhashNotFound"
    value = await _simulate(client, transaction, {"replaceRecentBlockhash": True})
    assert value["err"] is None
    replacement = value["replacementBlockhash"]
    assert (await result(client, "isBlockhashValid", [replacement["blockhash"], CONFIRMED]))["value"] is True
    assert replacement["lastValidBlockHeight"] > 100


async def test_replacing_and_verifying_exclude_each_other(leg: Leg, client: AsyncClient) -> None:
    transaction = await signed(client, [pay(leg.bank, Keypair().pubkey(), SOL)], leg.bank)
    config = {"encoding": "base64", "sigVerify": True, "replaceRecentBlockhash": True}
    answer = await raw(client, "simulateTransaction", [encoded(transaction), config])
    assert answer["error"] == {"code": -32602, "message": "sigVerify may not be used with replaceRecentBlockhash"}


async def test_failure_with_logs(leg: Leg, client: AsyncClient) -> None:
    transaction = await signed(client, [pay(leg.bank, Keypair().pubkey(), 10**18)], leg.bank)
    value = await _simulate(client, transaction, {"accounts": _wanted(leg.bank)})
    assert value["err"] == {"InstructionError": [0, {"Custom": 1}]}
    assert value["logs"][-1] == "Program 11111111111111111111111111111111 failed: custom program error: 0x1"
    assert value["accounts"] == [None]


async def test_rent_failure(leg: Leg, client: AsyncClient) -> None:
    transaction = await signed(client, [pay(leg.bank, Keypair().pubkey(), 1)], leg.bank)
    assert (await _simulate(client, transaction, {}))["err"] == {"InsufficientFundsForRent": {"account_index": 1}}


async def test_accounts_afterwards(leg: Leg, client: AsyncClient) -> None:
    to, stranger = Keypair(), Keypair()
    transaction = await signed(client, [pay(leg.bank, to.pubkey(), SOL)], leg.bank)
    value = await _simulate(client, transaction, {"accounts": _wanted(to, stranger)})
    assert value["accounts"][0]["lamports"] == SOL
    assert value["accounts"][0]["data"] == ["", "base64"]
    assert value["accounts"][1] is None


async def test_inner_instructions_on_request(leg: Leg, client: AsyncClient) -> None:
    mint = await new_mint(client, leg.bank)
    create = create_associated_token_account(leg.bank.pubkey(), Keypair().pubkey(), mint)
    transaction = await signed(client, [create], leg.bank)
    assert (await _simulate(client, transaction, {}))["innerInstructions"] is None
    inner = (await _simulate(client, transaction, {"innerInstructions": True}))["innerInstructions"]
    assert [group["index"] for group in inner] == [0]
    assert len(inner[0]["instructions"]) == 4
    assert {call["stackHeight"] for call in inner[0]["instructions"]} == {2}


async def test_simulating_does_not_use_a_transaction_up(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    transaction = await signed(client, [pay(leg.bank, to, SOL)], leg.bank)
    for _ in range(3):
        assert (await _simulate(client, transaction, {"sigVerify": True}))["err"] is None
    await client.send_raw_transaction(bytes(transaction))
    await client.confirm_transaction(transaction.signatures[0], sleep_seconds=0.05)
    assert (await _simulate(client, transaction, {}))["err"] == "AlreadyProcessed"


def _wanted(*keys: Keypair) -> dict[str, Any]:
    return {"encoding": "base64", "addresses": [str(key.pubkey()) for key in keys]}


async def _unsigned(client: AsyncClient, leg: Leg, to: Keypair) -> VersionedTransaction:
    good = await signed(client, [pay(leg.bank, to.pubkey(), SOL)], leg.bank)
    return VersionedTransaction.populate(good.message, [Keypair().sign_message(b"nothing")])


async def _simulate(client: AsyncClient, transaction: VersionedTransaction, config: dict[str, Any]) -> Any:
    params = [encoded(transaction), {"encoding": "base64"} | CONFIRMED | config]
    return (await result(client, "simulateTransaction", params))["value"]
