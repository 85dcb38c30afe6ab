"""What lands, what it costs, and what is told about it at once."""

import base64

import pytest
from based58 import b58encode
from solana.rpc.async_api import AsyncClient
from solana.rpc.core import RPCException
from solders.compute_budget import set_compute_unit_limit, set_compute_unit_price
from solders.hash import Hash
from solders.keypair import Keypair
from solders.message import Message, MessageV0, to_bytes_versioned
from solders.rpc.errors import SendTransactionPreflightFailureMessage
from solders.transaction import VersionedTransaction
from solders.transaction_status import (
    InstructionErrorCustom,
    TransactionConfirmationStatus,
    TransactionErrorInstructionError,
)

from tests.conformance.legs import Leg
from tests.conformance.toolbox import (
    CONFIRMED,
    CONFIRMED_PREFLIGHT,
    NO_PREFLIGHT,
    SOL,
    blockhash,
    deliver,
    encoded,
    funded,
    pay,
    raw,
    result,
    rpc_error,
    run,
    signed,
)


async def test_transfer_lands_and_costs_one_signature(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, 2 * SOL)
    to = Keypair().pubkey()
    signature = await run(client, [pay(key, to, SOL)], key)
    assert (await client.get_balance(to)).value == SOL
    assert (await client.get_balance(key.pubkey())).value == SOL - 5_000
    status = (await client.get_signature_statuses([signature])).value[0]
    assert status is not None
    assert status.err is None
    assert status.confirmation_status in (
        TransactionConfirmationStatus.Confirmed,
        TransactionConfirmationStatus.Finalized,
    )


async def test_status_of_an_unknown_signature(client: AsyncClient) -> None:
    unknown = Keypair().sign_message(b"never sent")
    assert (await client.get_signature_statuses([unknown])).value == [None]


async def test_base58_is_the_default_encoding(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    transaction = await signed(client, [pay(leg.bank, to, SOL)], leg.bank)
    text = b58encode(bytes(transaction)).decode()
    assert await result(client, "sendTransaction", [text, CONFIRMED_PREFLIGHT]) == str(transaction.signatures[0])
    await client.confirm_transaction(transaction.signatures[0], sleep_seconds=0.05)
    assert (await client.get_balance(to)).value == SOL


async def test_client_method_with_confirmation(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    transaction = await signed(client, [pay(leg.bank, to, SOL)], leg.bank)
    signature = (await client.send_transaction(transaction)).value
    await client.confirm_transaction(signature, sleep_seconds=0.05)
    assert (await client.get_balance(to)).value == SOL


async def test_failing_preflight_is_told_with_error_and_logs(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    transaction = await signed(client, [pay(key, Keypair().pubkey(), 5 * SOL)], key)
    with pytest.raises(RPCException) as caught:
        await deliver(client, transaction)
    error = rpc_error(caught.value)
    assert isinstance(error, SendTransactionPreflightFailureMessage)
    assert error.message == "Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1"
    assert error.data.err == TransactionErrorInstructionError(0, InstructionErrorCustom(1))
    assert error.data.logs is not None
    assert error.data.logs[0] == "Program 11111111111111111111111111111111 invoke [1]"
    assert error.data.logs[-1] == "Program 11111111111111111111111111111111 failed: custom program error: 0x1"
    answer = await raw(client, "sendTransaction", [encoded(transaction), {"encoding": "base64"} | CONFIRMED_PREFLIGHT])
    assert answer["error"]["code"] == -32002
    assert answer["error"]["data"]["err"] == {"InstructionError": [0, {"Custom": 1}]}
    assert (await client.get_balance(key.pubkey())).value == SOL


async def test_failing_transaction_lands_without_preflight(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    signature = await run(client, [pay(key, Keypair().pubkey(), 5 * SOL)], key, opts=NO_PREFLIGHT)
    status = (await client.get_signature_statuses([signature])).value[0]
    assert status is not None
    assert status.err == TransactionErrorInstructionError(0, InstructionErrorCustom(1))
    assert (await client.get_balance(key.pubkey())).value == SOL - 5_000


async def test_version_0_transaction_lands(leg: Leg, client: AsyncClient) -> None:
    to = Keypair().pubkey()
    message = MessageV0.try_compile(leg.bank.pubkey(), [pay(leg.bank, to, SOL)], [], await blockhash(client))
    await deliver(client, VersionedTransaction(message, [leg.bank]))
    assert (await client.get_balance(to)).value == SOL


async def test_priority_fee_is_told_and_charged(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, 2 * SOL)
    budget = [set_compute_unit_limit(1_001), set_compute_unit_price(1_500)]
    transaction = await signed(client, [*budget, pay(key, Keypair().pubkey(), SOL)], key)
    message = base64.b64encode(to_bytes_versioned(transaction.message)).decode()
    assert (await result(client, "getFeeForMessage", [message, CONFIRMED]))["value"] == 5_002
    await deliver(client, transaction)
    assert (await client.get_balance(key.pubkey())).value == SOL - 5_002


async def test_priority_fee_of_a_default_limit(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, 2 * SOL)
    transaction = await signed(client, [set_compute_unit_price(10**6), pay(key, Keypair().pubkey(), SOL)], key)
    message = base64.b64encode(to_bytes_versioned(transaction.message)).decode()
    told = (await result(client, "getFeeForMessage", [message, CONFIRMED]))["value"]
    await deliver(client, transaction)
    assert (await client.get_balance(key.pubkey())).value == SOL - told
    assert told == 5_000 + 2 * 3_000


async def test_failing_transaction_pays_its_priority_fee(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    budget = [set_compute_unit_limit(200_000), set_compute_unit_price(1_000_000)]
    await run(client, [*budget, pay(key, Keypair().pubkey(), 5 * SOL)], key, opts=NO_PREFLIGHT)
    assert (await client.get_balance(key.pubkey())).value == SOL - 205_000


async def test_fee_for_a_message_with_an_unknown_blockhash(leg: Leg, client: AsyncClient) -> None:
    message = Message.new_with_blockhash([pay(leg.bank, leg.bank.pubkey(), 1)], leg.bank.pubkey(), Hash.new_unique())
    text = base64.b64encode(to_bytes_versioned(message)).decode()
    assert (await result(client, "getFeeForMessage", [text, CONFIRMED]))["value"] is None


async def test_two_signers_pay_twice(leg: Leg, client: AsyncClient) -> None:
    key, other = await funded(client, leg.bank, 2 * SOL), await funded(client, leg.bank, 2 * SOL)
    await run(client, [pay(other, Keypair().pubkey(), SOL)], key, other)
    assert (await client.get_balance(key.pubkey())).value == 2 * SOL - 10_000
    assert (await client.get_balance(other.pubkey())).value == SOL


async def test_whole_balance_can_be_sent(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank, SOL)
    to = Keypair().pubkey()
    await run(client, [pay(key, to, SOL - 5_000)], key)
    assert (await client.get_account_info(key.pubkey())).value is None
    assert (await client.get_balance(to)).value == SOL - 5_000
