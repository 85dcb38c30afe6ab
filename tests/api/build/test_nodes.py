"""Without a node, or with one that is away, every route says so and nothing breaks."""

from dataclasses import replace
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from offchain.api.build.routes import ROUTES
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from tests.support.building import Builder, builder_at, read_problem
from tests.support.keys import User
from tests.support.world import World

NOWHERE = "http://127.0.0.1:9"


def _everything(world: World, user: User) -> list[tuple[str, str, dict[str, object]]]:
    """Method, path and body of every route."""
    key, market = str(user.key), str(world.market.id)
    position = {"provider": key, "market": market, "entry_epoch": 1}
    stake = {"creator": key, "market": market}
    return [
        ("GET", f"quotes/deposit?market={market}&amount=10000000", {}),
        ("GET", f"quotes/withdrawal?market={market}&provider={key}&entry_epoch=1", {}),
        ("GET", f"markets/{market}/cranks", {}),
        ("GET", f"markets/{market}/checklist", {}),
        ("GET", "market-terms", {}),
        ("GET", f"transactions/{'1' * 64}/confirmation", {}),
        ("POST", "market-plans", {"creator": key, "feed": str(world.feed), "terms": {"depth": "5"}}),
        ("POST", "faucet", {"to": key}),
        ("POST", "transactions/deposit", {"provider": key, "market": market, "amount": "10000000"}),
        ("POST", "transactions/request-withdrawal", position),
        ("POST", "transactions/cancel-withdrawal", position),
        ("POST", "transactions/execute-withdrawal", position),
        ("POST", "transactions/fund-stake", stake | {"amount": "5"}),
        ("POST", "transactions/request-stake", stake | {"amount": "5"}),
        ("POST", "transactions/execute-stake", stake),
        ("POST", "transactions/cancel-stake", stake),
        ("POST", "transactions/collect-claim-fee", {"executor": key, "market": market, "sequence": 1}),
        ("POST", "transactions/crank", {"payer": key, "market": market}),
        ("POST", "transactions/register-market", {"creator": key, "feed": str(world.feed), "terms": {"depth": "5"}}),
    ]


def test_a_node_that_is_away(world: World, tmp_path: Path) -> None:
    user = world.user(name="patient")
    with builder_at(world, NOWHERE, tmp_path) as api:
        for method, path, body in _everything(world, user):
            answer = api.client.request(method, f"/v1/{path}", json=body or None)
            code, detail = read_problem(answer, 503)
            assert code == "node" and "check the address" in detail, path
            assert answer.headers["retry-after"] == "5"


def test_an_api_without_a_node(world: World, api: Builder) -> None:
    user = world.user(name="patient")
    context = replace(api.context, chain=None)
    with TestClient(Litestar([*ROUTES], plugins=[ApiPlugin(context, ApiOptions(rate=0))])) as client:
        for method, path, body in _everything(world, user):
            code, detail = read_problem(client.request(method, f"/v1/{path}", json=body or None), 503)
            assert code == "no_node" and "start it with an RPC node" in detail, path


@pytest.mark.parametrize("path", ["quotes/deposit", "transactions/deposit"])
def test_answers_are_not_kept_by_caches(world: World, api: Builder, path: str) -> None:
    user = world.user(usdc="100")
    body = {"provider": str(user.key), "market": str(world.market.id), "amount": "10000000"}
    method = api.client.get if path.startswith("quotes") else api.client.post
    answer = method(f"/v1/{path}", **({"params": body} if path.startswith("quotes") else {"json": body}))
    assert answer.status_code == 200 and answer.headers["cache-control"] == "no-store"
