"""A hostile caller of the oracle adapters: forged accounts, and genuine ones at the wrong time.

Each forgery starts from a genuine account that the adapter takes. Every refusal has its code and changes nothing
(`expect_error` looks at every account that the transaction touched).
"""

from pathlib import Path
from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.generated.pyth_adapter.errors import custom as pyth_errors
from offchain.chain.generated.switchboard_adapter.errors import custom as switchboard_errors
from offchain.chain.oracles import pyth, switchboard
from tests.programs.pyth_adapter.lab import PythLab
from tests.programs.switchboard_adapter.lab import SwitchboardLab
from tests.support.oracles import changed

I64_MIN, I64_MAX = -(1 << 63), (1 << 63) - 1
U64_MAX = (1 << 64) - 1
I128_MIN, I128_MAX = -(1 << 127), (1 << 127) - 1
STRANGER = Pubkey.from_bytes(bytes([66]) * 32)

FORGED_UPDATES: dict[str, tuple[str, dict[str, Any]]] = {
    "the attacker's own account": ("E_ORACLE", {"owner": STRANGER}),
    "an account of the system": ("E_ORACLE", {"owner": Pubkey.default()}),
    "an account of the push oracle": ("E_ORACLE", {"owner": pyth.PUSH_ORACLE}),
    "no verification": ("E_UNVERIFIED", {"level": 0}),
    "an unknown verification level": ("E_UNVERIFIED", {"level": 2}),
    "another feed's price": ("E_FEED", {"feed_id": STRANGER}),
    "a price of zero": ("E_PRICE", {"price": 0}),
    "a negative price": ("E_PRICE", {"price": -1}),
    "the lowest price there is": ("E_PRICE", {"price": I64_MIN}),
    "a price that rounds to zero": ("E_PRICE", {"price": 99, "conf": 0}),
    "a price above the engine's bound": ("E_PRICE", {"price": 10**17 + 100, "conf": 0}),
    "a price that overflows": ("E_PRICE", {"price": I64_MAX, "conf": 0, "exponent": 0}),
    "a confidence interval wider than a tenth": ("E_CONFIDENCE", {"price": 10**10, "conf": 10**9 + 1}),
    "an endless confidence interval": ("E_CONFIDENCE", {"conf": U64_MAX}),
    "an overflowing confidence interval": ("E_CONFIDENCE", {"price": 1, "conf": U64_MAX, "exponent": 0}),
    "an exponent above": ("E_EXPONENT", {"exponent": 1}),
    "an exponent below": ("E_EXPONENT", {"exponent": -13}),
    "an absurd exponent": ("E_EXPONENT", {"exponent": (1 << 31) - 1}),
    "an absurd negative exponent": ("E_EXPONENT", {"exponent": -(1 << 31)}),
    "a price of the dawn of time": ("E_PRICE_STALE", {"publish_time": I64_MIN}),
    "a price of the end of time": ("E_PRICE_AHEAD", {"publish_time": I64_MAX}),
}

FORGED_FEEDS: dict[str, tuple[str, dict[str, Any]]] = {
    "the attacker's own account": ("E_ORACLE", {"owner": STRANGER}),
    "the devnet program's account": ("E_ORACLE", {"owner": switchboard.program("devnet")}),
    "another queue of oracles": ("E_CHANGED", {"queue": STRANGER}),
    "other jobs": ("E_CHANGED", {"feed_hash": STRANGER}),
    "a feed that its owner may overwrite": ("E_OVERRIDE", {"overridable": 1}),
    "too few answers": ("E_SAMPLES", {"samples": 1}),
    "no answer": ("E_SAMPLES", {"samples": 0}),
    "a price of zero": ("E_PRICE", {"value": 0}),
    "a negative price": ("E_PRICE", {"value": -1}),
    "the lowest price there is": ("E_PRICE", {"value": I128_MIN}),
    "the highest price there is": ("E_PRICE", {"value": I128_MAX}),
    "a price that rounds to zero": ("E_PRICE", {"value": 10**12 - 1}),
    "a price above the engine's bound": ("E_PRICE", {"value": 10**27 + 10**12}),
    "answers that differ by more than a tenth": ("E_CONFIDENCE", {"value": 10**18, "std_dev": 10**17 + 10**12}),
    "a negative deviation": ("E_CONFIDENCE", {"std_dev": -1}),
    "an endless deviation": ("E_CONFIDENCE", {"std_dev": I128_MAX}),
    "an answer for a slot to come": ("E_PRICE_AHEAD", {"max_slot": U64_MAX}),
    "an answer for the first slot": ("E_PRICE_STALE", {"min_slot": 0}),
    "an update of the dawn of time": ("E_PRICE_STALE", {"last_update": I64_MIN}),
    "an update of the end of time": ("E_PRICE_AHEAD", {"last_update": I64_MAX}),
}


def with_data(account: Account, data: bytes) -> Account:
    return Account(account.lamports, data, account.owner)


@pytest.mark.parametrize("name", FORGED_UPDATES)
def test_attack_forged_update(lab: PythLab, name: str) -> None:
    code, fields = FORGED_UPDATES[name]
    lab.write(**fields)
    with lab.world.expect_error(code) as refused:
        lab.post()
    assert (refused[0].program, refused[0].instruction) == ("pyth_adapter", "post_price")
    assert lab.feed().updates == 0


@pytest.mark.parametrize("name", FORGED_FEEDS)
def test_attack_forged_pull_feed(board: SwitchboardLab, name: str) -> None:
    code, fields = FORGED_FEEDS[name]
    board.write(**fields)
    with board.world.expect_error(code) as refused:
        board.post()
    assert (refused[0].program, refused[0].instruction) == ("switchboard_adapter", "post_price")
    assert board.feed().updates == 0


def test_attack_other_type_or_length(lab: PythLab, board: SwitchboardLab) -> None:
    for mine, genuine in ((lab, lab.account), (board, board.account)):
        data = genuine.data
        twap = bytes.fromhex("68c0bc48f6a60c51") + data[8:]
        for forged in (b"", data[:8], data[:-1], data + b"\0", data * 2, bytes(8) + data[8:], twap):
            mine.write(with_data(genuine, forged))
            with mine.world.expect_error("E_LAYOUT"):
                mine.post()
    lab.write(board.account)
    board.write(lab.account)
    for mine in (lab, board):
        with mine.world.expect_error("E_ORACLE"):
            mine.post()


def test_attack_partial_verification_shifts_no_field_into_place(lab: PythLab) -> None:
    # With partial verification every field lies a byte later; a level byte of 1 in front must not make it count.
    data = lab.account.data
    lab.write(with_data(lab.account, data[:40] + bytes([0, 19]) + data[41:133]))
    with lab.world.expect_error("E_UNVERIFIED"):
        lab.post()
    lab.write(with_data(lab.account, data[:40] + bytes([1, 19]) + data[41:133]))
    with lab.world.expect_error("E_FEED"):
        lab.post()


def test_attack_old_and_early_updates(lab: PythLab) -> None:
    lab.write(publish_time=lab.world.now + 1)
    with lab.world.expect_error("E_PRICE_AHEAD"):
        lab.post()
    lab.write(publish_time=lab.world.now - 61)
    with lab.world.expect_error("E_PRICE_STALE"):
        lab.post()


def test_attack_step_back_and_repetition(lab: PythLab, board: SwitchboardLab) -> None:
    lab.post()
    with lab.world.expect_error("E_PRICE_OLD") as refused:
        lab.post()
    assert (refused[0].program, refused[0].instruction) == ("risk_engine", "push_price")
    lab.write(publish_time=lab.genuine.publish_time - 1)
    with lab.world.expect_error("E_PRICE_OLD"):
        lab.post()
    lab.update = STRANGER
    lab.write(publish_time=lab.genuine.publish_time, price=lab.genuine.price * 2)
    with lab.world.expect_error("E_PRICE_OLD"):
        lab.post()
    board.post()
    with board.world.expect_error("E_PRICE_OLD"):
        board.post()
    board.write(last_update=board.genuine.last_update - 1)
    with board.world.expect_error("E_PRICE_OLD"):
        board.post()


def test_attack_twice_in_one_transaction(lab: PythLab) -> None:
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    with lab.world.expect_error("E_PRICE_OLD"):
        lab.world.send(post, post)
    assert lab.feed().updates == 0


def test_attack_old_answers_landed_late(board: SwitchboardLab) -> None:
    # The update is of this second, its answers are for slots of more than a minute ago.
    slot = board.world.local.slot
    board.write(last_update=board.world.now, min_slot=slot - 151, max_slot=slot)
    with board.world.expect_error("E_PRICE_STALE"):
        board.post()
    board.write(last_update=board.world.now, min_slot=slot, max_slot=slot + 50)
    with board.world.expect_error("E_PRICE_AHEAD"):
        board.post()


def test_every_refusal_of_the_adapters_is_provoked() -> None:
    """The codes in both IDLs are expected by an attack, so that a new one needs an attack of its own."""
    names = ("accounts", "callers", "second_opinion")
    files = [Path(__file__).with_name(f"test_attack_oracle_{name}.py") for name in names]
    text = "".join(file.read_text(encoding="utf-8") for file in files)
    for errors in (pyth_errors, switchboard_errors):
        for error in errors.CUSTOM_ERROR_MAP.values():
            code = (error.msg or "").partition(":")[0]
            assert f'"{code}"' in text, code


def test_changed_fields_are_where_the_client_reads_them(lab: PythLab) -> None:
    forged = pyth.read_update(changed(lab.account, price=5, conf=6, exponent=-7, publish_time=8).data)
    assert (forged.price, forged.conf, forged.exponent, forged.publish_time) == (5, 6, -7, 8)
