"""init_config, open_premium, open_escrow, set_terms: from nothing to a premium account with a clock."""

from solders.pubkey import Pubkey

from offchain.chain.events.generated.premium_manager import ConfigInitialized, EscrowOpened, PremiumOpened, TermsSet
from offchain.chain.generated.premium_manager.accounts import PremiumAccount, PremiumConfig
from offchain.chain.instructions import premium_manager
from offchain.chain.tokens import token_balance
from tests.programs.premium_manager.lab import Lab
from tests.support.keys import keypair
from tests.support.sent import Sent
from tests.support.world import World

MARKET = keypair("some market").pubkey()
TERMS = {"genesis": 1_600_000_000, "epoch_seconds": 900}


def init(world: World, payer: Pubkey) -> Sent:
    return world.send(premium_manager.init_config(payer, world.mint, world.guardian.key))


def opened(world: World, lab: Lab) -> Sent:
    return lab.send("open_premium", {"market_id": MARKET}, premium=world.at.market(MARKET).premium)


def test_config_names_keys_and_peers() -> None:
    world = World.bare()
    sent = init(world, world.admin.key)
    at = world.at
    config = world.read(PremiumConfig, at.premium_config)
    assert (config.admin, config.guardian, config.mint) == (world.admin.key, world.guardian.key, world.mint)
    assert (config.risk_program, config.risk_authority) == (at.risk_engine, at.risk_config)
    assert (config.pool_program, config.pool_authority) == (at.insurance_pool, at.pool_config)
    assert config.risk_fp == at.fingerprint("premium_manager", at.risk_engine)
    assert config.pool_fp == at.fingerprint("premium_manager", at.insurance_pool)
    assert (config.dev, config.pending_admin) == (True, Pubkey.default())
    event = sent.event(ConfigInitialized)
    assert (event.actor, event.guardian, event.mint) == (world.admin.key, world.guardian.key, world.mint)
    assert (event.dev, event.slot) == (True, sent.slot)


def test_config_refuses_strangers_and_a_second_time() -> None:
    world = World.bare()
    with world.expect_error("E_ADMIN"):
        init(world, world.creator.key)
    init(world, world.admin.key)
    world.advance(seconds=1)
    with world.expect_error("ACCOUNT_EXISTS"):
        init(world, world.admin.key)


def test_blank_holds_only_the_market_id(world: World, lab: Lab) -> None:
    sent = opened(world, lab)
    account = world.read(PremiumAccount, world.at.market(MARKET).premium)
    rest = {key: value for key, value in vars(account).items() if key not in ("market_id", "bump")}
    assert account.market_id == MARKET
    assert all(value in (0, False, Pubkey.default()) for value in rest.values())
    event = sent.event(PremiumOpened)
    assert (event.market_id, event.actor, event.slot) == (MARKET, world.keeper.key, sent.slot)


def test_escrow_belongs_to_the_config(world: World, lab: Lab) -> None:
    opened(world, lab)
    at = world.at.market(MARKET)
    sent = lab.send("open_escrow", premium=at.premium, escrow=at.escrow)
    held = token_balance(world.chain.account(at.escrow), at.escrow)
    assert (held.mint, held.owner, held.amount) == (world.mint, world.at.premium_config, 0)
    assert world.read(PremiumAccount, at.premium).escrow == at.escrow
    event = sent.event(EscrowOpened)
    assert (event.market_id, event.actor, event.escrow, event.slot) == (MARKET, world.keeper.key, at.escrow, sent.slot)


def test_escrow_refuses_another_mint(world: World, lab: Lab) -> None:
    opened(world, lab)
    at = world.at.market(MARKET)
    with world.expect_error("E_MINT"):
        lab.send("open_escrow", premium=at.premium, escrow=at.escrow, mint=world.other_mint())


def test_nothing_is_opened_twice(world: World, lab: Lab) -> None:
    with world.expect_error("ACCOUNT_EXISTS"):
        lab.send("open_premium", {"market_id": lab.market.id})
    with world.expect_error("ACCOUNT_EXISTS"):
        lab.send("open_escrow")


def test_terms_come_from_the_risk_engine_once(world: World, lab: Lab) -> None:
    opened(world, lab)
    premium, risk = world.at.market(MARKET).premium, lab.play("risk_authority").key
    with world.expect_error("E_AUTHORITY"):
        lab.send("set_terms", TERMS, premium=premium, risk=world.admin.key)
    event = lab.send("set_terms", TERMS, premium=premium, risk=risk).event(TermsSet)
    account = world.read(PremiumAccount, premium)
    assert (account.active, account.genesis, account.epoch_seconds) == (True, 1_600_000_000, 900)
    assert (account.has_rate, account.floor_epoch) == (False, 0)
    assert (event.market_id, event.genesis, event.epoch_seconds) == (MARKET, 1_600_000_000, 900)
    world.advance(seconds=1)
    with world.expect_error("E_STATE"):
        lab.send("set_terms", TERMS, premium=premium, risk=risk)


def test_compute_units(world: World, lab: Lab) -> None:
    # accounts are made once in a market's life; the terms arrive by CPI
    assert init(World.bare(), world.admin.key).units <= 50_000
    assert opened(world, lab).units <= 25_000
    at = world.at.market(MARKET)
    assert lab.send("open_escrow", premium=at.premium, escrow=at.escrow).units <= 45_000
    risk = lab.play("risk_authority").key
    assert lab.send("set_terms", TERMS, premium=at.premium, risk=risk).units <= 9_000
