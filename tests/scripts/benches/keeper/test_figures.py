"""The figures of a bench count what they say, and refuse a run in which something is paid twice or not at all."""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated.insurance_pool import FundsReleased
from scripts.benches.errors import BenchError
from scripts.benches.keeper.figures import Landed, figures, percentile, released
from scripts.benches.keeper.workload import Workload

KEEPER, STRANGER = "keeper", "stranger"
MARKETS = [Pubkey.from_bytes(sha256(bytes([number])).digest()) for number in range(4)]


def release(market: Pubkey) -> list[str]:
    """The logs of a payout, as the pool writes them."""
    body = bytes(market) + bytes(FundsReleased.LAYOUT.size - 32)
    data = b64encode(FundsReleased.DISCRIMINATOR + body).decode()
    program = LOCALNET.insurance_pool
    return [f"Program {program} invoke [1]", f"Program data: {data}", f"Program {program} success"]


def landed(slot: int, signature: str, payer: str = KEEPER, market: Pubkey | None = None) -> Landed:
    """A transaction that cost 5 000 lamports."""
    logs = release(market) if market is not None else []
    return Landed(signature, slot, slot * 400, False, payer, 5_000, logs)


RUN = [
    landed(8, "before", market=None),
    landed(10, "price", payer="publisher"),
    landed(10, "sync"),
    landed(11, "one", market=MARKETS[0]),
    landed(11, "two", market=MARKETS[1]),
    replace(landed(12, "failed"), failed=True),
    landed(13, "three", market=MARKETS[2]),
    landed(20, "four", market=MARKETS[3]),
    landed(21, "after"),
]


def test_slots_count_from_the_price_and_costs_up_to_the_last_payment() -> None:
    found = figures("percosec keeper", RUN, "price", KEEPER, MARKETS)
    assert found.slots == (1, 1, 3, 10)
    assert found.milliseconds == (400, 400, 1_200, 4_000)
    assert (found.transactions, found.failed, found.lamports) == (6, 1, 30_000)
    document = found.document()
    assert (document["slots_p50"], document["slots_p99"]) == (1, 10)
    assert document["transactions_per_claim_milli"] == 1_500
    assert document["lamports_per_claim"] == 7_500


def test_a_claim_that_is_missing_is_refused() -> None:
    with pytest.raises(BenchError, match="1 of 4 claims were not paid"):
        figures("k", [one for one in RUN if one.signature != "three"], "price", KEEPER, MARKETS)


def test_a_claim_paid_twice_is_refused() -> None:
    with pytest.raises(BenchError, match="paid twice"):
        figures("k", [*RUN, landed(22, "again", market=MARKETS[1])], "price", KEEPER, MARKETS)


def test_a_claim_paid_before_the_price_does_not_count() -> None:
    early = [landed(5, "early", market=MARKETS[0]), *(one for one in RUN if one.signature != "one")]
    with pytest.raises(BenchError, match="1 of 4 claims were not paid"):
        figures("k", early, "price", KEEPER, MARKETS)


def test_a_payment_by_somebody_else_is_refused() -> None:
    other = [replace(one, payer=STRANGER) if one.signature == "two" else one for one in RUN]
    with pytest.raises(BenchError, match="somebody else"):
        figures("k", other, "price", KEEPER, MARKETS)


def test_a_price_that_never_landed_is_refused() -> None:
    with pytest.raises(BenchError, match="never landed"):
        figures("k", RUN, "other", KEEPER, MARKETS)


def test_failed_transactions_release_nothing() -> None:
    assert released([replace(landed(1, "x", market=MARKETS[0]), failed=True)]) == 0
    assert released(RUN) == 4


def test_percentiles_are_nearest_ranks() -> None:
    assert [percentile(range(1, 51), percent) for percent in (50, 99, 100)] == [25, 50, 50]
    assert percentile([7], 50) == 7


def test_the_breaching_markets_share_the_falling_feed_alone() -> None:
    workload = Workload(markets=23, breaching=5)
    assert workload.feeds == 5
    falling = workload.feed_of(0)
    assert [number for number in range(23) if workload.feed_of(number) == falling] == list(range(5))
    with pytest.raises(ValueError, match="between one and all"):
        Workload(markets=3, breaching=4)
