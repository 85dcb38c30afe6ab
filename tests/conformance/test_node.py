"""Health, version, slots, epochs and blockhashes."""

import time

from solana.rpc.async_api import AsyncClient
from solders.hash import Hash

from tests.conformance.legs import Leg
from tests.conformance.toolbox import CONFIRMED, funded, pay, raw, result, run
from tests.support.patience import PATIENCE

SLOW_CLOCK = 120
"""Seconds: a validator without enough processor time falls behind; a wrong unit or epoch would be hours off."""


async def test_health_and_version(client: AsyncClient) -> None:
    assert await client.is_connected()
    assert await result(client, "getHealth", []) == "ok"
    assert (await client.get_version()).value.solana_core


async def test_slot_height_and_epoch_agree(client: AsyncClient) -> None:
    slot = (await client.get_slot()).value
    height = (await client.get_block_height()).value
    info = (await client.get_epoch_info()).value
    assert slot <= info.absolute_slot
    assert 0 < height <= info.absolute_slot + 2
    assert info.absolute_slot == info.epoch * info.slots_in_epoch + info.slot_index
    assert info.slots_in_epoch == 432_000


async def test_slots_pass_by_themselves(client: AsyncClient) -> None:
    first = (await client.get_slot()).value
    deadline = time.monotonic() + PATIENCE
    while (await client.get_slot()).value == first:
        assert time.monotonic() < deadline, "the slot stands still"


async def test_block_time_is_now(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank)
    signature = await run(client, [pay(leg.bank, key.pubkey(), 1_000_000)], leg.bank)
    slot = (await client.get_transaction(signature)).value.slot  # type: ignore[union-attr]
    told = (await client.get_block_time(slot)).value
    assert told is not None
    assert abs(told - time.time()) < SLOW_CLOCK


async def test_latest_blockhash_is_valid_for_150_blocks(client: AsyncClient) -> None:
    before = (await client.get_block_height()).value
    latest = (await client.get_latest_blockhash()).value
    after = (await client.get_block_height()).value
    assert before + 140 <= latest.last_valid_block_height <= after + 150, "time passes while one asks"
    assert (await result(client, "isBlockhashValid", [str(latest.blockhash), CONFIRMED]))["value"] is True


async def test_unknown_blockhash_is_not_valid(client: AsyncClient) -> None:
    unknown = str(Hash.new_unique())
    assert (await result(client, "isBlockhashValid", [unknown, CONFIRMED]))["value"] is False


async def test_unknown_method(client: AsyncClient) -> None:
    answer = await raw(client, "getNonsense", [])
    assert answer["error"] == {"code": -32601, "message": "Method not found"}
    assert answer["id"] == 7


async def test_invalid_params(client: AsyncClient) -> None:
    assert (await raw(client, "getBalance", ["no address"]))["error"]["code"] == -32602
    assert (await raw(client, "getBalance", []))["error"]["code"] == -32602
    assert (await raw(client, "getMinimumBalanceForRentExemption", [-1]))["error"]["code"] == -32602


async def test_garbage_is_a_parse_error(client: AsyncClient) -> None:
    headers = {"content-type": "application/json"}
    answer = await client._provider.session.post(client._provider.endpoint_uri, content=b"{nonsense", headers=headers)
    assert answer.json()["error"]["code"] == -32700


async def test_min_context_slot_in_the_future(client: AsyncClient) -> None:
    answer = await raw(client, "getSlot", [CONFIRMED | {"minContextSlot": 10**12}])
    assert answer["error"]["code"] == -32016
    assert answer["error"]["data"]["contextSlot"] >= 1


async def test_batch_is_answered_in_order(client: AsyncClient) -> None:
    batch = [
        {"jsonrpc": "2.0", "id": 1, "method": "getHealth"},
        {"jsonrpc": "2.0", "id": 2, "method": "getNonsense"},
        {"jsonrpc": "2.0", "id": 3, "method": "getSlot", "params": [CONFIRMED]},
    ]
    answer = (await client._provider.session.post(client._provider.endpoint_uri, json=batch)).json()
    assert [item["id"] for item in answer] == [1, 2, 3]
    assert answer[0]["result"] == "ok"
    assert answer[1]["error"]["code"] == -32601
    assert answer[2]["result"] > 0
