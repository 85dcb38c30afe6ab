"""What the document says about these routes: every field with its unit, every body with its slot."""

from collections.abc import Iterator
from typing import Any

import msgspec
from litestar import Router
from litestar.handlers import HTTPRouteHandler

from offchain.api.build.routes import ROUTES
from offchain.api.document import document
from offchain.api.verify.routes import ROUTES as VERIFY

Schema = dict[str, Any]
TOLD: Schema = msgspec.json.decode(document())


def _operations() -> Iterator[tuple[str, Schema]]:
    handlers = {
        handler.operation_id
        for router in [*ROUTES, *VERIFY]
        if isinstance(router, Router)
        for route in router.routes
        for handler in getattr(route, "route_handlers", [])
        if isinstance(handler, HTTPRouteHandler)
    }
    for path, item in TOLD["paths"].items():
        for operation in item.values():
            if operation["operationId"] in handlers:
                yield path, operation


def _reached(schema: Any, seen: dict[str, Schema]) -> None:
    """Every component that a schema refers to."""
    if isinstance(schema, list):
        for one in schema:
            _reached(one, seen)
    elif isinstance(schema, dict):
        name = str(schema.get("$ref", "")).rpartition("/")[2]
        if name and name not in seen:
            seen[name] = TOLD["components"]["schemas"][name]
            _reached(seen[name], seen)
        _reached(list(schema.values()), seen)


def test_every_field_says_what_it_is() -> None:
    seen: dict[str, Schema] = {}
    operations = list(_operations())
    assert len(operations) >= 20
    for path, operation in operations:
        assert operation["description"] and operation["tags"], path
        for parameter in operation.get("parameters", []):
            assert parameter["description"], f"{path} {parameter['name']}"
        _reached([operation["responses"], operation.get("requestBody", {})], seen)
    assert len(seen) >= 40
    for name, schema in seen.items():
        for field, about in schema.get("properties", {}).items():
            assert about.get("description"), f"{name}.{field}"


def test_every_body_says_its_slot_and_decimals() -> None:
    for path, operation in _operations():
        schemas = [
            operation["responses"][status]["content"]["application/json"]["schema"]
            for status in ("200", "202")
            if status in operation["responses"]
        ]
        assert schemas, path
        for schema in schemas:
            for one in schema.get("oneOf", [schema]):
                body = TOLD["components"]["schemas"][one["$ref"].rpartition("/")[2]]
                assert {"as_of_slot", "decimals"} <= set(body["properties"]), path
