"""Subscriptions by the unmodified WebSocket client of solana-py."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Confirmed
from solana.rpc.types import MemcmpOpts
from solana.rpc.websocket_api import SolanaWsClientProtocol, connect
from solders.instruction import Instruction
from solders.keypair import Keypair
from solders.pubkey import Pubkey
from solders.rpc.config import RpcTransactionLogsFilterMentions
from solders.rpc.responses import SubscriptionResult
from spl.token.constants import TOKEN_PROGRAM_ID
from websockets.asyncio.client import connect as plain

from tests.conformance.legs import Leg
from tests.conformance.toolbox import (
    NO_PREFLIGHT,
    SOL,
    deliver,
    funded,
    new_mint,
    new_token_account,
    pay,
    run,
    signed,
)
from tests.support.patience import PATIENCE

MEMO = Pubkey.from_string("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr")


@asynccontextmanager
async def _socket(leg: Leg) -> AsyncIterator[SolanaWsClientProtocol]:
    assert leg.ws is not None
    async with connect(leg.ws) as socket:
        yield socket


async def _subscribed(socket: SolanaWsClientProtocol) -> int:
    answer = (await asyncio.wait_for(socket.recv(), PATIENCE))[0]
    assert isinstance(answer, SubscriptionResult)
    return answer.result


async def _next(socket: SolanaWsClientProtocol) -> Any:
    return (await asyncio.wait_for(socket.recv(), PATIENCE))[0]


async def _silent(socket: SolanaWsClientProtocol, seconds: float = 1.0) -> None:
    with pytest.raises(asyncio.TimeoutError):
        await asyncio.wait_for(socket.recv(), seconds)


async def test_account(socket_leg: Leg, socket_client: AsyncClient) -> None:
    key = await funded(socket_client, socket_leg.bank)
    async with _socket(socket_leg) as socket:
        await socket.account_subscribe(key.pubkey(), Confirmed, encoding="base64")
        subscription = await _subscribed(socket)
        await run(socket_client, [pay(socket_leg.bank, key.pubkey(), SOL)], socket_leg.bank)
        told = await _next(socket)
        assert told.subscription == subscription
        assert told.result.value.lamports == 2 * SOL
        await socket.account_unsubscribe(subscription)
        assert (await _next(socket)).result is True
        await run(socket_client, [pay(socket_leg.bank, key.pubkey(), SOL + 1)], socket_leg.bank)
        await _silent(socket)


async def test_program_with_filter(socket_leg: Leg, socket_client: AsyncClient) -> None:
    mint, other = [await new_mint(socket_client, socket_leg.bank) for _ in range(2)]
    async with _socket(socket_leg) as socket:
        await socket.program_subscribe(
            TOKEN_PROGRAM_ID,
            Confirmed,
            encoding="base64",
            data_slice=None,
            filters=[165, MemcmpOpts(offset=0, bytes=str(mint))],
        )
        await _subscribed(socket)
        await new_token_account(socket_client, socket_leg.bank, other, socket_leg.bank.pubkey(), 1)
        account = await new_token_account(socket_client, socket_leg.bank, mint, socket_leg.bank.pubkey(), 5)
        told = await _next(socket)
        assert told.result.value.pubkey == account
        assert told.result.value.account.data[64:72] == (5).to_bytes(8, "little")


async def test_logs_that_mention_an_address(socket_leg: Leg, socket_client: AsyncClient) -> None:
    key = await funded(socket_client, socket_leg.bank)
    async with _socket(socket_leg) as socket:
        await socket.logs_subscribe(RpcTransactionLogsFilterMentions(key.pubkey()), Confirmed)
        await _subscribed(socket)
        await run(socket_client, [Instruction(MEMO, b"not this", [])], socket_leg.bank)
        signature = await run(socket_client, [Instruction(MEMO, b"but this", [])], key)
        told = (await _next(socket)).result.value
        assert told.signature == signature
        assert told.err is None
        assert 'Program log: Memo (len 8): "but this"' in told.logs
        failed = await run(socket_client, [pay(key, Keypair().pubkey(), 5 * SOL)], key, opts=NO_PREFLIGHT)
        told = (await _next(socket)).result.value
        assert told.signature == failed
        assert told.err is not None


async def test_signature_before_it_lands(socket_leg: Leg, socket_client: AsyncClient) -> None:
    instruction = pay(socket_leg.bank, Keypair().pubkey(), SOL)
    transaction = await signed(socket_client, [instruction], socket_leg.bank)
    async with _socket(socket_leg) as socket:
        await socket.signature_subscribe(transaction.signatures[0], Confirmed)
        subscription = await _subscribed(socket)
        await deliver(socket_client, transaction)
        told = await _next(socket)
        assert told.subscription == subscription
        assert told.result.value.err is None


async def test_signature_that_has_landed_already(socket_leg: Leg, socket_client: AsyncClient) -> None:
    signature = await run(socket_client, [pay(socket_leg.bank, Keypair().pubkey(), SOL)], socket_leg.bank)
    async with _socket(socket_leg) as socket:
        await socket.signature_subscribe(signature, Confirmed)
        await _subscribed(socket)
        assert (await _next(socket)).result.value.err is None
        await _silent(socket)


async def test_failed_signature(socket_leg: Leg, socket_client: AsyncClient) -> None:
    key = await funded(socket_client, socket_leg.bank)
    transaction = await signed(socket_client, [pay(key, Keypair().pubkey(), 5 * SOL)], key)
    async with _socket(socket_leg) as socket:
        await socket.signature_subscribe(transaction.signatures[0], Confirmed)
        await _subscribed(socket)
        await deliver(socket_client, transaction, NO_PREFLIGHT)
        assert (await _next(socket)).result.value.err is not None


async def test_slots(socket_leg: Leg) -> None:
    async with _socket(socket_leg) as socket:
        await socket.slot_subscribe()
        await _subscribed(socket)
        first, second = (await _next(socket)).result, (await _next(socket)).result
        assert second.slot > first.slot
        assert second.parent >= first.slot


async def test_two_clients_hear_the_same(socket_leg: Leg, socket_client: AsyncClient) -> None:
    key = await funded(socket_client, socket_leg.bank)
    async with _socket(socket_leg) as one, _socket(socket_leg) as two:
        for socket in (one, two):
            await socket.account_subscribe(key.pubkey(), Confirmed, encoding="base64")
            await _subscribed(socket)
        await run(socket_client, [pay(socket_leg.bank, key.pubkey(), SOL)], socket_leg.bank)
        assert [(await _next(socket)).result.value.lamports for socket in (one, two)] == [2 * SOL] * 2


async def test_unknown_subscription(socket_leg: Leg) -> None:
    assert socket_leg.ws is not None
    async with plain(socket_leg.ws) as socket:
        for method, params, code in (
            ("nonsenseSubscribe", [], -32601),
            ("accountSubscribe", ["no address"], -32602),
            ("accountUnsubscribe", [10**9], -32602),
        ):
            await socket.send(json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": params}))
            answer = json.loads(await asyncio.wait_for(socket.recv(), PATIENCE))
            assert answer["error"]["code"] == code
            assert answer["id"] == 1
