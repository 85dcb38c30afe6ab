"""Quotes against what the chain then does."""

import pytest

from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.instructions import insurance_pool, risk_engine
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

USDC = 1_000_000


def test_a_deposit_quote_is_what_the_deposit_gives(world: World, api: Builder, provider: User, entry: int) -> None:
    pool = world.market.pool()
    world.edit(InsurancePool, world.market.m.pool, available_balance=pool.available_balance + 77_777_777)
    world.set_balance(world.market.m.pool_vault, world.balance(world.market.m.pool_vault) + 77_777_777)
    quote = api.get("quotes/deposit", market=world.market.id, amount=1_234_567_890)
    newcomer = world.user(usdc="2000")
    world.market.deposit(newcomer, "1234.567890")
    position, after = world.market.position_of(newcomer, world.epoch), world.market.pool()
    assert quote["shares"] == str(position.shares)
    assert quote["value"] == str(position.shares * (after.available_balance + USDC) // (after.total_shares + USDC))
    assert quote["share_of_pool_bps"] == position.shares * 10_000 // after.total_shares
    assert quote["dates"]["lock_ends"]["epoch"] == position.unlock_epoch
    assert quote["dates"]["exit"]["epoch"] == position.unlock_epoch + position.notice_epochs
    assert quote["early_fee_bps"] == 30 and quote["early_fee_last_bps"] == 11
    world.market.request(newcomer, world.epoch)
    assert world.market.position_of(newcomer, world.epoch).request_fee_bps == 30


def test_leaving_now_against_waiting(world: World, api: Builder, provider: User, entry: int) -> None:
    world.go_to_epoch(entry + 672)
    world.crank_epoch(advance=False)
    body = {"market": world.market.id, "provider": provider.key, "entry_epoch": entry}
    quote = api.get("quotes/withdrawal", **body, amount=5_000 * USDC)
    now, waiting = quote["now"], quote["waiting"]
    assert now["early_fee_bps"] == 20 and now["early_fee"] == str(10 * USDC) == quote["saved_by_waiting"]
    assert now["amount"] == str(4_990 * USDC)
    assert (waiting["early_fee_bps"], waiting["amount"]) == (0, str(5_000 * USDC))
    assert waiting["requested"]["epoch"] == entry + 1_344 == quote["lock_ends"]["epoch"]
    world.market.request(provider, entry, int(now["shares"]))
    position = world.market.position_of(provider, entry)
    assert (position.request_value, position.request_fee_bps) == (int(now["value"]), now["early_fee_bps"])
    assert position.request_epoch + position.notice_epochs == now["payable"]["epoch"]


def test_after_the_lock_there_is_nothing_to_wait_for(world: World, api: Builder, provider: User, entry: int) -> None:
    world.go_to_epoch(entry + 1_344)
    quote = api.get("quotes/withdrawal", market=world.market.id, provider=provider.key, entry_epoch=entry)
    assert quote["now"]["early_fee"] == "0" and quote["waiting"] is None and quote["saved_by_waiting"] == "0"
    assert quote["now"]["shares"] == quote["shares"]


def test_an_open_request_says_what_it_waits_for(world: World, api: Builder, provider: User, entry: int) -> None:
    body = {"market": world.market.id, "provider": provider.key, "entry_epoch": entry}
    world.market.request(provider, entry)
    quote = api.get("quotes/withdrawal", **body)
    assert quote["now"] is None and quote["request"]["blocked"] == "E_NOTICE"
    assert quote["request"]["pays_now"] == "0"
    world.go_to_epoch(entry + 96)
    assert api.get("quotes/withdrawal", **body)["request"]["blocked"] == "E_STALE"
    world.crank_epoch(advance=False)
    quote = api.get("quotes/withdrawal", **body)["request"]
    assert quote["blocked"] is None
    before = world.balance(provider)
    world.market.withdraw(provider, entry)
    assert world.balance(provider) - before == int(quote["pays_now"]) == 19_940 * USDC
    assert int(quote["fee_now"]) == 60 * USDC


def test_a_part_payment_is_foreseen_to_the_atom(world: World, api: Builder, provider: User, entry: int) -> None:
    market, keeper = world.market, world.keeper.key
    world.send(insurance_pool.report_reserve(keeper, market.id), risk_engine.sync_market(keeper, market.id, world.feed))
    market.open(market.trader("20000"), True, "20", "16000")
    market.request(provider, entry)
    world.go_to_epoch(entry + 96)
    world.crank_epoch(advance=False)
    world.crank_epoch()
    body = {"market": market.id, "provider": provider.key, "entry_epoch": entry}
    quote = api.get("quotes/withdrawal", **body)
    assert int(quote["request"]["waits"]) > 0
    before = world.balance(provider)
    market.withdraw(provider, entry)
    assert world.balance(provider) - before == int(quote["request"]["pays_now"])
    assert api.get("quotes/withdrawal", **body)["request"]["blocked"] == "E_UTILIZATION"


def test_a_wiped_position_is_worth_nothing(world: World, api: Builder, provider: User, entry: int) -> None:
    world.market.request(provider, entry)
    world.edit(InsurancePool, world.market.m.pool, generation=world.market.pool().generation + 1)
    quote = api.get("quotes/withdrawal", market=world.market.id, provider=provider.key, entry_epoch=entry)
    assert quote["value"] == "0" and quote["now"] is None and quote["request"]["blocked"] == "E_GENERATION"


@pytest.mark.parametrize(
    ("amount", "status", "code"),
    [("9999999", 422, "E_MIN_DEPOSIT"), ("0", 422, "E_AMOUNT"), ("ten", 400, "invalid_parameter")],
)
def test_wrong_amounts(world: World, api: Builder, amount: str, status: int, code: str) -> None:
    assert api.get_refused("quotes/deposit", status, market=world.market.id, amount=amount)[0] == code


def test_unknown_positions(world: World, api: Builder, provider: User, entry: int) -> None:
    body = {"market": world.market.id, "provider": provider.key}
    assert api.get_refused("quotes/withdrawal", 404, **body, entry_epoch=entry + 1)[0] == "not_found"
    assert api.get_refused("quotes/withdrawal", **body, entry_epoch=entry, shares=20_000_000_001)[0] == "E_AMOUNT"
