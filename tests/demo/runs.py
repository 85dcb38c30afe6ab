"""Whole runs for the tests: quiet, on the embedded chain."""

import json
from typing import Any

from offchain.demo.options import Options
from offchain.demo.result import Result
from offchain.demo.run import run
from offchain.demo.view import SilentView

PARTS_OF_THE_POOL = ("first_loss", "premium", "capital")

REQUIRED_UNITS = (
    "insurance_pool.deposit",
    "insurance_pool.execute_withdrawal",
    "risk_engine.update_score",
    "demo_market.execute_liquidation",
    "insurance_pool.release_funds",
    "claim_transaction",
)


def played(options: Options) -> Result:
    """Play without showing anything."""
    return run(options, lambda story: SilentView())


def document(result: Result) -> dict[str, Any]:
    """The document as a reader of `--json` gets it; a float anywhere fails."""

    def refuse(text: str) -> float:
        raise AssertionError(f"the document holds the float {text}")

    read: dict[str, Any] = json.loads(json.dumps(result.document()), parse_float=refuse)
    return read


def check_sound(found: dict[str, Any]) -> None:
    """What must be true of every run."""
    assert found["faults"] == []
    sheet = found["balance_sheet"]
    assert sheet["difference"] == 0
    assert sum(account["atoms"] for account in sheet["accounts"]) == sheet["supply"] > 0
    assert all(vault["atoms"] >= sum(vault["ledger"].values()) for vault in sheet["vaults"])
    assert len(sheet["vaults"]) == 8
    for claim in found["claims"]:
        assert claim["payout"] == claim["recomputed_payout"]
        assert claim["payout"] == sum(claim["tiers"][part] for part in PARTS_OF_THE_POOL)
        assert claim["deficit"] > claim["threshold"]
        assert claim["uncovered"] == claim["deficit"] - claim["payout"]
        assert claim["fee"] == -(-claim["payout"] * 5 // 10_000)
    for row in found["no_claims"]:
        assert 0 < row["deficit"] <= row["threshold"]


def of(found: dict[str, Any], part: str, market: str) -> list[dict[str, Any]]:
    """The rows of one market."""
    return [row for row in found[part] if row["market"] == market]


def pool_b(found: dict[str, Any]) -> dict[str, Any]:
    """Everything the run says about the calm market, its pool and its people."""
    sheet = found["balance_sheet"]
    return {
        "epochs": of(found, "epochs", "B"),
        "withdrawals": of(found, "withdrawals", "B"),
        "accounts": [
            row for row in sheet["accounts"] if row["name"].split()[1:2] == ["B"] or row["name"].endswith(" B")
        ],
        "vaults": [row for row in sheet["vaults"] if row["name"].endswith(" B")],
    }
