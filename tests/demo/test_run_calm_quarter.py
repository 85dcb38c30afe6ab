"""A whole run through a calm quarter: everything goes on, nothing is claimed."""

from offchain.data import QUARTER_2023
from offchain.demo.options import Options
from tests.demo.runs import check_sound, document, of, played


def test_a_calm_quarter_has_no_claims() -> None:
    result = played(Options(data=QUARTER_2023, everything=True))
    found = document(result)
    check_sound(found)
    assert found["claims"] == found["no_claims"] == []
    assert len(of(found, "epochs", "A")) > 8_600
    assert found["liquidations"], "positions are liquidated in a calm quarter too, but without a deficit"
    assert all(row["counted"] == 0 for row in found["liquidations"])
    pool = result.desks[0].pool
    assert pool.generation == 0
    assert pool.available_balance > pool.total_deposits > 0
