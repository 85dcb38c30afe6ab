"""Pools as their accounts and the vault's own balance say."""

from typing import Any

from offchain.chain import tokens
from offchain.chain.pool_figures import pool_figures
from tests.api.conftest import Lived


def test_one_pool_is_its_account(lived: Lived, get: Any) -> None:
    market, body = lived.market, get(f"pools/{lived.id}")
    pool, found = market.pool, body["pool"]
    assert get("pools")["items"] == [found]
    figures = pool_figures(pool, lived.epoch, lived.story.world.parameters)
    expected = {
        "size": figures.nav,
        "priced": figures.priced_nav,
        "share_price": figures.share_price,
        "total_shares": pool.total_shares,
        "required_reserve": market.score.required_reserve,
        "withdrawable": figures.withdrawable,
        "pending_withdrawals": pool.pending_value,
        "unvested": figures.unvested,
        "first_loss": pool.first_loss,
        "residual": pool.residual,
        "unsettled": pool.unsettled,
        "reserved": pool.reserved,
        "premiums_collected": market.premium.total_collected,
        "premiums_routed": market.premium.total_routed,
        "premium_arrears": max(0, -market.premium.balance),
        "treasury_fees": pool.treasury_fees,
        "claim_fees": pool.claim_fees,
        "tvl": pool.available_balance + pool.unvested + pool.first_loss + pool.residual,
    }
    assert {name: found[name] for name in expected} == {name: str(value) for name, value in expected.items()}
    assert found["utilisation_bps"] == figures.utilisation_bps > 0
    assert (found["providers"], found["generation"], found["exit"]) == (2, pool.generation, False)
    assert found["vested_by"] == lived.story.world.schedule.start(pool.vest_end)


def test_the_vault_holds_what_the_pool_shows(lived: Lived, get: Any) -> None:
    found = get(f"pools/{lived.id}")["pool"]
    account = lived.story.world.local.account(lived.market.pool.vault)
    shown = sum(int(found[name]) for name in ("tvl", "reserved", "treasury_fees", "claim_fees"))
    assert tokens.token_balance(account, lived.market.pool.vault).amount == shown


def test_the_terms_are_on_one_card(lived: Lived, get: Any) -> None:
    terms, pool = get(f"pools/{lived.id}")["terms"], lived.market.pool
    assert (terms["lock_epochs"], terms["notice_epochs"]) == (pool.lock_epochs, pool.notice_epochs)
    assert (terms["lock_seconds"], terms["notice_seconds"]) == (pool.lock_epochs * 900, pool.notice_epochs * 900)
    fees = {fee["name"]: fee["bps"] for fee in terms["fees"]}
    assert fees == {
        "deposit": 0,
        "performance": pool.performance_fee_bps,
        "early_withdrawal_most": 30,
        "withdrawal": 0,
        "claim": 5,
        "bounty": 100,
    }
    assert {power["who"] for power in terms["powers"]} >= {"admin", "guardian", "treasury", "market creator", "anyone"}
    assert "No yield is promised" in terms["warning"]


def test_every_change_accounts_for_the_capital(lived: Lived, get: Any) -> None:
    rows, cursor = [], None
    while True:
        page = get(f"pools/{lived.id}/changes", limit=50, **({"cursor": cursor} if cursor else {}))
        rows += page["items"]
        cursor = page["next"]
        if cursor is None:
            break
    capital = 0
    for row in rows[::-1]:
        moved = {name: int(row[name]) for name in ("deposited", "withdrawn", "revested", "vested", "claimed", "swept")}
        capital += moved["deposited"] - moved["withdrawn"] - moved["revested"] + moved["vested"]
        capital -= int(row["performance_fee"]) + moved["claimed"] + moved["swept"]
        assert row["capital"] == str(capital)
    assert capital == lived.market.pool.available_balance
    claimed = sum(int(row["claimed"]) for row in rows)
    assert claimed == sum(claim.capital_tier for claim in lived.market.claims.values()) > 0


def test_days_add_up_to_the_changes(lived: Lived, get: Any) -> None:
    world = lived.story.world
    start = world.schedule.genesis
    days = get(f"pools/{lived.id}/history", **{"step": "1d", "from": start, "to": world.now})
    assert days["step"] == 86_400
    items = days["items"]
    assert [one["start"] for one in items] == list(range(items[0]["start"], world.now + 1, 86_400))
    changes = get(f"pools/{lived.id}/changes", limit=500)["items"]
    for name in ("deposited", "withdrawn", "vested", "claimed", "performance_fee", "swept", "revested"):
        assert sum(int(one[name]) for one in items) == sum(int(one[name]) for one in changes)
    assert items[-1]["capital"] == str(lived.market.pool.available_balance)
    assert items[-1]["share_price"] == changes[0]["share_price"]
    assert any(one["filled"] for one in items)


def test_too_many_steps_are_refused(lived: Lived, client: Any) -> None:
    answer = client.get(f"/v1/pools/{lived.id}/history", params={"step": "1h", "from": 0})
    assert answer.status_code == 400
    assert "at most 5000 steps" in answer.json()["detail"]
    swapped = client.get(f"/v1/pools/{lived.id}/history", params={"from": 9, "to": 3})
    assert "swap them" in swapped.json()["detail"]


def test_figures_over_periods_come_with_the_pool(lived: Lived, get: Any) -> None:
    figures = get(f"pools/{lived.id}")["figures"]
    assert [one["days"] for one in figures["yields"]] == [1, 7, 30]
    ever = figures["losses"][-1]
    assert ever["days"] is None
    assert ever["claims"] == lived.market.registry.claims
    assert ever["losses"] == str(sum(claim.payout_amount for claim in lived.market.claims.values()))
    arrears_paid = 10_000  # by the creator, in the story
    assert figures["premiums"][-1]["premium"] == str(lived.market.premium.total_collected + arrears_paid)
