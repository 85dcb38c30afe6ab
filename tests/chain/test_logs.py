"""Log lines belong to the program that wrote them."""

import pytest
from solders.pubkey import Pubkey

from offchain.chain.logs import LogsTruncated, walk

OUTER, INNER = Pubkey.new_unique(), Pubkey.new_unique()

NESTED = [
    f"Program {OUTER} invoke [1]",
    "Program log: one",
    f"Program {INNER} invoke [2]",
    "Program data: AAAA",
    f"Program {INNER} consumed 70 of 100 compute units",
    f"Program {INNER} success",
    "Program log: two",
    f"Program {OUTER} consumed 90 of 200 compute units",
    f"Program {OUTER} success",
    f"Program {INNER} invoke [1]",
    f"Program {INNER} success",
]


def test_lines_are_attributed() -> None:
    lines = [(line.kind, line.program, line.instruction, line.depth, line.text) for line in walk(NESTED)]
    assert lines == [
        ("invoke", OUTER, 0, 1, ""),
        ("log", OUTER, 0, 1, "one"),
        ("invoke", INNER, 0, 2, ""),
        ("data", INNER, 0, 2, "AAAA"),
        ("units", INNER, 0, 2, "70"),
        ("success", INNER, 0, 2, ""),
        ("log", OUTER, 0, 1, "two"),
        ("units", OUTER, 0, 1, "90"),
        ("success", OUTER, 0, 1, ""),
        ("invoke", INNER, 1, 1, ""),
        ("success", INNER, 1, 1, ""),
    ]


def test_what_a_program_says_moves_no_frame() -> None:
    said = [
        f"Program log: Program {INNER} invoke [2]",
        f"Program log: Program {OUTER} success",
        "Program log: Log truncated",
    ]
    lines = list(walk([NESTED[0], *said, "Program data: AAAA", NESTED[8]]))
    assert {line.program for line in lines} == {OUTER}
    assert [line.kind for line in lines].count("invoke") == 1


def test_a_failure_ends_each_frame() -> None:
    logs = [
        *NESTED[:4],
        f"Program {INNER} failed: custom program error: 0x1",
        f"Program {OUTER} failed: custom program error: 0x1",
    ]
    ends = [(line.program, line.text) for line in walk(logs) if line.kind == "failed"]
    assert ends == [(INNER, "custom program error: 0x1"), (OUTER, "custom program error: 0x1")]


@pytest.mark.parametrize("logs", [[*NESTED[:4], "Log truncated"], NESTED[:4], NESTED[4:6], [NESTED[0], NESTED[5]]])
def test_cut_logs_are_told(logs: list[str]) -> None:
    with pytest.raises(LogsTruncated):
        list(walk(logs))
