"""pay_claim_fee: the handler pays executors out of the fees that claims have left."""

from offchain.chain.addresses import LOCALNET
from tests.programs.bench.cover import Cover, Provider
from tests.programs.bench.machine import USDC
from tests.programs.bench.twin import now, only

CEILING = 20_000
"""A token transfer, pool and config, one event."""


def test_pays_and_reduces_the_ledger(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    to = cover.tokens(cover.payer)
    event = only(cover.pool("pay_claim_fee", {"amount": 100_000}, destination=to), "ClaimFeePaid")
    assert cover.units <= CEILING
    assert cover.balance(to) == 100_000
    assert now(cover).claim_fees == 200_000
    assert (event.market_id, event.actor, event.destination) == (cover.market, LOCALNET.handler_config, to)
    assert (event.amount, event.claim_fees_before, event.claim_fees_after) == (100_000, 300_000, 200_000)


def test_never_pays_more_than_the_ledger(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    to = cover.tokens(cover.payer)
    with cover.refused("OVERFLOW", cover.at.pool, to):
        cover.pool("pay_claim_fee", {"amount": 300_001}, destination=to)


def test_refuses_anyone_but_the_handler(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    to = cover.tokens(cover.payer)
    for stranger in (cover.admin, LOCALNET.risk_config, cover.market):
        with cover.refused("E_AUTHORITY", cover.at.pool, to):
            cover.pool("pay_claim_fee", {"amount": 1}, handler=stranger, destination=to)


def test_refuses_another_vault_and_the_vault_as_destination(cover: Cover, lp: Provider) -> None:
    cover.payout(1_000 * USDC)
    with cover.refused("E_VAULT", cover.at.pool):
        cover.pool(
            "pay_claim_fee", {"amount": 1}, vault=cover.tokens(cover.at.pool, 5), destination=cover.tokens(cover.payer)
        )
    with cover.refused("E_ALIAS", cover.at.pool, cover.at.pool_vault):
        cover.pool("pay_claim_fee", {"amount": 1}, destination=cover.at.pool_vault)
