"""Odd questions end as problem documents: no body makes an error of ours."""

from typing import Any
from urllib.parse import quote

import pytest

from tests.support.building import Builder
from tests.support.keys import User
from tests.support.world import World

ODD: list[Any] = [
    *(None, True, False, -1, 0, (1 << 63), (1 << 64), 1e308, 0.1, 10**40),
    *("", "0", "-1", "+1", "1e5", "0x10", " 1", "1 ", "\uff11\uff12", "\u0661", "9" * 20, "9" * 400, "NaN", "null"),
    *([], {}, [1], {"a": 1}, [[[[[]]]]], "\u0000", "\U0001f980" * 20, "%00", "';--", "../../etc/passwd"),
]
ROUTES = (
    *("deposit", "request-withdrawal", "cancel-withdrawal", "execute-withdrawal", "crank", "register-market"),
    *("fund-stake", "request-stake", "execute-stake", "cancel-stake", "collect-claim-fee", "simulate", "send"),
)


def _bodies(world: World, user: User, route: str, entry: int) -> dict[str, Any]:
    """A body that the route understands."""
    key, market = str(user.key), str(world.market.id)
    position = {"provider": key, "market": market, "entry_epoch": entry, "priority": 0}
    stake = {"creator": str(world.creator.key), "market": market, "priority": 0}
    return {
        "deposit": {
            "provider": key,
            "market": market,
            "amount": "10000000",
            "slippage_bps": 50,
            "priority": 0,
            "accept_pending_deficit": False,
        },
        "request-withdrawal": position | {"amount": "5"},
        "cancel-withdrawal": position,
        "execute-withdrawal": position | {"caller": key, "slippage_bps": 50},
        "crank": {"payer": key, "market": market, "job": "x", "priority": 0},
        "register-market": {"creator": key, "index": 0, "feed": str(world.feed), "terms": {"depth": "5"}, "stake": "0"},
        "fund-stake": stake | {"amount": "5"},
        "request-stake": stake | {"amount": "5"},
        "execute-stake": stake,
        "cancel-stake": stake,
        "collect-claim-fee": {"executor": key, "market": market, "sequence": 1, "priority": 0},
        "simulate": {"transaction": "A" * 200},
        "send": {"transaction": "A" * 200},
    }[route]


@pytest.mark.parametrize("route", ROUTES)
def test_odd_fields(world: World, api: Builder, provider: User, entry: int, route: str) -> None:
    plain = _bodies(world, provider, route, entry)
    for field in plain:
        for value in ODD:
            _fine(api, route, json=plain | {field: value})
    for field in plain:
        _fine(api, route, json={name: value for name, value in plain.items() if name != field})


@pytest.mark.parametrize("route", ROUTES)
def test_odd_bodies(api: Builder, route: str) -> None:
    kind = {"content-type": "application/json"}
    for content in (b"", b"{", b"[]", b"null", b"1", b'"x"', b"\xff\xfe", b'{"a":' * 500, b"{}" * 10, b'{"a":1,"a":2}'):
        _fine(api, route, content=content, headers=kind)
    _fine(api, route, content=b"a=1", headers={"content-type": "application/x-www-form-urlencoded"})
    _fine(api, route, content=b"a=1", headers={"content-type": "nonsense"})


@pytest.mark.parametrize(
    "path", ["quotes/deposit", "quotes/withdrawal", "markets/{}/cranks", "markets/{}/checklist", "market-terms"]
)
def test_odd_queries(world: World, api: Builder, path: str) -> None:
    for value in [str(one) for one in ODD]:
        where = path.format(quote(value[:1_000], safe="") or "x")
        for name in ("market", "amount", "provider", "entry_epoch", "shares", "payer"):
            answer = api.client.get(f"/v1/{where}", params={"market": str(world.market.id), name: value[:1_000]})
            assert answer.status_code < 500, (where, name, value, answer.text)


def _fine(api: Builder, route: str, **request: Any) -> None:
    answer = api.client.post(f"/v1/transactions/{route}", **request)
    assert answer.status_code < 500, (route, request, answer.text)
    if answer.status_code >= 400:
        assert answer.headers["content-type"].startswith("application/problem+json"), (route, request)
