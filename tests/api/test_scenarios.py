"""A loss scenario, and then the crash itself: the chain pays exactly what was foretold."""

from typing import Any

from offchain.api.figures.losses import loss_at
from offchain.api.figures.recorded import worst_falls
from offchain.chain.backends.embedded import EmbeddedChain
from offchain.chain.directory import load_directory
from offchain.chain.pool_figures import pool_figures
from offchain.chain.units import price
from offchain.demo.candles import read_candles
from offchain.settings.paths import ROOT
from tests.api.conftest import Lived
from tests.stories.figures import crash
from tests.support.world import World


def test_the_crash_costs_what_the_scenario_says() -> None:
    world = World.fresh()
    market = world.market
    market.fund_insurance("50")
    market.deposit(world.user(usdc="30000"), "20000")
    world.crank_epochs(2)
    traders = [market.trader("20000") for _ in range(3)]
    opened = [
        (traders[0], market.open(traders[0], True, "4", "2500")),
        (traders[1], market.open(traders[1], True, "2", "1800")),
        (traders[2], market.open(traders[2], False, "1", "1000")),
    ]
    crash(world, market, "5000")
    before = load_directory(EmbeddedChain(world.local)).markets()[0]
    by_address = sorted(before.positions.items(), key=lambda one: str(one[0]))
    foretold = loss_at(before, [one for _, one in by_address], price("5000"), world.epoch, world.parameters)
    assert (foretold.claim, foretold.liquidated) == (True, 2)
    assert foretold.beyond > 0
    owners = {market.m.perp_position(trader.key, nonce): (trader, nonce) for trader, nonce in opened}
    for address, position in by_address:
        if position.is_long:
            market.liquidate(*owners[address])
    market.report()
    market.release()
    after = load_directory(EmbeddedChain(world.local)).markets()[0]
    claim = after.claims[1]
    assert foretold.claimable == claim.deficit_amount
    assert foretold.fund == claim.fund_tier
    paid = (foretold.payout, foretold.first_loss, foretold.premium, foretold.capital, foretold.uncovered, foretold.fee)
    assert paid == (
        claim.payout_amount,
        claim.first_loss_tier,
        claim.premium_tier,
        claim.capital_tier,
        claim.uncovered,
        claim.fee,
    )
    assert pool_figures(after.pool, world.epoch, world.parameters).share_price == foretold.after.share_price


def test_below_the_threshold_the_pool_pays_nothing_yet(lived: Lived) -> None:
    market = lived.market
    parameters = lived.story.world.parameters
    loss = loss_at(market, list(market.positions.values()), market.perp.price, lived.epoch, parameters)
    assert (loss.liquidated, loss.deficit, loss.claim, loss.payout) == (0, 0, False, 0)
    assert loss.after == loss.before == pool_figures(market.pool, lived.epoch, parameters)


def test_the_document_holds_the_recorded_crash_and_the_moves(lived: Lived, get: Any) -> None:
    body = get(f"pools/{lived.id}/scenarios", moves="-1500,2000")
    market, parameters = lived.market, lived.story.world.parameters
    assert [one["name"] for one in body["items"]] == ["crash_hour", "crash_day", "move_-1500", "move_2000"]
    assert [one["move_bps"] for one in body["items"]] == [*(fall.bps for fall in worst_falls()), -1_500, 2_000]
    ordered = [one for _, one in sorted(market.positions.items(), key=lambda pair: str(pair[0]))]
    for one in body["items"]:
        target = market.perp.price * (10_000 + one["move_bps"]) // 10_000
        loss = loss_at(market, ordered, target, lived.epoch, parameters)
        assert one["price"] == str(target)
        assert (one["deficit"], one["payout"], one["capital"]) == (
            str(loss.deficit),
            str(loss.payout),
            str(loss.capital),
        )
        assert one["share_price_after"] == str(loss.after.share_price)
        tiers = sum(int(one[tier]) for tier in ("first_loss", "premium", "capital"))
        assert int(one["payout"]) == tiers
        assert tiers == (int(one["claimable"]) - int(one["uncovered"]) if one["claim"] else 0)
    assert body["items"][0]["loss_bps"] > 0


def test_the_recorded_falls_are_in_the_recording() -> None:
    hour, day = worst_falls()
    candles = {
        one.time: one for one in read_candles(ROOT / "offchain/data/btc_usd_1h_2020-01-17_2020-04-09.csv").candles
    }
    worst = candles[hour.start]
    assert hour.bps == -((worst.open - worst.low) * 10_000 // worst.open)
    opening = candles[day.start].open
    lowest = min(candles[day.start + 3_600 * at].low for at in range(24))
    assert day.bps == -((opening - lowest) * 10_000 // opening)
    assert -10_000 < day.bps < hour.bps < -1_000


def test_moves_that_are_none_are_refused(lived: Lived, client: Any) -> None:
    for moves in ("-10000", "x", "1;2", "9999999", ",".join(["-100"] * 13)):
        assert client.get(f"/v1/pools/{lived.id}/scenarios", params={"moves": moves}).status_code == 400
