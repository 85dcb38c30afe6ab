"""init_config, create_market, open_vault, open_fee_vault, open_trader."""

import pytest

from offchain.chain.addresses import LOCALNET
from offchain.chain.errors import ProgramError
from offchain.chain.events.generated.demo_market import DemoConfigSet, MarketCreated, TraderOpened, VaultOpened
from offchain.chain.generated.demo_market.accounts import DemoConfig
from tests.programs.bench.machine import USDC
from tests.programs.demo_market.lab import DEPTH, Lab

TERMS = {"index": 2, "depth": DEPTH, "trading_fee_bps": 10, "maintenance_bps": 250, "liquidation_fee_bps": 50}


def test_init_config_derives_the_peers_from_their_program_ids(lab: Lab) -> None:
    config = lab.read(DemoConfig, LOCALNET.demo_market, LOCALNET.demo_config)
    assert (config.admin, config.mint) == (lab.admin, lab.mint)
    assert config.risk_program == LOCALNET.risk_engine
    assert config.handler_program == LOCALNET.insolvency_handler
    assert config.pool_program == LOCALNET.insurance_pool
    assert config.risk_fp == LOCALNET.fingerprint("demo_market", LOCALNET.risk_engine)
    assert config.premium_fp == LOCALNET.fingerprint("demo_market", LOCALNET.premium_manager)
    assert config.handler_fp == LOCALNET.fingerprint("demo_market", LOCALNET.insolvency_handler)


def test_init_config_reports_what_it_wired() -> None:
    lab = Lab(configured=False)
    (event,) = lab.init_config()
    assert isinstance(event, DemoConfigSet)
    assert (event.actor, event.mint) == (lab.admin, lab.mint)
    wired = (event.risk_program, event.handler_program, event.pool_program)
    assert wired == (LOCALNET.risk_engine, LOCALNET.insolvency_handler, LOCALNET.insurance_pool)


def test_init_config_takes_only_the_compiled_in_admin() -> None:
    lab = Lab(configured=False)
    with pytest.raises(ProgramError) as refusal:
        lab.init_config(payer=lab.wallet())
    assert refusal.value.code == "E_ADMIN"
    assert lab.store.get(LOCALNET.demo_config) is None


def test_init_config_happens_once(lab: Lab) -> None:
    with pytest.raises(ProgramError):
        lab.init_config()


def test_create_market_copies_terms_and_peers(lab: Lab) -> None:
    market = LOCALNET.market_id(lab.creator, 2)
    (event,) = lab.call("create_market", TERMS, creator=lab.creator, market=market)
    made = lab.read_market(market)
    assert isinstance(event, MarketCreated)
    assert (event.market_id, event.actor, event.index, event.depth) == (market, lab.creator, 2, DEPTH)
    assert (made.market_id, made.creator, made.index, made.mint) == (market, lab.creator, 2, lab.mint)
    assert (made.trading_fee_bps, made.maintenance_bps, made.liquidation_fee_bps) == (10, 250, 50)
    own = LOCALNET.market(market)
    assert (made.risk_authority, made.handler_authority, made.pool_authority) == (
        own.config,
        own.registry,
        own.resolver,
    )
    assert (made.profit_index, made.synced, made.registered) == (10**9, False, False)


@pytest.mark.parametrize(
    "wrong",
    [
        {"depth": 0},
        {"depth": 10**15 + 1},
        {"trading_fee_bps": 0},
        {"trading_fee_bps": 101},
        {"maintenance_bps": 49},
        {"maintenance_bps": 1001},
        {"liquidation_fee_bps": 201},
    ],
)
def test_create_market_refuses_terms_out_of_bounds(lab: Lab, wrong: dict[str, int]) -> None:
    market = LOCALNET.market_id(lab.creator, 2)
    lab.rejects("E_BOUNDS", "create_market", TERMS | wrong, creator=lab.creator, market=market)


@pytest.mark.parametrize(
    "edge",
    [
        {"depth": 1, "trading_fee_bps": 1, "maintenance_bps": 50, "liquidation_fee_bps": 0},
        {"depth": 10**15, "trading_fee_bps": 100, "maintenance_bps": 1000, "liquidation_fee_bps": 200},
    ],
)
def test_create_market_takes_the_bounds_themselves(lab: Lab, edge: dict[str, int]) -> None:
    market = LOCALNET.market_id(lab.creator, 2)
    lab.call("create_market", TERMS | edge, creator=lab.creator, market=market)
    assert lab.read_market(market).depth == edge["depth"]


@pytest.mark.parametrize("name", ["open_vault", "open_fee_vault"])
def test_a_vault_is_the_markets_own_and_of_its_mint(lab: Lab, name: str) -> None:
    market = LOCALNET.market_id(lab.creator, 2)
    lab.call("create_market", TERMS, creator=lab.creator, market=market)
    at = LOCALNET.market(market)
    role, address = ("vault", at.vault) if name == "open_vault" else ("fee_vault", at.fee_vault)
    accounts = {"payer": lab.wallet(), "market": market, role: address}
    lab.rejects("E_MINT", name, mint=lab.new_mint(), **accounts)
    (event,) = lab.call(name, **accounts)
    assert isinstance(event, VaultOpened)
    assert (event.market_id, event.vault, event.fees) == (market, address, role == "fee_vault")
    assert getattr(lab.read_market(market), role) == address
    assert lab.token_owner(address) == market
    with pytest.raises(ProgramError):
        lab.call(name, **accounts)


def test_open_trader_binds_owner_and_market(lab: Lab) -> None:
    owner = lab.wallet()
    (event,) = lab.call("open_trader", owner=owner, trader=lab.at.trader(owner))
    trader = lab.trader(owner)
    assert (trader.owner, trader.market) == (owner, lab.market_id)
    assert (trader.units, trader.claimable) == (0, 0)
    assert isinstance(event, TraderOpened)
    assert (event.actor, event.trader) == (owner, lab.at.trader(owner))


def test_the_house_of_the_lab_is_in_the_vault(lab: Lab) -> None:
    assert lab.market.house == lab.balance(lab.at.vault) == 500_000 * USDC
