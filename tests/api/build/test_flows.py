"""Payments are read alike from bytes, as local chains give them, and parsed, as nodes do."""

from typing import Any

import pytest
from based58 import b58encode
from solders.instruction import AccountMeta, Instruction
from solders.message import Message
from solders.pubkey import Pubkey
from solders.system_program import TransferParams, transfer

from offchain.api.build.flows import Flow, flows, net
from offchain.chain.addresses import SYSTEM_PROGRAM, TOKEN_PROGRAM
from offchain.chain.tokens import transfer as token_transfer

A, B, C, OURS = (Pubkey.from_bytes(bytes([number]) * 32) for number in (1, 2, 3, 4))
AMOUNT = 1_234_567


def _raw(program: Pubkey, data: bytes, *accounts: Pubkey) -> dict[str, Any]:
    keys = [str(key) for key in accounts]
    return {"programId": str(program), "accounts": keys, "data": b58encode(data).decode(), "stackHeight": 2}


def _parsed(program: Pubkey, kind: str, **info: Any) -> dict[str, Any]:
    plain = {name: str(value) if isinstance(value, Pubkey) else value for name, value in info.items()}
    return {"programId": str(program), "program": "x", "parsed": {"type": kind, "info": plain}, "stackHeight": 2}


def _inner(*entries: dict[str, Any]) -> list[Flow]:
    message = Message([Instruction(OURS, b"", [AccountMeta(A, True, True)])], A)
    return flows(message, [{"index": 0, "instructions": list(entries)}])


_U64 = AMOUNT.to_bytes(8, "little")


@pytest.mark.parametrize(
    ("raw", "parsed", "expected"),
    [
        (
            _raw(TOKEN_PROGRAM, b"\x03" + _U64, A, B, C),
            _parsed(TOKEN_PROGRAM, "transfer", source=A, destination=B, authority=C, amount=str(AMOUNT)),
            Flow(True, A, B, AMOUNT),
        ),
        (
            _raw(TOKEN_PROGRAM, b"\x0c" + _U64 + b"\x06", A, C, B, C),
            _parsed(
                TOKEN_PROGRAM, "transferChecked", source=A, mint=C, destination=B, tokenAmount={"amount": str(AMOUNT)}
            ),
            Flow(True, A, B, AMOUNT),
        ),
        (
            _raw(SYSTEM_PROGRAM, (2).to_bytes(4, "little") + _U64, A, B),
            _parsed(SYSTEM_PROGRAM, "transfer", source=A, destination=B, lamports=AMOUNT),
            Flow(False, A, B, AMOUNT),
        ),
        (
            _raw(SYSTEM_PROGRAM, bytes(4) + _U64 + bytes(40), A, B),
            _parsed(SYSTEM_PROGRAM, "createAccount", source=A, newAccount=B, lamports=AMOUNT, space=0, owner=C),
            Flow(False, A, B, AMOUNT),
        ),
    ],
)
def test_both_forms_say_the_same(raw: dict[str, Any], parsed: dict[str, Any], expected: Flow) -> None:
    assert _inner(raw) == _inner(parsed) == [expected]


def test_what_pays_nothing_is_passed_over() -> None:
    assert (
        _inner(
            _raw(TOKEN_PROGRAM, b"\x03" + bytes(8), A, B, C),
            _raw(TOKEN_PROGRAM, b"\x12", A, B),
            _raw(OURS, b"\x03" + _U64, A, B, C),
            _parsed(SYSTEM_PROGRAM, "allocate", account=A, space=5),
            {"programId": str(OURS), "program": "memo", "parsed": "hello", "stackHeight": 2},
        )
        == []
    )


def test_payments_at_the_top_count_in_their_order() -> None:
    first = transfer(TransferParams(from_pubkey=A, to_pubkey=B, lamports=5))
    message = Message([first, token_transfer(B, C, A, 7)], A)
    inner = [{"index": 0, "instructions": [_raw(TOKEN_PROGRAM, b"\x03" + _U64, C, A, C)]}]
    found = flows(message, inner)
    assert found == [Flow(False, A, B, 5), Flow(True, C, A, AMOUNT), Flow(True, B, C, 7)]
    assert net(found, is_token=True) == {C: 7 - AMOUNT, A: AMOUNT, B: -7}
    assert net(found, is_token=False) == {A: -5, B: 5}
