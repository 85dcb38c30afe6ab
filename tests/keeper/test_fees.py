"""Priority fees: what others bid, bounded, and more after an expiry."""

import pytest
from solders.compute_budget import set_compute_unit_price
from solders.pubkey import Pubkey
from solders.system_program import TransferParams, transfer

from offchain.chain.backends.failover import FailoverChain
from offchain.keeper.fees import PriorityFees, percentile
from tests.support.keeping import Place
from tests.support.world import World


@pytest.mark.parametrize(("percent", "found"), [(0, 1), (1, 1), (20, 1), (21, 2), (50, 3), (75, 4), (100, 5)])
def test_percentiles_are_values_that_occurred(percent: int, found: int) -> None:
    assert percentile([5, 3, 1, 4, 2], percent) == found


def test_nothing_landed_lately_asks_for_nothing() -> None:
    assert percentile([], 75) == 0


async def test_it_bids_a_percentile_of_what_landed_up_to_its_bound(world: World, place: Place) -> None:
    for bid in range(100, 1_001, 100):
        to = Pubkey.new_unique()
        pay = transfer(TransferParams(from_pubkey=world.keeper.key, to_pubkey=to, lamports=1_000_000))
        world.send(set_compute_unit_price(bid), pay)
    chain = FailoverChain([place.endpoints.http])
    try:
        assert await chain.priority_fees() == list(range(100, 1_001, 100))
        assert await PriorityFees(chain, 60, 10_000).current() == 600
        assert await PriorityFees(chain, 60, 500).current() == 500
    finally:
        await chain.close()


async def test_after_an_expiry_it_bids_four_times_as_much_each_time(place: Place) -> None:
    chain = FailoverChain([place.endpoints.http])
    fees = PriorityFees(chain, 75, 50_000)
    try:
        assert [await fees.current(expired) for expired in range(4)] == [0, 4_000, 16_000, 50_000]
    finally:
        await chain.close()


async def test_while_no_node_tells_the_last_fee_stands() -> None:
    chain = FailoverChain(["http://127.0.0.1:9"])
    try:
        assert await PriorityFees(chain, 75, 50_000).current() == 0
    finally:
        await chain.close()
