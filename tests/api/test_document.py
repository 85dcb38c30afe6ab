"""The committed OpenAPI document is the app's, and leaves nothing unsaid."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import msgspec
import pytest
from litestar.testing import TestClient

from offchain.api import build
from offchain.api.document import PATH, document
from offchain.api.routes import ROUTES as READS
from offchain.api.schemas import kinds
from offchain.chain.oracles.feed_ids import SOURCES, FeedSource
from offchain.monitoring.rules.all import BY_NAME
from offchain.monitoring.rules.rule import RETIRED, RuleName
from offchain.plain_words.duties import DUTIES
from offchain.prices.candles import INTERVALS, Interval
from offchain.prices.sources.binance import BinanceSource
from offchain.prices.sources.pyth import PythSource
from offchain.prices.sources.recording import RecordingSource
from offchain.settings.prices import SOURCES as PRICE_SOURCES
from offchain.settings.prices import SourceName
from tests.api.conftest import Lived, api
from tests.support.promised import Schema, assert_fits, committed, whole

HOW = "write it anew: python -m offchain.api.document"


@pytest.fixture(scope="module")
def told() -> Schema:
    return committed()


def operations(told: Schema) -> Iterator[tuple[str, str, Schema]]:
    for path, item in told["paths"].items():
        for method, operation in item.items():
            yield path, method, operation


def test_the_committed_document_is_the_apps() -> None:
    assert PATH.read_bytes() == document(), HOW


def test_it_is_openapi_3_1_under_v1(told: Schema) -> None:
    assert told["openapi"].startswith("3.1")
    assert all(path.startswith("/v1/") for path in told["paths"])
    assert "No yield is promised" in told["info"]["description"]


def test_every_operation_says_what_it_is(told: Schema) -> None:
    ids = [operation["operationId"] for _, _, operation in operations(told)]
    assert len(set(ids)) == len(ids) >= 40
    for path, method, operation in operations(told):
        assert operation["summary"], path
        assert operation["description"], path
        assert operation["tags"], path
        assert method in ("get", "post"), path


def test_every_operation_declares_its_refusals(told: Schema) -> None:
    for path, _, operation in operations(told):
        refusals = {status: one for status, one in operation["responses"].items() if status[0] in "45"}
        assert {"400", "429", "500", "503"} <= set(refusals), path
        for one in refusals.values():
            assert one["content"]["application/problem+json"]["schema"] == {"$ref": "#/components/schemas/ProblemBody"}


def reached(told: Schema, schema: Any) -> Iterator[tuple[str, Schema]]:
    """The components that a schema refers to."""
    pending, seen = [schema], set()
    while pending:
        one = pending.pop()
        if isinstance(one, list):
            pending += one
        elif isinstance(one, dict):
            name = str(one.get("$ref", "")).rpartition("/")[2]
            if name and name not in seen:
                seen.add(name)
                yield name, told["components"]["schemas"][name]
                pending.append(told["components"]["schemas"][name])
            pending += one.values()


def test_every_field_that_is_read_says_its_unit(told: Schema) -> None:
    own = {route.operation_id for route in READS}  # type: ignore[union-attr]
    for path, _, operation in operations(told):
        if operation["operationId"] not in own:
            continue
        for parameter in operation.get("parameters", []):
            assert parameter["description"], path
        for name, schema in reached(told, operation["responses"]):
            for field, about in schema.get("properties", {}).items():
                assert about.get("description"), f"{name}.{field}"


def test_every_body_says_its_slot_and_decimals(told: Schema) -> None:
    own = {route.operation_id for route in READS}  # type: ignore[union-attr]
    for path, _, operation in operations(told):
        if operation["operationId"] in own and "application/json" in operation["responses"]["200"]["content"]:
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            (_, body), *_ = reached(told, schema)
            assert {"as_of_slot", "decimals"} <= set(body["properties"]), path


def test_what_is_one_of_few_says_which(told: Schema) -> None:
    """By the fields' names: whoever adds one that is free text names it here."""
    few = re.compile(r"(?:.*_)?(?:grade|state|status|severity|kind|duty|side|unit|commitment|interval|action|purpose)")
    free = {"AlertRow.action"}
    found = 0
    for name, schema in told["components"]["schemas"].items():
        for field, about in schema.get("properties", {}).items():
            for one in (whole(told, part) for part in (about, *about.get("oneOf", []))):
                if few.fullmatch(field) and f"{name}.{field}" not in free and "string" in one.get("type", ""):
                    assert {"enum", "const"} & set(one), f"{name}.{field}"
                    found += 1
    assert found >= 40


def test_names_that_programs_may_go_by_are_named(told: Schema) -> None:
    schemas = told["components"]["schemas"]
    for name, field, known in (
        ("AlertRow", "rule", {*BY_NAME, RETIRED}),
        ("Current", "source", set(PRICE_SOURCES)),
        ("Source", "source", set(PRICE_SOURCES)),
        ("CaptureState", "source", set(PRICE_SOURCES)),
        ("Caution", "code", set(get_args(kinds.CautionCode))),
        ("Fee", "name", set(get_args(kinds.FeeName))),
    ):
        assert set(schemas[name]["properties"][field]["enum"]) == known, f"{name}.{field}"


def test_cautions_and_fees_have_the_names_they_are_built_with() -> None:
    """In the source of the routes, as no single story meets all of them; nothing stands in the document in vain."""
    written: dict[str, set[str]] = {"Caution": set(), "Fee": set(), "_fee": set()}
    for path in Path(build.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in written:
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    written[node.func.id].add(str(first.value))
                else:
                    assert ast.unparse(node).startswith("Fee(name, "), f"{path}: {ast.unparse(node)}"
    assert written["Caution"] == set(get_args(kinds.CautionCode))
    assert written["Fee"] | written["_fee"] == set(get_args(kinds.FeeName))


def test_names_that_other_parts_have_too_are_theirs(told: Schema) -> None:
    assert set(get_args(kinds.Duty)) == set(DUTIES)
    assert list(get_args(Interval)) == list(INTERVALS)
    assert {*SOURCES, "unknown"} == set(get_args(FeedSource))
    assert list(get_args(RuleName)) == list(BY_NAME)
    captured = {source.name for source in (RecordingSource, PythSource, BinanceSource)}
    assert captured == set(PRICE_SOURCES) == set(get_args(SourceName))
    built = {
        path.rpartition("/")[2]
        for path, _, operation in operations(told)
        if "#/components/schemas/BuiltTransaction" in str(operation["responses"])
    }
    planned = {"register-market"}
    assert set(get_args(kinds.Action)) == built | planned


def test_bodies_have_names_of_their_own(told: Schema) -> None:
    """Two of one name would be told apart by their modules' names."""
    assert [name for name in told["components"]["schemas"] if not re.fullmatch(r"[A-Z][A-Za-z]+", name)] == []


def test_answers_hold_what_the_document_promises(lived: Lived, told: Schema, get: Any) -> None:
    """Every field of a body is declared, and every required one is there."""
    claim = get("claims")["items"][0]["claim"]
    perp = get("perp-positions")["items"][0]["position"]
    held = get("positions")["items"][0]["position"]
    keeper = get("keepers")["items"][0]["keeper"]
    signature = get("transactions")["items"][0]["signature"]
    values = {"market": lived.id, "claim": claim, "keeper": keeper, "signature": signature}
    values |= {"provider": str(lived.leaving.key)}
    own = {route.operation_id for route in READS}  # type: ignore[union-attr]
    checked = 0
    for path, _, operation in operations(told):
        content = operation["responses"].get("200", {}).get("content", {})
        if operation["operationId"] not in own or "application/json" not in content:
            continue
        position = perp if "perp-positions" in path else held
        asked = path.removeprefix("/v1/").format(**values, position=position)
        body = get(asked, **({"pair": "BTC/USD"} if asked == "candles" else {}))
        assert_fits(body, content["application/json"]["schema"], told, path)
        checked += 1
    assert checked == len(own) - 1  # all but the CSV file


def test_the_app_serves_it(lived: Lived) -> None:
    with TestClient(api(lived.context())) as client:
        served = client.get("/v1/openapi.json")
        assert served.status_code == 200
        paths = served.json()["paths"]
        assert set(paths) < set(msgspec.json.decode(PATH.read_bytes())["paths"])
        assert client.get("/v1/swagger").status_code == 404
