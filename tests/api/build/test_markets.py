"""A market from nothing through the API alone: plan, every transaction, checklist; and every refusal."""

from typing import Any

import pytest

from offchain.chain import recipes
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.instructions import risk_engine
from offchain.creation.steps import LIVE
from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

USDC = 1_000_000


@pytest.fixture
def creator(world: World) -> User:
    """Somebody who has no market yet."""
    return world.user(usdc="20000", name="new creator")


def _body(world: World, creator: User, **more: Any) -> dict[str, Any]:
    terms = {"depth": str(5_000_000 * USDC), "max_leverage": "200000"} | more.pop("terms", {})
    return {"creator": str(creator.key), "feed": str(world.feed), "terms": terms, **more}


def _plan(api: Builder, body: dict[str, Any]) -> Any:
    answer = api.client.post("/v1/market-plans", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_market_from_nothing_to_live(world: World, api: Builder, creator: User) -> None:
    body = _body(world, creator, stake=str(4_000 * USDC), house=str(10_000 * USDC), fund=str(500 * USDC))
    plan = _plan(api, body)
    assert plan["obstacles"] == [] and not plan["complete"]
    assert [one["state"] for one in plan["transactions"]] == ["next", *["later"] * 6]
    before = world.chain.account(creator.key)
    assert before is not None
    rent = fees = 0
    for number in range(1, 8):
        step = api.post("register-market", **body)
        assert (step["number"], step["of"], step["market_id"]) == (number, 7, plan["market_id"])
        api.sign_and_send(step["built"], creator)
        rent += int(step["built"]["summary"]["rent"])
        fees += int(step["built"]["simulation"]["network_fee"])
        states = [one["state"] for one in _plan(api, body)["transactions"]]
        assert states == [*["done"] * number, *(["next"] if number < 7 else []), *["later"] * (6 - number)]
    assert rent == int(plan["rent"]) == sum(int(one["lamports"]) for one in plan["rents"])
    assert fees == int(plan["fees"])
    after = world.chain.account(creator.key)
    assert after is not None and before.lamports - after.lamports == int(plan["lamports"])
    assert world.balance(creator) == (20_000 - 4_000 - 10_000 - 500) * USDC
    assert step["built"]["summary"]["pays"] == str(14_500 * USDC)
    plan = _plan(api, body)
    assert plan["complete"] and plan["lamports"] == "0" and plan["money"] == []
    assert api.refused("register-market", 409, **body)[0] == "complete"


def test_the_checklist_follows_a_market_to_its_first_trade(world: World, api: Builder, creator: User) -> None:
    body = _body(world, creator)
    market_id = _plan(api, body)["market_id"]
    assert api.get_refused(f"markets/{market_id}/checklist", 404)[0] == "not_found"
    for _ in range(6):
        api.sign_and_send(api.post("register-market", **body)["built"], creator)
        done = api.get(f"markets/{market_id}/checklist")
    assert done["live"] is True and done["complete"] is False
    assert [one["name"] for one in done["items"] if one["done"]] == ["registered", "terms pushed", "feed price fresh"]
    design = recipes.default_design(depth=5_000_000 * USDC)
    market = world.adopt(creator, 0, design)
    market.sync()
    world.crank_epoch()
    lp = world.user(usdc="1000")
    market.deposit(lp, "1000")
    market.fund_house("100")
    done = api.get(f"markets/{market_id}/checklist")
    assert done["complete"] is True and market.config().status == LIVE


def test_an_interrupted_market_goes_on(world: World, api: Builder, creator: User) -> None:
    body = _body(world, creator)
    first, *rest = recipes.open_market(
        creator.key, 0, world.mint, world.feed, recipes.default_design(depth=5_000_000 * USDC)
    )
    world.send(*first)
    world.send(risk_engine.open_score(world.keeper.key, world.at.market_id(creator.key, 0)))
    step = api.post("register-market", **body)
    assert step["number"] == 2
    names = [one["name"] for one in step["built"]["summary"]["instructions"] if one["program"] == "risk_engine"]
    assert names == ["open_market", "open_inputs", "open_window"]
    assert rest


def test_terms_say_bounds_and_meaning(world: World, api: Builder) -> None:
    terms = api.get("market-terms")
    by_name = {one["name"]: one for one in terms["terms"]}
    assert by_name["depth"]["value"] is None and by_name["depth"]["unit"] == "atoms"
    assert by_name["lock_epochs"]["value"] == "1344" and by_name["lock_epochs"]["shown"] == "1344 epochs (14 d)"
    assert by_name["performance_fee_bps"]["low"] == "500" and by_name["performance_fee_bps"]["unit"] == "bps"
    assert by_name["max_leverage"]["unit"] == "leverage" and not by_name["max_leverage"]["fixed"]
    assert [one["address"] for one in terms["feeds"]] == [str(world.feed)]
    assert terms["accounts"] == 12 and int(terms["rent"]) > 0


def test_a_plan_shows_its_terms_with_their_meaning(world: World, api: Builder, creator: User) -> None:
    plan = _plan(api, _body(world, creator, terms={"insolvency_threshold": "250000000"}))
    (threshold,) = [one for one in plan["terms"] if one["name"] == "insolvency_threshold"]
    assert threshold["value"] == "250000000" and "exceed 250 USDC" in threshold["meaning"]


def test_a_plan_without_means_says_what_is_missing(world: World, api: Builder) -> None:
    poor = world.user(usdc="1", name="poor creator")
    account = world.chain.account(poor.key)
    assert account is not None
    world.local.set_account(poor.key, type(account)(1_000_000, b"", account.owner))
    body = _body(world, poor, stake=str(4_000 * USDC))
    plan = _plan(api, body)
    assert [one["code"] for one in plan["obstacles"]] == ["LAMPORTS", "E_BALANCE"]
    assert int(plan["lamports"]) > 30_000_000
    assert api.refused("register-market", **body)[0] == "LAMPORTS"


def test_a_stop_of_registrations_is_an_obstacle(world: World, api: Builder, creator: User) -> None:
    world.send(risk_engine.stop_registrations(world.guardian.key))
    assert world.read(RiskConfig, world.at.risk_config).paused_until > world.now
    code, detail = api.refused("register-market", **_body(world, creator))
    assert code == "E_PAUSED" and "the stop ends by itself" in detail


@pytest.mark.parametrize(
    ("changes", "status", "code", "words"),
    [
        ({"terms": {"depth": "0"}}, 422, "term", "terms.depth"),
        ({"terms": {"max_leverage": "1000001"}}, 422, "term", "out of bounds: choose from 1x to 100x"),
        ({"terms": {"lock_epochs": "2881"}}, 422, "term", "terms.lock_epochs"),
        ({"terms": {"performance_fee_bps": "1001"}}, 422, "term", "5.00 % to 10.00 %"),
        ({"terms": {"depth": "1.5"}}, 400, "invalid_parameter", "depth"),
        ({"terms": {"depht": "1"}}, 400, "invalid_parameter", "depht"),
        ({"feed": "DOGE/USD"}, 422, "creation", "there is no feed"),
        ({"feed": None}, 422, "creation", "feed is missing"),
        ({"stake": str(1 << 64)}, 422, "E_AMOUNT", "stake is too large"),
        ({"creator": "x" * 40}, 400, "invalid_key", "creator"),
        ({"index": -1}, 400, "invalid_parameter", "index"),
    ],
)
def test_wrong_plans(
    world: World, api: Builder, creator: User, changes: dict[str, Any], status: int, code: str, words: str
) -> None:
    body = _body(world, creator)
    terms = body["terms"] | changes.pop("terms", {})
    found, detail = api.refused("register-market", status, **body | changes | {"terms": terms})
    assert found == code and words in detail


def test_what_was_begun_is_not_contradicted(world: World, api: Builder, creator: User) -> None:
    body = _body(world, creator)
    api.sign_and_send(api.post("register-market", **body)["built"], creator)
    code, detail = api.refused("register-market", **_body(world, creator, terms={"depth": "1000000"}))
    assert code == "creation" and "was begun with" in detail
    without = {"creator": str(creator.key), "feed": str(world.feed)}
    assert api.post("register-market", **without)["number"] == 2


def test_a_registered_market_keeps_its_feed(world: World, api: Builder) -> None:
    other = world.at.feed(world.keeper.key)
    world.send(risk_engine.open_feed(world.admin.key, world.keeper.key, 0, world.publisher.key))
    body = {"creator": str(world.creator.key)}
    assert _plan(api, body)["complete"]
    code, detail = api.refused("register-market", **body, feed=str(other))
    assert code == "creation" and "leave feed out" in detail
