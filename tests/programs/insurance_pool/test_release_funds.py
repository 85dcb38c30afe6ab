"""release_funds: the net payout reaches the registered vault, and the record is completed in the same call."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.demo_market.accounts import PerpMarket
from tests.model.pool import payouts
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import check_moment, now

CEILING = 60_000
"""Four address searches, a token transfer, calls into handler and market, three events."""


@pytest.fixture
def claimed(cover: Cover, lp: Provider) -> Cover:
    """A reported deficit of 1 500 USDC, of which the pool has 1 000."""
    cover.open_claim()
    cover.report(1_500 * USDC)
    return cover


def house(cover: Cover) -> int:
    return cover.read(PerpMarket, LOCALNET.demo_market, cover.market).house


def test_pays_the_market_and_completes_the_claim(claimed: Cover) -> None:
    cover = claimed
    cover.later(3)
    expected, paid = payouts.release(now(cover))
    events = cover.release()
    assert cover.units <= CEILING
    assert [type(event).__name__ for event in events] == ["DeficitCovered", "ClaimEvent", "FundsReleased"]
    assert now(cover) == expected
    assert cover.balance(cover.at.vault) == house(cover) == paid.to_market == 999_500_000
    event = events[-1]
    check_moment(cover, event, cover.payer)
    assert (event.sequence, event.payout, event.net) == (1, 1_000 * USDC, 999_500_000)  # type: ignore[attr-defined]
    assert (event.reserved_before, event.reserved_after) == (999_500_000, 0)  # type: ignore[attr-defined]
    record = cover.claim_state()
    assert (record.state, record.epoch, record.timestamp) == (2, cover.epoch, cover.now)
    assert (record.payout_amount, record.net_paid, record.uncovered) == (1_000 * USDC, 999_500_000, 500 * USDC)
    pool = cover.pool_state
    cleared = [name for name in (field.name for field in pool.layout.subcons) if name.startswith("reserved")]
    assert len(cleared) == 8
    assert all(getattr(pool, name) == 0 for name in cleared)


def test_anyone_completes_a_claim_that_pays_nothing(cover: Cover) -> None:
    cover.open_claim()
    cover.report(5_000 * USDC)
    cover.release(caller=cover.wallet())
    record = cover.claim_state()
    assert (record.payout_amount, record.uncovered, record.net_paid, record.fully_covered) == (
        0,
        5_000 * USDC,
        0,
        False,
    )


def test_refuses_without_a_reserved_payout(claimed: Cover) -> None:
    claimed.release()
    with claimed.refused("E_STATE", claimed.at.pool, claimed.at.vault):
        claimed.release(sequence=1)


def test_refuses_a_pool_without_terms() -> None:
    cover = Cover(terms=False)
    cover.set_handler_terms()
    cover.open_claim()
    cover.report(5_000 * USDC)
    with cover.refused("E_STATE", cover.at.pool, cover.at.registry):
        cover.release()


def refused(cover: Cover, code: str, **accounts: Pubkey) -> None:
    touched = (cover.at.pool, cover.at.pool_vault, cover.at.vault, cover.at.registry, cover.at.claim(1))
    with cover.refused(code, *touched, *accounts.values()):
        cover.release(**accounts)


def test_refuses_forged_programs(claimed: Cover) -> None:
    refused(claimed, "E_PROGRAM", handler_program=LOCALNET.risk_engine)
    refused(claimed, "E_PROGRAM", market_program=LOCALNET.risk_engine)


def test_refuses_vaults_of_others(claimed: Cover) -> None:
    refused(claimed, "E_VAULT", vault=claimed.tokens(claimed.at.pool, 10_000 * USDC))
    refused(claimed, "E_RELATION", market_vault=claimed.tokens(claimed.payer))
    refused(claimed, "E_RELATION", market_vault=claimed.tokens(claimed.market))


def test_refuses_registry_claim_and_market_of_another_market(claimed: Cover) -> None:
    cover = claimed
    own = cover.at
    other = cover.open_market(2)
    cover.open_peers(other)
    cover.set_pool_terms(other)
    cover.set_handler_terms(other)
    args = {"counter": 9_000 * USDC, "margin_total": 0, "fund_total": 0, "unvested_profit": 0}
    cover.handler("open_claim", {"sequence": 1}, registry=other.registry, claim=other.claim(1))
    foreign = {"market": other.market_id, "registry": other.registry, "claim": other.claim(1)}
    cover.handler("report_deficit", args, executor=cover.payer, pool=other.pool, **foreign)
    for changed in (foreign, {"market": other.market_id}, {"registry": other.registry}, {"claim": other.claim(1)}):
        refused(cover, "E_RELATION", **changed)
    registry_and_claim = {"registry": other.registry, "claim": other.claim(1)}
    refused(cover, "E_RELATION", **registry_and_claim)
    assert cover.at is own
    cover.release()


def test_refuses_a_record_that_is_not_the_reserved_one(claimed: Cover) -> None:
    claimed.release()
    claimed.deposit(claimed.provider(), 5_000 * USDC)
    claimed.open_claim()
    claimed.report(4_000 * USDC)
    refused(claimed, "E_STATE", claim=claimed.at.claim(1))
    claimed.release()
