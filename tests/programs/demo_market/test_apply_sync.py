"""apply_sync: the risk engine pushes price and limits; time passes at the old price first."""

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated.demo_market import SyncReceived
from tests.programs.bench.machine import EPOCH, GENESIS, START_EPOCH, USDC
from tests.programs.demo_market.lab import BTC, PRICE, SYNC, Lab

WORTH = 20_000 * USDC


def test_sync_stores_what_was_pushed_and_says_so(lab: Lab) -> None:
    lab.wait(10)
    pushed = {"lag_price": PRICE - 5, "provisional": True, "grade": 3, "reasons": 5, "leverage_cap": 7, "oi_cap": 9}
    (event,) = lab.sync(PRICE + 1, **pushed)
    market = lab.market
    assert (market.price, market.lag_price, market.provisional) == (PRICE + 1, PRICE - 5, True)
    assert (market.grade, market.reasons, market.leverage_cap, market.oi_cap) == (3, 5, 7, 9)
    assert (market.synced_at, market.publish_time) == (lab.now, lab.now)
    assert isinstance(event, SyncReceived)
    assert (event.price_before, event.price, event.reasons_before, event.reasons) == (PRICE, PRICE + 1, 0, 5)
    assert (event.epoch, event.time) == (START_EPOCH, lab.now)


def test_first_sync_starts_the_calendar_with_an_empty_past(lab: Lab) -> None:
    market = lab.market
    assert (market.genesis, market.epoch_seconds, market.synced) == (GENESIS, EPOCH, True)
    assert (market.acc_epoch, market.acc_time) == (START_EPOCH, lab.now)
    assert (market.mean_epoch, market.mean_long, market.cum_funding) == (START_EPOCH - 1, 0, 0)


def test_sync_is_the_risk_engines_alone(lab: Lab) -> None:
    args = SYNC | {"publish_time": lab.now, "now": lab.now, "epoch": 1, "genesis": GENESIS, "epoch_seconds": EPOCH}
    for stranger in (LOCALNET.risk_config, lab.at.registry, LOCALNET.market(lab.another_market()).config):
        lab.rejects("E_AUTHORITY", "apply_sync", args, risk=stranger)


def test_the_mean_weighs_a_position_by_the_time_it_was_open(lab: Lab) -> None:
    trader = lab.player()
    lab.wait(EPOCH // 3)
    lab.sync()
    trader.open()
    lab.wait(EPOCH // 3)
    lab.sync()
    trader.close()
    lab.wait(EPOCH // 3)
    lab.sync()
    market = lab.market
    assert (market.mean_epoch, market.acc_epoch) == (START_EPOCH, START_EPOCH + 1)
    assert market.mean_long == WORTH // 3
    assert market.mean_short == 0
    assert market.mean_leverage == 100_040


def test_an_untouched_epoch_has_the_mean_of_its_constant_state(lab: Lab) -> None:
    trader = lab.player()
    trader.open(is_long=False)
    lab.wait(EPOCH // 2)
    lab.sync(PRICE * 2)
    lab.wait(3 * EPOCH)
    lab.sync(PRICE)
    market = lab.market
    assert market.mean_epoch == START_EPOCH + 2
    assert (market.mean_long, market.mean_short) == (0, 2 * WORTH)


def test_a_price_change_inside_an_epoch_is_weighed_by_time(lab: Lab) -> None:
    lab.player().open()
    lab.wait(EPOCH // 4)
    lab.sync(PRICE * 2)
    lab.wait(EPOCH)
    lab.sync()
    assert lab.market.mean_long == WORTH // 4 + 2 * WORTH * 3 // 4


@pytest.mark.parametrize("is_long", [True, False])
def test_the_heavier_side_owes_funding_at_each_epochs_end(lab: Lab, is_long: bool) -> None:
    lab.player().open(is_long=is_long)
    lab.wait(EPOCH - 1)
    lab.sync()
    assert lab.market.cum_funding == 0
    lab.wait(1)
    lab.sync()
    sign = 1 if is_long else -1
    # 0.3 % in 8 hours at full skew, a 32nd of it in an epoch, at 1e9
    assert lab.market.cum_funding == sign * 93_750
    lab.wait(2 * EPOCH)
    lab.sync()
    assert lab.market.cum_funding == sign * 3 * 93_750


def test_funding_follows_the_skew(lab: Lab) -> None:
    lab.player().open()
    lab.player().open(is_long=False, size=BTC // 3)
    lab.wait(EPOCH)
    lab.sync()
    skew, both = BTC - BTC // 3, BTC + BTC // 3
    assert lab.market.cum_funding == 3_000_000 * skew // both // 32


def test_time_that_does_not_pass_changes_nothing(lab: Lab) -> None:
    lab.player().open()
    lab.wait(100)
    lab.sync()
    before = lab.market
    lab.sync()
    assert lab.market == before


def test_apply_sync_compute_units(lab: Lab) -> None:
    lab.player().open()
    lab.wait(3 * EPOCH)
    lab.sync()
    # It runs inside sync_market, which must stay below 60 k in all; measured 9 k with several epochs to close.
    assert lab.units <= 12_000
