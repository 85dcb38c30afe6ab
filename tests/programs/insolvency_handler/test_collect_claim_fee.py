"""collect_claim_fee: the executor's part of the fee, once."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.addresses import LOCALNET
from offchain.chain.instructions import insolvency_handler
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now

CEILING = 40_000
"""An address search, a call into the pool with a token transfer, two events."""


@pytest.fixture
def claimed(cover: Cover, lp: Provider) -> Cover:
    """A complete claim of 1 000 USDC: fee 0.5, of which 0.3 are the executor's."""
    cover.open_claim()
    cover.report(1_500 * USDC)
    cover.release()
    return cover


def collect(cover: Cover, destination: Pubkey, **accounts: Pubkey) -> list[object]:
    usual = {"executor": cover.payer, "claim": cover.at.claim(1), "destination": destination}
    return list(cover.handler("collect_claim_fee", **(usual | accounts)))


def test_pays_the_executor(claimed: Cover) -> None:
    to = claimed.tokens(claimed.payer)
    events = collect(claimed, to)
    assert claimed.units <= CEILING
    assert [type(event).__name__ for event in events] == ["ClaimFeePaid", "ClaimFeeCollected"]
    assert claimed.balance(to) == claimed.claim_state().executor_fee == 300_000
    assert now(claimed).claim_fees == 0
    assert claimed.claim_state().fee_collected
    event = events[-1]
    assert (event.market_id, event.actor) == (claimed.market, claimed.payer)  # type: ignore[attr-defined]
    assert (event.sequence, event.amount) == (1, 300_000)  # type: ignore[attr-defined]


def test_client_builds_it(claimed: Cover) -> None:
    to = claimed.tokens(claimed.payer)
    claimed.send(insolvency_handler.collect_claim_fee(claimed.payer, claimed.market, 1, to))
    assert claimed.balance(to) == 300_000


def refused(cover: Cover, code: str, **accounts: Pubkey) -> None:
    to = cover.tokens(cover.payer)
    with cover.refused(code, cover.at.pool, cover.at.pool_vault, cover.at.claim(1), to):
        collect(cover, to, **accounts)


def test_refuses_a_second_time(claimed: Cover) -> None:
    collect(claimed, claimed.tokens(claimed.payer))
    refused(claimed, "E_STATE")


def test_refuses_before_the_claim_is_complete(cover: Cover, lp: Provider) -> None:
    cover.open_claim()
    cover.report(1_500 * USDC)
    refused(cover, "E_STATE")


def test_refuses_anyone_but_the_executor(claimed: Cover) -> None:
    refused(claimed, "E_AUTHORITY", executor=claimed.wallet())


def test_refuses_a_forged_program(claimed: Cover) -> None:
    refused(claimed, "E_PROGRAM", pool_program=LOCALNET.demo_market)


def test_refuses_pool_and_registry_of_another_market(claimed: Cover) -> None:
    other = claimed.open_market(2)
    claimed.open_peers(other)
    claimed.set_pool_terms(other)
    claimed.set_handler_terms(other)
    refused(claimed, "E_RELATION", pool=other.pool, pool_vault=other.pool_vault)
    refused(claimed, "E_RELATION", registry=other.registry)
    refused(claimed, "E_RELATION", registry=other.registry, pool=other.pool, pool_vault=other.pool_vault)


def test_refuses_the_vault_as_destination(claimed: Cover) -> None:
    with claimed.refused("E_ALIAS", claimed.at.pool, claimed.at.claim(1)):
        collect(claimed, claimed.at.pool_vault)
