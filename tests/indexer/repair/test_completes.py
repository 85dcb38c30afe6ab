"""When a rerun's log may stand in the document: each thing that speaks against it, by itself."""

from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.indexer.raw import RawTransaction, read_raw
from offchain.indexer.repair.completes import completes
from offchain.indexer.repair.evidence import Evidence
from offchain.indexer.repair.rerun import Rerun
from offchain.localnet.programs import program_accounts, program_data_address

PAYER, PROGRAM = Pubkey.from_bytes(bytes([1] * 32)), Pubkey.from_bytes(bytes([2] * 32))
SLOT, UNITS = 40, 900
WHOLE = [
    f"Program {PROGRAM} invoke [1]",
    "Program log: the first",
    "Program log: the second",
    f"Program {PROGRAM} consumed 900 of 200000 compute units",
    f"Program {PROGRAM} success",
]


def told(logs: list[str] | None, units: int | None = UNITS) -> RawTransaction:
    message: dict[str, Any] = {"accountKeys": [str(PAYER), str(PROGRAM)], "instructions": []}
    meta: dict[str, Any] = {"err": None, "fee": 5_000, "logMessages": logs, "computeUnitsConsumed": units}
    return read_raw({"slot": SLOT, "transaction": {"signatures": ["one"], "message": message}, "meta": meta})


def deployed(slot: int) -> Evidence:
    """The program with bytecode that came in this slot."""
    found: Evidence = dict(program_accounts(PROGRAM, b"\x7fELF", None))
    data = found[program_data_address(PROGRAM)]
    assert data is not None
    body = data.data[:4] + slot.to_bytes(8, "little") + data.data[12:]
    found[program_data_address(PROGRAM)] = Account(data.lamports, body, data.owner)
    return found


@pytest.mark.parametrize(
    "logs",
    [
        [*WHOLE[:2], "Log truncated"],
        WHOLE[:2],
        ["Log truncated"],
        None,
        [*WHOLE[:1], "Log truncated", WHOLE[2], WHOLE[4]],
    ],
)
def test_what_agrees_is_completed(logs: list[str] | None) -> None:
    raw = told(logs)
    assert completes(raw, Rerun(WHOLE, UNITS), deployed(SLOT))
    assert raw.completed(WHOLE).logs == WHOLE
    assert raw.completed(WHOLE).document == told(WHOLE).document


@pytest.mark.parametrize(
    "logs",
    [
        ["Program log: the first", "Log truncated"],
        [*WHOLE[:1], "Program log: the first\n", "Log truncated"],
        [*WHOLE[:3], WHOLE[3].replace("900", "901"), "Log truncated"],
        [*WHOLE[:1], "Log truncated", WHOLE[4], WHOLE[2]],
        [*WHOLE[:3], "Log truncated", WHOLE[1]],
        [*WHOLE, "Program log: one more"],
    ],
)
def test_a_line_that_does_not_agree_keeps_the_document(logs: list[str]) -> None:
    assert not completes(told(logs), Rerun(WHOLE, UNITS), deployed(SLOT))


@pytest.mark.parametrize("units", [UNITS - 1, 0, None])
def test_other_compute_units_or_none_keep_the_document(units: int | None) -> None:
    assert not completes(told(WHOLE[:2], units), Rerun(WHOLE, UNITS), deployed(SLOT))


def test_bytecode_that_came_later_keeps_the_document() -> None:
    assert not completes(told(WHOLE[:2]), Rerun(WHOLE, UNITS), deployed(SLOT + 1))
