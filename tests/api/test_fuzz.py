"""Parameters of all kinds, from a seed: a route answers or refuses, and never fails."""

from random import Random
from typing import Any
from urllib.parse import quote

import msgspec

from offchain.api.document import PATH
from offchain.api.routes import ROUTES as READS
from tests.api.conftest import Lived

ROUNDS = 40
"""Requests to each route."""
ODD = (
    *("", " ", "0", "-1", "1", "501", "9" * 30, "-" + "9" * 30, "1e5", "0x10", "1.5", "NaN", "true", "null", "None"),
    *("a" * 63, "A" * 400, "é", "\u202e", "\0", "%00", "%", "'", '"', ";--", "' OR 1=1 --", "../..", "{}", "[]", "\n"),
    *("BTC/USD", "BTC-PERP", "11111111111111111111111111111111", "Deposited", "desc", "asc", "1h", "A", "open"),
    *(str(1 << 63), str((1 << 63) - 1), str(-(1 << 63)), str(1 << 40), "-1000,2000", ",,,", "-9999,100000"),
)


def known(lived: Lived, get: Any) -> list[str]:
    """Values that exist, and cursors of several lists."""
    found = [lived.id, str(lived.provider.key), str(lived.long.key), str(lived.story.keeper.key)]
    for path in ("events", "transactions", "claims", "markets", "epochs", "perp-positions"):
        page = get(path, limit=1)
        found += [page["next"]] if page["next"] else []
    found += [one["signature"] for one in get("transactions", limit=3)["items"]]
    found += [get("claims")["items"][0]["claim"], get("positions")["items"][0]["position"]]
    return found


def test_no_request_makes_a_route_fail(lived: Lived, get: Any, client: Any) -> None:
    told = msgspec.json.decode(PATH.read_bytes())
    own = {route.operation_id for route in READS}  # type: ignore[union-attr]
    values = [*ODD, *known(lived, get)]
    chance = Random("fuzz")
    statuses: dict[int, int] = {}
    for path, item in told["paths"].items():
        operation = item.get("get")
        if operation is None or operation["operationId"] not in own:
            continue
        for _ in range(ROUNDS):
            asked, query = path, {}
            for parameter in operation.get("parameters", []):
                value = choose(chance, parameter, values)
                if parameter["in"] == "path":
                    asked = asked.replace(f"{{{parameter['name']}}}", quote(value, safe="") or "x")
                elif parameter.get("required") or chance.random() < 0.4:
                    query[parameter["name"]] = value
            answer = client.get(asked, params=query)
            place = (asked, query, answer.text[:200])
            assert answer.status_code in (200, 400, 404, 414, 503), place
            if answer.status_code != 200:
                assert answer.headers["content-type"] == "application/problem+json", place
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1
    assert statuses[200] > 100
    assert statuses[400] > 100
    assert statuses[404] > 50


def choose(chance: Random, parameter: dict[str, Any], values: list[str]) -> str:
    """Often one that may fit, otherwise any."""
    schema = parameter["schema"]
    options = schema.get("enum") or next((one["enum"] for one in schema.get("oneOf", []) if "enum" in one), None)
    if options and chance.random() < 0.7:
        return str(chance.choice([one for one in options if one is not None]))
    if schema.get("type") == "integer" and chance.random() < 0.7:
        return str(chance.randrange(-2, 600))
    return chance.choice(values)
