"""The published design fixes names, order and types of the first fields of five accounts."""

import json
from typing import Any

import pytest

from offchain.settings.paths import ARTIFACTS

KEY, U64, I64, BOOL = "publicKey", "u64", "i64", "bool"

PUBLISHED = {
    ("risk_engine", "MarketConfig"): [
        ("marketId", KEY),
        ("oracleFeed", KEY),
        ("maxLeverage", U64),
        ("insolvencyThreshold", U64),
        ("minReserveRatio", U64),
        ("active", BOOL),
    ],
    ("risk_engine", "RiskScore"): [
        ("marketId", KEY),
        ("compositeScore", U64),
        ("leverageFactor", U64),
        ("oiRatioFactor", U64),
        ("volatilityFactor", U64),
        ("fundingVarianceFactor", U64),
        ("lastUpdatedAt", I64),
    ],
    ("insurance_pool", "InsurancePool"): [
        ("marketId", KEY),
        ("totalDeposits", U64),
        ("availableBalance", U64),
        ("epochPremiumAccrued", U64),
        ("utilizationRate", U64),
        ("lastUpdateEpoch", U64),
    ],
    ("insurance_pool", "ProviderPosition"): [
        ("provider", KEY),
        ("marketId", KEY),
        ("depositedAmount", U64),
        ("shares", U64),
        ("entryEpoch", U64),
        ("unlockEpoch", U64),
    ],
    ("insolvency_handler", "ClaimRecord"): [
        ("marketId", KEY),
        ("deficitAmount", U64),
        ("payoutAmount", U64),
        ("timestamp", I64),
        ("fullyCovered", BOOL),
    ],
}


@pytest.mark.parametrize(("program", "account"), PUBLISHED, ids=lambda name: name)
def test_documented_fields_come_first_in_their_order_and_types(program: str, account: str) -> None:
    idl: dict[str, Any] = json.loads((ARTIFACTS / "idl" / f"{program}.json").read_text())
    fields = next(item for item in idl["accounts"] if item["name"] == account)["type"]["fields"]
    published = PUBLISHED[program, account]
    assert [(field["name"], field["type"]) for field in fields[: len(published)]] == published
