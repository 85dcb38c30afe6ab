"""The histories fit the accounts of the chain at each moment, the vaults, and the demo's own document."""

from typing import Any

import pytest
from solders.pubkey import Pubkey

from offchain.chain.accounts import decode
from offchain.chain.addresses import LOCALNET
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.generated.risk_engine.accounts import PriceFeed, RiskScore
from offchain.settings.parameters import GRADES
from tests.indexer.histories.conftest import Lived
from tests.indexer.histories.twin import Rows

POOL = (
    "available_balance total_shares high_water_mark unvested first_loss residual reserved treasury_fees claim_fees "
    "unsettled pending_shares pending_value total_deposits generation required_reserve open_interest_now:open_interest"
)
PREMIUM = "rate_bps balance total_collected total_routed total_bounty escrow_ledger:escrow"
SCORE = (
    "composite_score:composite leverage_factor oi_ratio_factor volatility_factor funding_variance_factor samples "
    "funding_samples provisional oi_ratio_bps mean_leverage open_interest required_reserve grade reasons "
    "better_waiting below_waiting"
)
FEED = "price conf publish_time lag_price lag_time provisional sample_price sample_epoch updates"
"""Fields of accounts, and after a colon the column where it has another name."""


def columns(fields: str) -> list[tuple[str, str]]:
    pairs = [one.partition(":") for one in fields.split()]
    return [(field, column or field) for field, _, column in pairs]


@pytest.mark.parametrize("run", ["march", "story"])
def test_the_last_row_of_each_transaction_fits_the_accounts(run: str, request: pytest.FixtureRequest) -> None:
    lived: Lived = request.getfixturevalue(run)
    rows, checked = lived.rows(), 0
    fits = (
        ("share_prices", InsurancePool, "market_id", POOL),
        ("premium_flows", PremiumAccount, "market_id", PREMIUM),
        ("score_history", RiskScore, "market_id", SCORE),
        ("feed_prices", PriceFeed, "feed_id", FEED),
    )
    for table, kind, of, fields in fits:
        last = {}
        for (signature, _), row in sorted(rows[table].items()):
            last[signature, row[of]] = row
        for one in lived.landed:
            for account in one.accounts.values():
                if account.data[:8] != bytes(kind.discriminator):
                    continue
                held = decode(kind, account.data)
                row = last.get((str(one.record.signature), str(getattr(held, of))))
                for field, column in columns(fields) if row else ():
                    assert row is not None
                    assert row[column] == getattr(held, field), (table, column, row)
                    checked += 1
    assert checked > {"march": 50_000, "story": 2_000}[run]


def test_a_pools_balance_moves_by_what_its_rows_say(march: Lived, story: Lived) -> None:
    for lived in (march, story):
        balances: dict[str, int] = {}
        rows = sorted(lived.rows()["share_prices"].values(), key=lambda row: (row["slot"], row["number"]))
        for row in rows:
            moved = row["deposited"] - row["withdrawn"] - row["revested"] + row["vested"]
            moved -= row["performance_fee"] + row["claimed"] + row["swept"]
            assert row["available_balance"] == balances.get(row["market_id"], 0) + moved, row
            balances[row["market_id"]] = row["available_balance"]
            assert row["share_price"] == row["price_assets"] * 10**9 // row["price_shares"]


def test_the_vault_holds_the_ledger_of_every_row(march: Lived) -> None:
    rows = march.rows()["share_prices"]
    markets = {row["market_id"] for row in rows.values()}
    vaults = {str(LOCALNET.market(Pubkey.from_string(market)).pool_vault): market for market in markets}
    assert len(vaults) == 2
    ledgers = {(signature, row["market_id"]): row["ledger"] for (signature, _), row in sorted(rows.items())}
    checked = 0
    for one in march.landed:
        keys = one.record.keys
        for held in one.record.post_tokens:
            market = vaults.get(str(keys[held.index]))
            ledger = ledgers.get((str(one.record.signature), market or ""))
            if ledger is not None:
                assert held.amount == ledger
                checked += 1
    assert checked > 50


def test_the_demo_says_the_same(march: Lived) -> None:
    """Its own document, read from accounts and replies while it ran."""
    assert march.result is not None
    found, rows = march.result.document(), march.rows()
    ids = {desk.plan.name: str(desk.market_id) for desk in march.result.desks}
    no_claims = {(row["signature"], row["unsettled"], row["threshold"]) for row in rows["no_claims"].values()}
    assert no_claims == {(row["signature"], row["deficit"], row["threshold"]) for row in found["no_claims"]} != set()
    paid = sorted((row["market_id"], row["net"], row["fee"]) for row in of_kind(rows, "withdrawals", "execute"))
    assert paid == sorted((ids[row["market"]], row["paid"], row["fee"]) for row in found["withdrawals"])
    assert sum(row["deficit"] > 0 for row in found["liquidations"]) >= 1
    for pool in found["pools"]:
        mine = [row for row in rows["premium_flows"].values() if row["market_id"] == ids[pool["market"]]]
        shares = [row for row in rows["share_prices"].values() if row["market_id"] == ids[pool["market"]]]
        final = max(shares, key=lambda row: (row["slot"], row["number"]))
        assert sum(row["routed"] for row in mine) == sum(row["credited"] for row in mine) == pool["premiums"] > 0
        assert final["unvested"] == pool["unvested_premium"]
        for name in ("available_balance", "first_loss", "total_shares", "generation"):
            assert final[name] == pool[name]
        capital = sum(claim["tiers"]["capital"] for claim in found["claims"] if claim["market"] == pool["market"])
        assert sum(row["claimed"] for row in shares) == capital
    scores = {(row["market_id"], row["block_time"] // 900): row for row in rows["score_history"].values()}
    for epoch in found["epochs"]:
        row = scores[ids[epoch["market"]], epoch["time"] // 900]
        assert row["composite"] == epoch["score"]
        assert GRADES[row["grade"]] == epoch["grade"]
        assert row["provisional"] == epoch["provisional"]
        names = ("leverage", "oi_ratio", "volatility", "funding_variance")
        assert [row[f"{name}_factor"] for name in names] == list(epoch["factors"].values())
    assert len(found["epochs"]) > 900


def of_kind(rows: Rows, table: str, kind: str) -> list[dict[str, Any]]:
    return [row for row in rows[table].values() if row["kind"] == kind]
