"""Compute units by instruction."""

from offchain.chain.addresses import LOCALNET
from offchain.demo.meter import Meter

MARKET, HANDLER = LOCALNET.demo_market, LOCALNET.insolvency_handler
BUDGET = "ComputeBudget111111111111111111111111111111"
TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA"

LOGS = [
    f"Program {BUDGET} invoke [1]",
    f"Program {BUDGET} success",
    f"Program {MARKET} invoke [1]",
    "Program log: Instruction: ExecuteLiquidation",
    f"Program {TOKEN} invoke [2]",
    "Program log: Instruction: Transfer",
    f"Program {TOKEN} consumed 4645 of 180000 compute units",
    f"Program {TOKEN} success",
    f"Program {MARKET} consumed 23456 of 200000 compute units",
    f"Program {MARKET} success",
    f"Program {MARKET} invoke [1]",
    "Program log: Instruction: Report",
    f"Program {HANDLER} invoke [2]",
    "Program log: Instruction: ReportDeficit",
    f"Program {HANDLER} consumed 9000 of 180000 compute units",
    f"Program {HANDLER} success",
    f"Program {MARKET} consumed 20000 of 170000 compute units",
    f"Program {MARKET} success",
    f"Program {TOKEN} invoke [1]",
    "Program log: Instruction: Transfer",
    f"Program {TOKEN} consumed 4645 of 150000 compute units",
    f"Program {TOKEN} success",
]


def test_units_of_top_level_instructions_with_their_cpis() -> None:
    meter = Meter()
    meter.read(LOGS)
    meter.read([line.replace("23456", "23000") for line in LOGS])
    assert meter.document() == {
        "demo_market.execute_liquidation": {"count": 2, "max": 23_456},
        "demo_market.report": {"count": 2, "max": 20_000},
    }


def test_units_under_a_name_of_ones_own() -> None:
    meter = Meter()
    meter.note("claim_transaction", 5)
    meter.note("claim_transaction", 3)
    assert meter.document() == {"claim_transaction": {"count": 2, "max": 5}}
