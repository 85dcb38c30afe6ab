"""Deposits: what is said before signing is what the chain does, to the atom; and every refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from solders.keypair import Keypair

from offchain.chain.accounts import decode
from offchain.chain.generated.insurance_pool.accounts import InsurancePool, PoolConfig
from offchain.chain.instructions import insurance_pool
from offchain.plain_words.risks import LOSS_WARNING
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

USDC = 1_000_000


def test_a_deposit_does_what_was_said(world: World, api: Builder, provider: User) -> None:
    market = world.market
    built = api.post("deposit", provider=provider.key, market=market.id, amount="20000000001")
    api.sign_and_send(built, provider)
    summary, position = built["summary"], market.position_of(provider, world.epoch)
    assert world.balance(provider) == 50_000 * USDC - 20_000_000_001
    assert summary["pays"] == "20000000001" == str(position.deposited_amount)
    assert summary["receives"]["shares"] == str(position.shares)
    assert summary["receives"]["shares_at_least"] == str(position.shares * 9_950 // 10_000)
    assert summary["receives"]["value"] == str(20_000_000_001)
    assert summary["dates"]["lock_ends"]["epoch"] == position.unlock_epoch
    assert summary["dates"]["lock_ends"]["time"] == world.schedule.start(position.unlock_epoch)
    assert summary["dates"]["notice_ends"]["epoch"] == world.epoch + position.notice_epochs
    assert summary["dates"]["exit"]["epoch"] == position.unlock_epoch + position.notice_epochs
    assert summary["loss_warning"] == LOSS_WARNING
    assert summary["signers"] == [str(provider.key)] == [built["fee_payer"]]
    assert built["lifetime"]["epoch_ends"] == world.schedule.start(world.epoch + 1)


def test_the_wallet_can_check_recipient_and_amount_in_the_bytes(world: World, api: Builder, provider: User) -> None:
    built = api.post("deposit", provider=provider.key, market=world.market.id, amount="20000000")
    (step,) = [one for one in built["summary"]["instructions"] if one["program"] == "insurance_pool"]
    assert step["name"] == "deposit"
    assert {one["name"]: one["value"] for one in step["arguments"]} == {
        "amount": "20000000",
        "min_shares": "19900000",
        "entry_epoch": str(world.epoch),
    }
    accounts = {one["name"]: one["address"] for one in step["accounts"]}
    assert accounts["vault"] == str(world.market.m.pool_vault)
    assert accounts["source"] == str(provider.token)
    (paid,) = [one for one in built["summary"]["transfers"] if one["unit"] == "atoms"]
    assert (paid["source_owner"], paid["destination_owner"]) == (str(provider.key), str(world.market.m.pool))
    assert paid["mint"] == str(world.mint)


def test_a_market_has_a_name_too(world: World, api: Builder, provider: User) -> None:
    code, detail = api.refused("deposit", 404, provider=provider.key, market="btc-perp", amount="10000000")
    assert code == "not_found" and "there is no pool of a market" in detail  # named, but not on this chain


def test_a_second_deposit_of_an_epoch_joins_the_first(world: World, api: Builder, provider: User, entry: int) -> None:
    built = api.post("deposit", provider=provider.key, market=world.market.id, amount="10000000")
    api.sign_and_send(built, provider)
    assert built["summary"]["accounts_created"] == [] and built["summary"]["rent"] == "0"
    assert world.market.position_of(provider, entry).deposited_amount == 20_010 * USDC


def test_shares_follow_the_price_of_a_pool_that_has_earned(
    world: World, api: Builder, provider: User, entry: int
) -> None:
    pool = world.market.pool()
    world.edit(InsurancePool, world.market.m.pool, available_balance=pool.available_balance + 1_234_567_891)
    world.set_balance(world.market.m.pool_vault, world.balance(world.market.m.pool_vault) + 1_234_567_891)
    newcomer = world.user(usdc="1000")
    built = api.post("deposit", provider=newcomer.key, market=world.market.id, amount="999999999")
    api.sign_and_send(built, newcomer)
    position = world.market.position_of(newcomer, world.epoch)
    assert built["summary"]["receives"]["shares"] == str(position.shares)
    assert position.shares == 999_999_999 * (20_000 * USDC + USDC) // (21_234_567_891 + USDC)
    after = world.market.pool()
    worth = position.shares * (after.available_balance + USDC) // (after.total_shares + USDC)
    assert built["summary"]["receives"]["value"] == str(worth)


def test_a_limit_in_shares_is_taken_exactly(world: World, api: Builder, provider: User) -> None:
    body = {"provider": provider.key, "market": world.market.id, "amount": "10000000"}
    built = api.post("deposit", **body, min_shares="10000000")
    assert built["summary"]["receives"]["shares_at_least"] == "10000000"
    code, detail = api.refused("deposit", **body, min_shares="10000001")
    assert code == "E_SLIPPAGE" and "loosen it" in detail


def test_a_priority_fee_is_part_of_the_network_fee(world: World, api: Builder, provider: User) -> None:
    body = {"provider": provider.key, "market": world.market.id, "amount": "10000000"}
    built = api.post("deposit", **body, priority=1_000_000)
    landing = api.sign_and_send(built, provider)
    assert landing.fee > 5_000
    (fee,) = [one for one in built["summary"]["fees"] if one["name"] == "network"]
    assert fee["amount"] == str(landing.fee)


@pytest.mark.parametrize(
    ("changes", "status", "code", "words"),
    [
        ({"provider": "not-a-key-at-all-but-long-enough-0OIl"}, 400, "invalid_key", "provider is no public key"),
        ({"market": "1" * 44}, 404, "not_found", "is no market: give a name or a market_id"),
        ({"market": "11111111111111111111111111111111"}, 404, "not_found", "there is no pool"),
        ({"amount": "9999999"}, 422, "E_MIN_DEPOSIT", "deposit at least 10.000000 USDC"),
        ({"amount": "0"}, 422, "E_AMOUNT", "above zero"),
        ({"amount": "50000000001"}, 422, "E_BALANCE", "holds 50,000.000000 USDC, less than"),
        ({"amount": "18446744073709551616"}, 422, "E_AMOUNT", "at most 18446744073709551615"),
        ({"amount": "18446744073709551615"}, 422, "E_BALANCE", "less than"),
        ({"amount": "-5"}, 400, "invalid_parameter", "amount"),
        ({"amount": "1.5"}, 400, "invalid_parameter", "amount"),
        ({"amount": 10_000_000}, 400, "invalid_parameter", "amount"),
        ({"slippage_bps": 10_001}, 400, "invalid_parameter", "slippage_bps"),
        ({"priority": -1}, 400, "invalid_parameter", "priority"),
        ({"amuont": "5"}, 400, "invalid_parameter", "amuont"),
    ],
)
def test_wrong_input_is_refused_with_advice(
    world: World, api: Builder, provider: User, changes: dict[str, Any], status: int, code: str, words: str
) -> None:
    body = {"provider": provider.key, "market": world.market.id, "amount": "10000000"} | changes
    found, detail = api.refused("deposit", status, **body)
    assert found == code and words in detail


def test_somebody_without_usdc_or_sol(world: World, api: Builder) -> None:
    stranger = Keypair().pubkey()
    body = {"market": world.market.id, "amount": "10000000"}
    code, detail = api.refused("deposit", provider=stranger, **body)
    assert code == "LAMPORTS" and "fund it" in detail
    world.local.airdrop(stranger, 10**9)
    code, detail = api.refused("deposit", provider=stranger, **body)
    assert code == "E_BALANCE" and "has no account for USDC" in detail


def _stop(world: World) -> None:
    world.send(insurance_pool.stop_deposits(world.guardian.key))


def _end(world: World) -> None:
    world.edit(InsurancePool, world.market.m.pool, active=False)


def _owe(world: World) -> None:
    world.edit(InsurancePool, world.market.m.pool, unsettled=500 * USDC)


@pytest.mark.parametrize(
    ("happened", "code", "words"),
    [
        (_stop, "E_PAUSED", "the stop ends by itself 2020-03-13"),
        (_end, "E_STATE", "/checklist"),
        (_owe, "PENDING_DEFICIT", "would be worth 9.75"),
    ],
)
def test_a_pool_that_takes_no_deposits_says_why(
    world: World, api: Builder, provider: User, entry: int, happened: Callable[[World], None], code: str, words: str
) -> None:
    happened(world)
    found, detail = api.refused("deposit", provider=provider.key, market=world.market.id, amount="10000000")
    assert found == code and words in detail


def test_a_known_deficit_can_be_accepted_with_open_eyes(world: World, api: Builder, provider: User, entry: int) -> None:
    _owe(world)
    built = api.post(
        "deposit", provider=provider.key, market=world.market.id, amount="10000000", accept_pending_deficit=True
    )
    api.sign_and_send(built, provider)
    assert [one["code"] for one in built["summary"]["warnings"]] == ["PENDING_DEFICIT"]
    pool, position = world.market.pool(), world.market.position_of(provider, entry)
    minted = position.shares - 20_000 * USDC
    priced = pool.available_balance - 500 * USDC
    assert built["summary"]["receives"]["value"] == str(minted * (priced + USDC) // (pool.total_shares + USDC))


def test_usdc_that_the_issuer_froze(world: World, api: Builder, provider: User) -> None:
    account = world.chain.account(provider.token)
    assert account is not None
    frozen = bytearray(account.data)
    frozen[108] = 2
    world.local.set_account(provider.token, type(account)(account.lamports, bytes(frozen), account.owner))
    code, detail = api.refused("deposit", provider=provider.key, market=world.market.id, amount="10000000")
    assert code == "TOKEN_FROZEN" and "frozen by the mint's issuer" in detail


def test_the_stop_is_read_from_the_chain(world: World) -> None:
    _stop(world)
    account = world.chain.account(world.at.pool_config)
    assert account is not None
    assert decode(PoolConfig, account.data).paused_until == world.now + 259_200
