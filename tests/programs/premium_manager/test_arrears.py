"""report_arrears, pay_arrears, apply_offset: what a market owes, for how long, and how it is paid."""

import pytest

from offchain.chain.events.generated.premium_manager import ArrearsPaid, ArrearsReported, OffsetApplied
from tests.model.premium.account import accrue, pay_arrears
from tests.programs.premium_manager.lab import Lab
from tests.programs.risk_engine.blank import blank_lab
from tests.support.sent import Sent
from tests.support.world import World

WEEK = 672
OWING = {"balance": -1_000, "negative": True}


def pay(lab: Lab, amount: int) -> Sent:
    world = lab.market.world
    return lab.send("pay_arrears", {"amount": amount}, payer=world.creator.key)


def test_restricts_after_a_week_without_a_break(world: World, lab: Lab) -> None:
    start = world.epoch
    lab.edit(**OWING, negative_since=start)
    for epoch, restricts in ((start + WEEK - 1, False), (start + WEEK, True)):
        world.go_to_epoch(epoch)
        sent = lab.send("report_arrears")
        inputs, event = lab.market.inputs(), sent.event(ArrearsReported)
        assert (inputs.arrears, inputs.arrears_epoch) == (restricts, epoch)
        assert (event.market_id, event.actor, event.epoch) == (lab.market.id, world.keeper.key, epoch)
        assert (event.balance_before, event.balance_after) == (-1_000, -1_000)
        assert (event.arrears, event.restricts, event.slot) == (1_000, restricts, sent.slot)
    pay(lab, 1_000)
    lab.send("report_arrears")
    assert not lab.market.inputs().arrears


def test_a_report_charges_the_floor_first(world: World, lab: Lab) -> None:
    lab.edit(open_interest=10**12, balance=0)
    world.advance(epochs=10)
    expected = accrue(lab.stored(), world.epoch)
    lab.send("report_arrears")
    assert lab.stored() == expected
    assert expected.balance < 0 and expected.negative_since == world.epoch


def test_report_refuses_what_belongs_elsewhere(world: World, lab: Lab) -> None:
    other = blank_lab(world).market.m
    with world.expect_error("E_RELATION"):
        lab.send("report_arrears", inputs=other.inputs)
    with world.expect_error("E_PROGRAM"):
        lab.send("report_arrears", risk_program=world.at.demo_market)
    lab.edit(active=False)
    with world.expect_error("E_STATE"):
        lab.send("report_arrears")


def test_anyone_pays_a_part_or_all(world: World, lab: Lab) -> None:
    lab.edit(open_interest=10**12, balance=-5, negative=True, negative_since=world.epoch)
    world.advance(epochs=3)
    expected = pay_arrears(lab.stored(), 700, world.epoch)
    purse = world.balance(world.creator)
    sent = pay(lab, 700)
    assert lab.stored() == expected
    assert world.balance(world.creator) == purse - 700
    assert world.balance(lab.market.m.escrow) == lab.market.premium().escrow_ledger == 700
    event = sent.event(ArrearsPaid)
    assert (event.market_id, event.actor, event.epoch) == (lab.market.id, world.creator.key, world.epoch)
    assert (event.amount, event.escrow_before, event.escrow_after, event.slot) == (700, 0, 700, sent.slot)
    assert (event.balance_before, event.balance_after) == (-5, expected.balance)
    pay(lab, -expected.balance)
    premium = lab.market.premium()
    assert (premium.balance, premium.negative, premium.negative_since) == (0, False, 0)


@pytest.mark.parametrize("amount", [0, 1_001])
def test_pays_nothing_beyond_the_arrears(world: World, lab: Lab, amount: int) -> None:
    lab.edit(**OWING, negative_since=world.epoch)
    with world.expect_error("E_AMOUNT"):
        pay(lab, amount)


def test_there_is_nothing_to_pay_without_arrears(world: World, lab: Lab) -> None:
    with world.expect_error("E_AMOUNT"):
        pay(lab, 1)


def test_pay_refuses_what_belongs_elsewhere(world: World, lab: Lab) -> None:
    lab.edit(**OWING, negative_since=world.epoch)
    with world.expect_error("E_VAULT"):
        lab.send("pay_arrears", {"amount": 1}, escrow=world.token_account(world.at.premium_config))
    with world.expect_error("TOKEN_OWNER"):
        lab.send("pay_arrears", {"amount": 1}, source=world.creator.token, payer=world.keeper.key)
    lab.edit(active=False)
    with world.expect_error("E_STATE"):
        pay(lab, 1)


def test_what_payouts_were_reduced_by_counts_as_paid(world: World, lab: Lab) -> None:
    pool = lab.play("pool_authority").key
    lab.edit(**OWING, negative_since=4)
    for total, balance in ((600, -400), (600, -400), (1_500, 500)):
        before = lab.market.premium()
        event = lab.send("apply_offset", {"cumulative": total}, pool_authority=pool).event(OffsetApplied)
        premium = lab.market.premium()
        assert (premium.balance, premium.acknowledged_offset, premium.negative) == (balance, total, balance < 0)
        assert (event.market_id, event.before, event.after) == (lab.market.id, before.acknowledged_offset, total)
        assert (event.balance_before, event.balance_after) == (before.balance, balance)
        world.advance(seconds=1)
    with world.expect_error("E_AMOUNT"):
        lab.send("apply_offset", {"cumulative": 1_499}, pool_authority=pool)


def test_only_the_pool_reports_offsets(world: World, lab: Lab) -> None:
    for key in (world.admin.key, lab.play("risk_authority").key):
        with world.expect_error("E_AUTHORITY"):
            lab.send("apply_offset", {"cumulative": 1}, pool_authority=key)


def test_compute_units(world: World, lab: Lab) -> None:
    # a report is two derivations and a CPI, a payment one transfer, an offset two small accounts
    lab.edit(**OWING, negative_since=world.epoch)
    assert lab.send("report_arrears").units <= 40_000
    assert pay(lab, 500).units <= 20_000
    pool = lab.play("pool_authority").key
    assert lab.send("apply_offset", {"cumulative": 600}, pool_authority=pool).units <= 9_000
