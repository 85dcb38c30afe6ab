"""activate_market: registration, proven by the signature of the market's own program."""

from typing import Any

import pytest

from offchain.chain.events.generated.risk_engine import MarketActivated
from offchain.chain.generated.risk_engine.accounts import MarketConfig
from tests.programs.risk_engine.blank import INDEX, blank_lab, register
from tests.programs.risk_engine.lab import Lab
from tests.support.world import World

TERMS = {
    "index": INDEX,
    "max_leverage": 500_000,
    "insolvency_threshold": 5_000_000,
    "lock_epochs": 700,
    "notice_epochs": 50,
    "performance_fee_bps": 700,
}
CHOSEN = {key: value for key, value in TERMS.items() if key != "index"}


@pytest.fixture
def blank(world: World) -> Lab:
    """A market that could be registered."""
    return blank_lab(world)


def test_stores_terms_engine_and_clock(world: World, blank: Lab) -> None:
    event = register(blank, **CHOSEN).event(MarketActivated)
    stored, m, at = blank.market.config(), blank.market.m, world.at
    assert {key: getattr(stored, key) for key in TERMS} == TERMS
    assert (stored.market_id, stored.creator, stored.market_vault) == (blank.market.id, world.creator.key, m.vault)
    assert (stored.oracle_feed, stored.engine) == (world.feed, at.demo_market)
    assert stored.engine_fp == at.fingerprint("risk_engine", at.demo_market)
    assert (stored.status, stored.active, stored.terms_pushed) == (1, False, 0)
    assert (stored.grade, stored.min_reserve_ratio) == (2, 700)
    assert (stored.genesis, stored.epoch_seconds) == (world.schedule.genesis, world.schedule.epoch_seconds)
    told = {key: getattr(event, key) for key in TERMS}
    assert told == TERMS
    assert (event.market_id, event.creator, event.engine) == (blank.market.id, world.creator.key, at.demo_market)
    assert (event.oracle_feed, event.market_vault, event.before, event.after) == (world.feed, m.vault, 0, 1)
    assert (event.grade, event.min_reserve_ratio) == (2, 700)


BOUNDS = {
    "max_leverage": (10_000, 1_000_000),
    "insolvency_threshold": (1_000_000, 100_000_000_000),
    "lock_epochs": (1, 2880),
    "notice_epochs": (4, 672),
    "performance_fee_bps": (500, 1000),
}


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("end", [0, 1])
def test_takes_each_bound(blank: Lab, name: str, end: int) -> None:
    register(blank, **{name: BOUNDS[name][end]})
    assert getattr(blank.market.config(), name) == BOUNDS[name][end]


@pytest.mark.parametrize("name", BOUNDS)
@pytest.mark.parametrize("end", [0, 1])
def test_refuses_beyond_each_bound(world: World, blank: Lab, name: str, end: int) -> None:
    with world.expect_error("E_BOUNDS"):
        register(blank, **{name: BOUNDS[name][end] + (1 if end else -1)})


def test_refuses_an_engine_off_the_list(world: World, blank: Lab) -> None:
    blank.send("remove_engine")
    with world.expect_error("E_STATE"):
        register(blank)


def test_refuses_markets_of_other_programs(world: World, blank: Lab) -> None:
    """A key, another creator, another index: none of them is the address that the listed program signs with."""
    stranger = world.user(name="stranger").key
    assert blank.refusal("activate_market", TERMS, market=stranger) == "E_ENGINE"
    assert blank.refusal("activate_market", TERMS, creator=stranger) == "E_ENGINE"
    assert blank.refusal("activate_market", TERMS | {"index": INDEX + 1}) == "E_ENGINE"


def test_refuses_another_markets_blank(world: World, blank: Lab) -> None:
    other = world.market.m.config
    assert blank.refusal("activate_market", TERMS, market_config=other) == "E_RELATION"


def test_refuses_a_second_time(world: World, blank: Lab) -> None:
    register(blank)
    assert blank.refusal("activate_market", TERMS) == "E_STATE"


def test_refuses_a_vault_that_is_not_the_markets(world: World, blank: Lab) -> None:
    assert blank.refusal("activate_market", TERMS, market_vault=world.creator.token) == "E_VAULT"


def test_refuses_a_vault_of_another_mint(world: World, blank: Lab) -> None:
    vault = world.token_account(blank.market.id, mint=world.other_mint())
    assert blank.refusal("activate_market", TERMS, market_vault=vault) == "E_MINT"


def test_refuses_accounts_of_a_wrong_type(world: World, blank: Lab) -> None:
    changes: dict[str, Any] = {"feed": blank.market.m.score, "engine": world.feed, "config": world.feed}
    for name, address in changes.items():
        assert blank.refusal("activate_market", TERMS, **{name: address}) == "ACCOUNT_TYPE"


def test_the_blank_knows_nothing_but_its_market(world: World, blank: Lab) -> None:
    stored = world.read(MarketConfig, blank.market.m.config)
    assert (stored.market_id, stored.status, stored.index) == (blank.market.id, 0, 0)


def test_compute_units(blank: Lab) -> None:
    # register of the demo market and one derivation of unknown length here
    assert register(blank).units <= 45_000
