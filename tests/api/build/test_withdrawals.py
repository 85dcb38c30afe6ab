"""Leaving the pool: request, cancellation and payment, each compared with the chain."""

from typing import Any

import pytest

from offchain.chain.generated.insurance_pool.accounts import InsurancePool, ProviderPosition
from offchain.chain.instructions import insurance_pool, risk_engine
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

USDC = 1_000_000


def _body(world: World, provider: User, entry: int) -> dict[str, Any]:
    return {"provider": provider.key, "market": world.market.id, "entry_epoch": entry}


def test_a_request_does_what_was_said(world: World, api: Builder, provider: User, entry: int) -> None:
    built = api.post("request-withdrawal", **_body(world, provider, entry), amount="1234567891")
    api.sign_and_send(built, provider)
    position, summary = world.market.position_of(provider, entry), built["summary"]
    assert position.request_value == 1_234_567_891 == int(summary["receives"]["value"])
    assert summary["early_fee_bps"] == position.request_fee_bps == 30
    (fee,) = [one for one in summary["fees"] if one["name"] == "early_exit"]
    assert int(fee["amount"]) == -(-1_234_567_891 * 30 // 10_000)
    assert int(summary["receives"]["amount"]) == 1_234_567_891 - int(fee["amount"])
    dates = summary["dates"]
    assert dates["notice_ends"]["epoch"] == position.request_epoch + position.notice_epochs
    assert dates["forced"]["epoch"] == dates["notice_ends"]["epoch"] + 1_344
    assert dates["lock_ends"]["epoch"] == position.unlock_epoch
    assert summary["pays"] == "0" and built["simulation"]["tokens"] == []


def test_everything_is_asked_for_by_default(world: World, api: Builder, provider: User, entry: int) -> None:
    built = api.post("request-withdrawal", **_body(world, provider, entry))
    api.sign_and_send(built, provider)
    assert world.market.position_of(provider, entry).requested_shares == 20_000 * USDC


def test_a_request_can_be_taken_back(world: World, api: Builder, provider: User, entry: int) -> None:
    world.market.request(provider, entry)
    pool = world.market.pool()
    world.edit(InsurancePool, world.market.m.pool, available_balance=pool.available_balance + 200 * USDC)
    world.set_balance(world.market.m.pool_vault, world.balance(world.market.m.pool_vault) + 200 * USDC)
    built = api.post("cancel-withdrawal", **_body(world, provider, entry))
    api.sign_and_send(built, provider)
    position = world.market.position_of(provider, entry)
    assert position.requested_shares == 0
    assert int(built["summary"]["receives"]["shares"]) == position.shares < 20_000 * USDC
    (fee,) = [one for one in built["summary"]["fees"] if one["name"] == "forgone"]
    assert int(fee["amount"]) == pool.available_balance + 200 * USDC - world.market.pool().available_balance


def _after_notice(world: World, provider: User, entry: int) -> None:
    world.market.request(provider, entry)
    world.go_to_epoch(entry + 96)
    world.crank_epoch(advance=False)


def test_a_payment_does_what_was_said(world: World, api: Builder, provider: User, entry: int) -> None:
    _after_notice(world, provider, entry)
    before = world.balance(provider)
    built = api.post("execute-withdrawal", **_body(world, provider, entry))
    api.sign_and_send(built, provider)
    summary = built["summary"]
    assert world.balance(provider) - before == 19_940 * USDC == int(summary["receives"]["amount"])
    assert int(summary["receives"]["amount_at_least"]) == 19_940 * USDC * 9_950 // 10_000
    (fee,) = [one for one in summary["fees"] if one["name"] == "early_exit"]
    assert int(fee["amount"]) == 60 * USDC
    (paid,) = [one for one in summary["transfers"] if one["unit"] == "atoms"]
    assert paid["destination_owner"] == str(provider.key)
    assert paid["destination_label"] == "your USDC account"


def test_a_missing_account_is_opened_for_the_payment(world: World, api: Builder, provider: User, entry: int) -> None:
    _after_notice(world, provider, entry)
    world.local.set_account(provider.token, None)
    built = api.post("execute-withdrawal", **_body(world, provider, entry))
    api.sign_and_send(built, provider)
    assert world.balance(provider) == 19_940 * USDC
    assert [one["what"] for one in built["summary"]["accounts_created"]] == ["USDC account"]
    assert int(built["summary"]["rent"]) > 0


def test_what_open_interest_needs_waits(world: World, api: Builder, provider: User, entry: int) -> None:
    market, keeper = world.market, world.keeper.key
    world.send(insurance_pool.report_reserve(keeper, market.id), risk_engine.sync_market(keeper, market.id, world.feed))
    market.open(market.trader("20000"), True, "20", "16000")
    market.request(provider, entry)
    world.go_to_epoch(entry + 96)
    world.crank_epoch(advance=False)
    world.crank_epoch()
    built = api.post("execute-withdrawal", **_body(world, provider, entry), slippage_bps=0)
    before = world.balance(provider)
    api.sign_and_send(built, provider)
    left = market.position_of(provider, entry).request_value
    assert left > 0
    assert "waits on" in [line["label"] for line in built["summary"]["words"]]
    assert world.balance(provider) - before == int(built["summary"]["receives"]["amount"])
    code, detail = api.refused("execute-withdrawal", **_body(world, provider, entry))
    assert code == "E_UTILIZATION" and "it is paid in any case" in detail


def test_anyone_pays_from_the_forced_date_on(world: World, api: Builder, provider: User, entry: int) -> None:
    world.market.request(provider, entry)
    passer_by = world.user(name="passer by")
    body = _body(world, provider, entry) | {"caller": passer_by.key}
    world.go_to_epoch(entry + 96 + 1343)
    code, detail = api.refused("execute-withdrawal", **body)
    assert code == "E_AUTHORITY" and "before 2020-03-25" in detail
    world.go_to_epoch(entry + 96 + 1344)
    before = world.balance(provider)
    built = api.post("execute-withdrawal", **body)
    api.sign_and_send(built, passer_by)
    assert built["fee_payer"] == str(passer_by.key)
    assert world.balance(provider) - before == 19_940 * USDC


def test_a_wiped_position_is_cleared_for_nothing(world: World, api: Builder, provider: User, entry: int) -> None:
    world.market.request(provider, entry)
    pool = world.market.pool()
    world.edit(InsurancePool, world.market.m.pool, generation=pool.generation + 1)
    code, detail = api.refused("request-withdrawal", **_body(world, provider, entry))
    assert code == "E_GENERATION" and "worth nothing" in detail
    built = api.post("execute-withdrawal", **_body(world, provider, entry))
    assert [one["code"] for one in built["summary"]["warnings"]] == ["WIPED"]
    api.sign_and_send(built, provider)
    assert world.market.position_of(provider, entry).requested_shares == 0


def test_refusals_before_any_simulation(world: World, api: Builder, provider: User, entry: int) -> None:
    body = _body(world, provider, entry)
    for route in ("cancel-withdrawal", "execute-withdrawal"):
        assert api.refused(route, **body)[0] == "E_REQUEST"
    assert api.refused("request-withdrawal", **body, amount="20000000001")[1].startswith("the position is worth 20,000")
    assert api.refused("request-withdrawal", **body, shares="20000000001")[0] == "E_AMOUNT"
    assert api.refused("request-withdrawal", **body, shares="5", amount="5")[0] == "E_AMOUNT"
    assert api.refused("request-withdrawal", 404, **body | {"entry_epoch": entry + 1})[0] == "not_found"
    world.market.request(provider, entry)
    assert api.refused("request-withdrawal", **body)[0] == "E_REQUEST"
    code, detail = api.refused("execute-withdrawal", **body)
    assert code == "E_NOTICE" and "2020-03-11" in detail
    world.go_to_epoch(entry + 96)
    code, detail = api.refused("execute-withdrawal", **body)
    assert code == "E_STALE" and "/v1/transactions/crank" in detail
    world.crank_epoch(advance=False)
    assert api.refused("execute-withdrawal", **body, min_amount="19940000001")[0] == "E_SLIPPAGE"


def test_an_emptied_position_has_nothing_to_withdraw(world: World, api: Builder, provider: User, entry: int) -> None:
    world.edit(ProviderPosition, world.market.m.provider_position(provider.key, entry), shares=0)
    code, detail = api.refused("request-withdrawal", **_body(world, provider, entry))
    assert code == "E_AMOUNT" and "nothing to withdraw" in detail


@pytest.mark.parametrize("route", ["request-withdrawal", "cancel-withdrawal", "execute-withdrawal"])
def test_unknown_markets_and_keys(world: World, api: Builder, provider: User, entry: int, route: str) -> None:
    body = _body(world, provider, entry)
    assert api.refused(route, 404, **body | {"market": provider.key})[0] == "not_found"
    assert api.refused(route, 400, **body | {"provider": "z" * 40})[0] == "invalid_key"
    assert api.refused(route, 400, **body | {"entry_epoch": -1})[0] == "invalid_parameter"
