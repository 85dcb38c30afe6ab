"""What blocks have asked for, as `getRecentPrioritizationFees` tells it."""

import time
from typing import Any

from solana.rpc.async_api import AsyncClient
from solders.compute_budget import set_compute_unit_price
from solders.pubkey import Pubkey

from tests.conformance.legs import Leg
from tests.conformance.toolbox import funded, pay, result, run
from tests.support.patience import PATIENCE

BID = 7_777


async def bids(client: AsyncClient, *accounts: Pubkey) -> list[dict[str, Any]]:
    """The answer for these accounts."""
    answer = await result(client, "getRecentPrioritizationFees", [[str(key) for key in accounts]])
    assert all(set(found) == {"slot", "prioritizationFee"} for found in answer)
    assert [found["slot"] for found in answer] == sorted(found["slot"] for found in answer)
    return list(answer)


async def test_a_bid_shows_for_the_accounts_that_were_written(leg: Leg, client: AsyncClient) -> None:
    key = await funded(client, leg.bank)
    signature = await run(client, [set_compute_unit_price(BID), pay(key, Pubkey.new_unique(), 1_000_000)], key)
    landed = (await client.get_transaction(signature, max_supported_transaction_version=0)).value
    assert landed is not None
    deadline = time.monotonic() + PATIENCE
    while not any(found["slot"] == landed.slot for found in await bids(client, key.pubkey())):
        assert time.monotonic() < deadline, "the block of the bid is not shown"
    (found,) = [found for found in await bids(client, key.pubkey()) if found["slot"] == landed.slot]
    # Newer validators divide what was paid by the cost of the transaction, which comes out a little higher.
    assert BID <= found["prioritizationFee"] <= BID * 102 // 100
