"""Whoever pays too little or in another coin hears it from our programs, in every instruction that takes money."""

from collections.abc import Callable

import pytest
from solders.instruction import Instruction
from solders.pubkey import Pubkey

from offchain.chain.generated.premium_manager.accounts import PremiumAccount
from offchain.chain.instructions import demo_market, insurance_pool, premium_manager
from tests.support.market import Market
from tests.support.world import User, World

ASKED = 50_000_000
"""50 USDC, above the minimum of a deposit and of a margin."""

Pay = Callable[[World, Market, User, Pubkey], Instruction]


def deposit(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    return insurance_pool.deposit(who.key, market.id, source, ASKED, 0, world.epoch)


def top_up(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    world.send(insurance_pool.deposit(who.key, market.id, who.token, ASKED, 0, world.epoch))
    return insurance_pool.top_up(who.key, market.id, source, ASKED, 0, world.epoch)


def fund_first_loss(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    return insurance_pool.fund_first_loss(who.key, market.id, source, ASKED)


def fund_house(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    return demo_market.fund_house(who.key, market.id, source, ASKED)


def fund_insurance(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    return demo_market.fund_insurance(who.key, market.id, source, ASKED)


def open_position(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    market.cover("100000")
    world.send(demo_market.open_trader(who.key, market.id))
    world.advance(epochs=1)
    world.push_price()
    market.crank()
    return demo_market.open_position(who.key, market.id, 1, source, True, 5_000, ASKED, 2**64 - 1)


def add_margin(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    world.send(open_position(world, market, who, who.token))
    return demo_market.add_margin(who.key, market.id, 1, source, ASKED)


def pay_arrears(world: World, market: Market, who: User, source: Pubkey) -> Instruction:
    world.edit(PremiumAccount, market.m.premium, balance=-ASKED, negative=True, negative_since=world.epoch)
    return premium_manager.pay_arrears(who.key, market.id, source, ASKED)


ALL: list[Pay] = [
    deposit,
    top_up,
    fund_first_loss,
    fund_house,
    fund_insurance,
    open_position,
    add_margin,
    pay_arrears,
]


@pytest.mark.parametrize("pay", ALL, ids=lambda pay: pay.__name__)
def test_refuses_more_than_there_is_and_another_mint(world: World, market: Market, pay: Pay) -> None:
    who = market.creator
    poor = world.token_account(who.key, usdc="49.999999")
    foreign = world.token_account(who.key, world.other_mint(), usdc="1000")
    lacking = pay(world, market, who, poor)
    with world.expect_error("E_BALANCE"):
        world.send(lacking)
    accounts = [foreign if meta.pubkey == poor else meta.pubkey for meta in lacking.accounts]
    metas = [
        type(meta)(key, meta.is_signer, meta.is_writable) for key, meta in zip(accounts, lacking.accounts, strict=True)
    ]
    with world.expect_error("E_MINT"):
        world.send(Instruction(lacking.program_id, lacking.data, metas))
