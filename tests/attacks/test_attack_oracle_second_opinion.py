"""A hostile caller who would rather have one opinion than two, and strangers who would like to make the rules."""

from typing import Any

import pytest
from solders.account import Account
from solders.pubkey import Pubkey

from offchain.chain.oracles import pyth, switchboard
from offchain.chain.oracles.feed_ids import PYTH, SWITCHBOARD
from tests.programs.pyth_adapter import lab as pyth_lab
from tests.programs.pyth_adapter.lab import PythLab
from tests.programs.switchboard_adapter import lab as switchboard_lab
from tests.programs.switchboard_adapter.lab import SwitchboardLab
from tests.support.forging import swap, unsigned
from tests.support.oracles import put

USD = 10**6
STRANGER = Pubkey.from_bytes(bytes([66]) * 32)


def test_attack_second_opinion_left_out(lab: PythLab, board: SwitchboardLab) -> None:
    lab.write_second(lab.genuine.micro.price)
    lab.need_second()
    board.accept(second=switchboard_lab.SECOND_FEED)
    for mine in (lab, board):
        with mine.world.expect_error("E_SECOND"):
            mine.post()
        assert mine.feed().updates == 0


def test_attack_second_opinion_replaced(lab: PythLab, board: SwitchboardLab) -> None:
    lab.write_second(lab.genuine.micro.price)
    lab.need_second()
    seen = lab.world.chain.account(pyth_lab.SECOND)
    assert seen is not None
    put(lab.world, STRANGER, seen)
    with lab.world.expect_error("E_FEED"):
        lab.post(STRANGER)
    board.write_second(board.genuine.micro.price, feed_id=STRANGER)
    board.accept(second=switchboard_lab.SECOND_FEED)
    with board.world.expect_error("E_FEED"):
        board.post(switchboard_lab.SECOND)


def test_attack_prices_that_differ_by_more_than_two_percent(lab: PythLab, board: SwitchboardLab) -> None:
    lab.write_second(100 * USD)
    lab.need_second()
    for micro in (102 * USD + 1, 98_039_215):
        lab.write(price=micro * 100, conf=0)
        with lab.world.expect_error("E_DIVERGENCE"):
            lab.post(pyth_lab.SECOND)
    board.accept(second=switchboard_lab.SECOND_FEED)
    for micro in (1_032_237, 992_153):
        board.write_second(micro)
        with board.world.expect_error("E_DIVERGENCE"):
            board.post(switchboard_lab.SECOND)
    assert lab.feed().updates == board.feed().updates == 0


def test_attack_stale_second_opinion(lab: PythLab, board: SwitchboardLab) -> None:
    # A second opinion of when both agreed is none.
    lab.write_second(lab.genuine.micro.price)
    lab.need_second()
    lab.write_second(lab.genuine.micro.price, last_update=lab.world.now - 61)
    with lab.world.expect_error("E_PRICE_STALE"):
        lab.post(pyth_lab.SECOND)
    lab.write_second(lab.genuine.micro.price, min_slot=lab.world.local.slot - 151)
    with lab.world.expect_error("E_PRICE_STALE"):
        lab.post(pyth_lab.SECOND)
    board.accept(second=switchboard_lab.SECOND_FEED)
    board.write_second(board.genuine.micro.price, publish_time=board.world.now - 61)
    with board.world.expect_error("E_PRICE_STALE"):
        board.post(switchboard_lab.SECOND)


@pytest.mark.parametrize(
    ("code", "fields"),
    [
        ("E_ORACLE", {"owner": STRANGER}),
        ("E_CHANGED", {"queue": STRANGER}),
        ("E_CHANGED", {"feed_hash": STRANGER}),
        ("E_OVERRIDE", {"overridable": 1}),
        ("E_SAMPLES", {"samples": 1}),
        ("E_PRICE", {"value": -1}),
    ],
)
def test_attack_forged_second_opinion(lab: PythLab, code: str, fields: dict[str, Any]) -> None:
    lab.write_second(lab.genuine.micro.price)
    lab.need_second()
    lab.write_second(lab.genuine.micro.price, **fields)
    with lab.world.expect_error(code):
        lab.post(pyth_lab.SECOND)


def test_attack_unverified_second_opinion(board: SwitchboardLab) -> None:
    board.accept(second=switchboard_lab.SECOND_FEED)
    board.write_second(board.genuine.micro.price, level=0)
    with board.world.expect_error("E_UNVERIFIED"):
        board.post(switchboard_lab.SECOND)


def test_attack_rules_of_another_feed(lab: PythLab) -> None:
    # Rules without a second opinion exist for another feed: they are not to be found at this feed's address.
    world, at = lab.world, lab.world.at
    lab.write_second(1)
    lab.need_second()
    world.send(pyth.set_rules(world.admin.key, STRANGER, None))
    post = pyth.crank(lab.stranger.key, lab.feed_id, lab.update)
    for other in (at.feed_rules(PYTH, STRANGER), at.feed_rules(SWITCHBOARD, lab.feed_id), lab.stranger.key):
        with world.expect_error("ACCOUNT_SEEDS"):
            world.send(swap(post, at.feed_rules(PYTH, lab.feed_id), other))


def test_attack_rules_by_a_stranger(lab: PythLab, board: SwitchboardLab) -> None:
    lab.write_second(1)
    ours = pyth.set_rules(lab.world.admin.key, lab.feed_id, pyth_lab.SECOND)
    theirs = switchboard.set_rules(board.world.admin.key, board.feed_id)
    for mine, rules in ((lab, ours), (board, theirs)):
        admin = mine.world.admin.key
        with mine.world.expect_error("E_ADMIN"):
            mine.world.send(swap(rules, admin, mine.stranger.key))
        with mine.world.expect_error("NOT_SIGNED"):
            mine.world.send(unsigned(rules, admin), payer=mine.stranger)


def test_attack_rules_with_a_forged_config(lab: PythLab) -> None:
    # A config that names the attacker, at any address but the risk engine's own.
    world, at = lab.world, lab.world.at
    real = world.chain.account(at.risk_config)
    assert real is not None
    put(
        world,
        STRANGER,
        Account(real.lamports, real.data[:8] + bytes(lab.stranger.key) + real.data[40:], at.risk_engine),
    )
    rules = pyth.set_rules(lab.stranger.key, lab.feed_id, None)
    with world.expect_error("ACCOUNT_SEEDS"):
        world.send(swap(rules, at.risk_config, STRANGER))
    # Before the risk engine is configured nobody is admin.
    world.local.set_account(at.risk_config, Account(10**9, real.data, at.demo_market))
    with world.expect_error("E_PROGRAM"):
        world.send(rules)


def test_attack_lamports_on_the_address_of_the_rules(lab: PythLab, board: SwitchboardLab) -> None:
    # Somebody sends lamports there first: it stays an address without rules, and the admin can still set some.
    for mine, oracle in ((lab, PYTH), (board, SWITCHBOARD)):
        address = mine.world.at.feed_rules(oracle, mine.feed_id)
        put(mine.world, address, Account(10**9, b"", Pubkey.default()))
    with board.world.expect_error("E_RULES"):
        board.post()
    lab.post()
    lab.write_second(lab.genuine.micro.price)
    lab.need_second()
    board.accept()
    board.post()
    assert lab.feed().updates == board.feed().updates == 1


def test_attack_switchboard_feed_without_rules() -> None:
    fresh = SwitchboardLab()
    with fresh.world.expect_error("E_RULES"):
        fresh.post()


def test_attack_feed_accepted_by_mistake(board: SwitchboardLab) -> None:
    # The admin is no attacker, but is told what would be none of the oracle's feeds.
    with board.world.expect_error("E_SAMPLES"):
        board.accept(min_samples=1)
    board.write(overridable=1)
    with board.world.expect_error("E_OVERRIDE"):
        board.accept()
    board.write(owner=STRANGER)
    with board.world.expect_error("E_ORACLE"):
        board.accept()
    rules = switchboard.set_rules(board.world.admin.key, board.feed_id)
    with board.world.expect_error("E_FEED"):
        board.world.send(swap(rules, board.feed_id, STRANGER))
