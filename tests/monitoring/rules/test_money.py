"""Rules about money, on the real programs."""

from dataclasses import replace

import pytest

from offchain.chain.units import atoms
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.rules.money import claim_large
from offchain.monitoring.rules.rule import Limits
from tests.monitoring.deployment import Deployment
from tests.verify.story import Story


@pytest.mark.parametrize("kind", ["pool", "escrow", "market", "fees"])
def test_a_vault_below_its_ledger(watched: Deployment, story: Story, kind: str) -> None:
    story.trades()
    story.market.open(story.market.trader("1000"), True, "0.01", "100")
    if kind == "escrow":  # the fee goes on, and waits there to be routed
        story.world.advance(epochs=1)
        story.world.push_price()
        story.market.crank(route=False)
    assert watched.found("vault_below_ledger") == []
    vault = next(vault for vault in watched.look_at_chain().vaults if vault.kind == kind)
    assert vault.held >= vault.owed > 0
    token = {
        "pool": story.market.pool().vault,
        "escrow": story.market.premium().escrow,
        "market": story.market.perp().vault,
        "fees": story.market.perp().fee_vault,
    }[kind]
    assert str(token) == vault.address
    story.world.set_balance(token, vault.owed - 1)
    (found,) = watched.found("vault_below_ledger")
    assert found.subject == str(token)
    assert f"the {kind} vault" in found.message and "0.000001 USDC are missing" in found.message
    story.world.set_balance(token, vault.owed)
    assert watched.found("vault_below_ledger") == []


def test_a_payout_that_nobody_releases(watched: Deployment, story: Story) -> None:
    trader, nonce = story.bankrupt("0.5", "300", "7000")
    story.market.liquidate(trader, nonce)
    story.market.report()
    assert story.market.pool().reserved > 0
    assert watched.found("payout_queued") == [], "keepers have two minutes"
    story.world.advance(seconds=120)
    (found,) = watched.found("payout_queued")
    assert found.subject == str(story.market.id)
    assert "claim 1" in found.message and "for 120 s" in found.message
    story.market.release()
    assert watched.found("payout_queued") == []


def test_a_large_claim(watched: Deployment, story: Story) -> None:
    before = story.market.pool()
    trader, nonce = story.bankrupt("2", "1200", "7000")
    assert watched.found("claim_large") == []
    tvl = _tvl(story)
    story.market.claim(trader, nonce)
    lost = tvl - _tvl(story)
    assert 1_000 < lost * 10_000 // tvl < 9_000 and before.available_balance > 0
    (found,) = watched.found("claim_large")
    assert found.subject.startswith(f"{story.market.id}/")
    assert str(lost // 10**6) in found.message.replace(",", "")
    share = lost * 10_000 // tvl
    facts = gather(watched.context)
    settings = watched.context.settings.monitoring
    for claim_bps, count in ((share - 1, 1), (share + 1, 0)):
        limits = Limits(replace(settings, claim_bps=claim_bps), story.world.parameters)
        assert len(list(claim_large(facts, limits))) == count
    story.world.advance(seconds=86_400)
    assert watched.found("claim_large") == [], "a day later it is history"


def test_a_small_claim_is_none(watched: Deployment, story: Story) -> None:
    trader, nonce = story.bankrupt("0.5", "300", "7000")
    story.market.claim(trader, nonce)
    assert story.market.record(1).payout_amount > atoms("100")
    assert len(watched.facts().claims) == 1 and watched.found("claim_large") == []


def _tvl(story: Story) -> int:
    pool = story.market.pool()
    return pool.available_balance + pool.unvested + pool.first_loss + pool.residual
