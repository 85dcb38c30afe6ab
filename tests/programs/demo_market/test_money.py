"""fund_house, fund_insurance, withdraw_house, sweep_fees, cover_deficit, vest_profit, withdraw_profit."""

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.events.generated.demo_market import (
    DeficitCovered,
    FeesSwept,
    HouseChanged,
    InsuranceFunded,
    ProfitVested,
)
from tests.programs.bench.machine import EPOCH, START_EPOCH, USDC
from tests.programs.demo_market.lab import Lab, Player

HOUSE = 500_000 * USDC


@pytest.fixture
def winner(lab: Lab) -> Player:
    """A trader whose closed long has left profit to vest."""
    player = lab.player()
    win(lab, player, 1)
    return player


def win(lab: Lab, player: Player, nonce: int) -> None:
    """A long closed with some 900 USDC of profit."""
    lab.sync(20_000 * USDC)
    player.open(nonce=nonce)
    lab.wait(20)
    lab.sync(21_000 * USDC)
    player.close(nonce)


def cover(lab: Lab, net: int, uncovered: int, profit: int) -> DeficitCovered:
    """What the handler sends after a claim; the payout itself arrives in the vault first."""
    lab.donate(lab.at.vault, net)
    (event,) = lab.call("cover_deficit", {"net": net, "uncovered": uncovered, "profit": profit})
    assert isinstance(event, DeficitCovered)
    return event


@pytest.mark.parametrize("name", ["fund_house", "fund_insurance"])
def test_funding_credits_what_arrived(lab: Lab, name: str) -> None:
    payer = lab.wallet()
    source = lab.tokens(payer, 70)
    lab.rejects("E_AMOUNT", name, {"amount": 0}, payer=payer, source=source)
    lab.rejects("E_VAULT", name, {"amount": 1}, payer=payer, source=source, vault=lab.tokens(lab.market_id))
    (event,) = lab.call(name, {"amount": 70}, payer=payer, source=source)
    market = lab.market
    if isinstance(event, HouseChanged):
        assert (event.actor, event.deposited, event.withdrawn, event.house) == (payer, 70, 0, HOUSE + 70)
        assert (market.house, market.fund) == (HOUSE + 70, 0)
    else:
        assert isinstance(event, InsuranceFunded)
        assert (event.actor, event.amount, event.fund) == (payer, 70, 70)
        assert (market.house, market.fund) == (HOUSE, 70)
    lab.check_ledger()


def test_the_creator_withdraws_the_house_only_while_nobody_trades(lab: Lab) -> None:
    token = lab.tokens(lab.creator)
    own = {"creator": lab.creator, "destination": token}
    trader = lab.player()
    trader.open()
    lab.rejects("E_OPEN_INTEREST", "withdraw_house", {"amount": 1}, **own)
    trader.close()
    house = lab.market.house
    lab.rejects("E_AMOUNT", "withdraw_house", {"amount": 0}, **own)
    lab.rejects("E_AMOUNT", "withdraw_house", {"amount": house + 1}, **own)
    lab.rejects("E_VAULT", "withdraw_house", {"amount": 1}, **own, vault=lab.tokens(lab.market_id, 10))
    lab.rejects("E_AUTHORITY", "withdraw_house", {"amount": 1}, creator=trader.key, destination=trader.token)
    (event,) = lab.call("withdraw_house", {"amount": house}, **own)
    assert (event.withdrawn, event.house, lab.market.house, lab.balance(token)) == (house, 0, 0, house)
    lab.check_ledger()


def test_fees_are_swept_to_the_house_only_after_the_premium(lab: Lab) -> None:
    trader = lab.player()
    trader.open()
    lab.rejects("E_STATE", "sweep_fees", caller=trader.key)


def test_a_donation_to_the_fee_vault_is_swept_to_the_house(lab: Lab) -> None:
    lab.donate(lab.at.fee_vault, 33)
    caller = lab.wallet()
    lab.rejects("E_VAULT", "sweep_fees", caller=caller, vault=lab.tokens(lab.market_id))
    lab.rejects("E_VAULT", "sweep_fees", caller=caller, fee_vault=lab.tokens(lab.market_id, 5))
    (event,) = lab.call("sweep_fees", caller=caller)
    assert isinstance(event, FeesSwept)
    assert (event.amount, event.house) == (33, HOUSE + 33)
    assert (lab.balance(lab.at.fee_vault), lab.market.house) == (0, HOUSE + 33)
    lab.check_ledger()


def test_a_cover_goes_to_the_house(lab: Lab) -> None:
    event = cover(lab, 1_000, 0, 0)
    assert (event.net, event.from_profit, event.house_before, event.house) == (1_000, 0, HOUSE, HOUSE + 1_000)
    assert lab.market.bad_debt == 0
    lab.check_ledger()


def test_what_the_pool_left_uncovered_falls_on_unvested_profit_then_on_the_house(lab: Lab, winner: Player) -> None:
    unvested = lab.market.unvested_units
    house = lab.market.house
    event = cover(lab, 50, 90 * USDC, unvested)
    assert (event.from_profit, event.bad_debt) == (90 * USDC, 0)
    assert lab.market.profit_index == 10**9 * (unvested - 90 * USDC) // unvested
    assert lab.market.house == house + 50 + 90 * USDC
    lab.check_ledger()


def test_profit_realised_after_the_report_is_spared(lab: Lab, winner: Player) -> None:
    event = cover(lab, 0, 90 * USDC, 40 * USDC)
    assert (event.from_profit, event.bad_debt) == (40 * USDC, 50 * USDC)
    lab.check_ledger()


def test_a_loss_of_all_profit_ends_the_generation(lab: Lab, winner: Player) -> None:
    value = lab.market.unvested_units
    house = lab.market.house
    cover(lab, 0, value - 1, value)
    market = lab.market
    # One atom of 900 USDC is left: less than a ten-thousandth, it joins the house.
    assert (market.unvested_units, market.profit_index, market.profit_generation) == (0, 10**9, 1)
    assert house + value - 1 <= market.house <= house + value
    lab.wait(EPOCH * 200)
    lab.rejects("E_AMOUNT", "withdraw_profit", owner=winner.key, trader=winner.trader, destination=winner.token)
    lab.call("vest_profit", caller=lab.payer, trader=winner.trader)
    assert (lab.trader(winner.key).units, lab.trader(winner.key).generation) == (0, 1)
    win(lab, winner, 2)
    assert lab.trader(winner.key).units == lab.market.unvested_units > 0
    lab.check_ledger()


@pytest.mark.parametrize(("index", "ends"), [(100_000, False), (99_995, True)])
def test_a_generation_ends_below_a_ten_thousandth(lab: Lab, winner: Player, index: int, ends: bool) -> None:
    value = lab.market.unvested_units
    left = -(-value * index // 10**9)
    assert 10**9 * left // value in range(index, index + 5)
    cover(lab, 0, value - left, value)
    assert lab.market.profit_generation == (1 if ends else 0)
    assert lab.market.unvested_units == (0 if ends else value)


def test_cover_is_the_handlers_alone(lab: Lab) -> None:
    args = {"net": 1, "uncovered": 0, "profit": 0}
    for stranger in (LOCALNET.handler_config, lab.at.config, LOCALNET.market(lab.another_market()).registry):
        lab.rejects("E_AUTHORITY", "cover_deficit", args, handler=stranger)


def test_profit_vests_linearly_over_a_day(lab: Lab, winner: Player) -> None:
    units = lab.trader(winner.key).units
    lab.to_time(lab.now - 20 + 24 * EPOCH)
    (event,) = lab.call("vest_profit", caller=lab.payer, trader=winner.trader)
    trader = lab.trader(winner.key)
    assert trader.claimable == units * 24 // 96
    assert trader.units == units - units * 24 // 96 == lab.market.unvested_units
    assert (trader.vest_epoch, trader.vest_end) == (START_EPOCH + 24, START_EPOCH + 96)
    assert isinstance(event, ProfitVested)
    assert (event.withdrawn, event.claimable, event.market_units) == (0, trader.claimable, trader.units)
    lab.to_time(lab.now + 36 * EPOCH)
    lab.call("vest_profit", caller=lab.payer, trader=winner.trader)
    left = units - units * 24 // 96
    assert lab.trader(winner.key).claimable == units * 24 // 96 + left * 36 // 72
    lab.check_ledger()


def test_vesting_twice_in_an_epoch_gains_nothing(lab: Lab, winner: Player) -> None:
    lab.wait(10 * EPOCH)
    lab.call("vest_profit", caller=lab.payer, trader=winner.trader)
    once = lab.trader(winner.key)
    lab.call("vest_profit", caller=lab.payer, trader=winner.trader)
    assert lab.trader(winner.key) == once


def test_new_profit_moves_the_end_to_the_weighted_mean(lab: Lab, winner: Player) -> None:
    lab.wait(48 * EPOCH)
    first = lab.trader(winner.key).units
    left = first - first * 48 // 96
    win(lab, winner, 2)
    trader = lab.trader(winner.key)
    new = trader.units - left
    old_end, new_end = START_EPOCH + 96, START_EPOCH + 48 + 96
    assert trader.vest_end == -(-(left * old_end + new * new_end) // (left + new))
    assert trader.claimable == first * 48 // 96
    lab.check_ledger()


def test_the_trader_withdraws_what_has_vested(lab: Lab, winner: Player) -> None:
    own = {"owner": winner.key, "trader": winner.trader, "destination": winner.token}
    lab.rejects("E_AMOUNT", "withdraw_profit", **own)
    units, before = lab.trader(winner.key).units, lab.balance(winner.token)
    lab.wait(96 * EPOCH)
    stranger = lab.wallet()
    lab.rejects("E_RELATION", "withdraw_profit", **(own | {"owner": stranger}))
    lab.rejects("E_VAULT", "withdraw_profit", **own, vault=lab.tokens(lab.market_id, 10**12))
    (event,) = lab.call("withdraw_profit", **own)
    assert event.withdrawn == units == lab.balance(winner.token) - before
    assert (lab.market.claimable, lab.market.unvested_units, lab.trader(winner.key).claimable) == (0, 0, 0)
    lab.check_ledger()


def test_vesting_needs_a_trader_account_of_this_market(lab: Lab, winner: Player) -> None:
    lab.rejects("E_RELATION", "vest_profit", caller=lab.payer, trader=winner.trader, market=lab.another_market())
    lab.rejects(
        "E_RELATION",
        "withdraw_profit",
        owner=winner.key,
        trader=winner.trader,
        destination=winner.token,
        market=lab.another_market(),
    )
