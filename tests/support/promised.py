"""What the committed OpenAPI document promises of an answer, and whether it holds it."""

import re
from functools import cache
from typing import Any

import msgspec

from offchain.api.document import PATH

Schema = dict[str, Any]


@cache
def committed() -> Schema:
    """The document."""
    found: Schema = msgspec.json.decode(PATH.read_bytes())
    return found


def assert_promised(method: str, path: str, status: int, body: Any) -> None:
    """An answer of the route that this path belongs to says nothing that the document does not."""
    told = committed()
    for template, item in sorted(told["paths"].items(), key=lambda pair: "{" in pair[0]):
        pattern = re.sub(r"\\{[^}]+\\}", "[^/]+", re.escape(template))
        if method in item and re.fullmatch(pattern, path):
            schema = item[method]["responses"][str(status)]["content"]["application/json"]["schema"]
            assert_fits(body, schema, told, path)
            return
    raise AssertionError(f"no route of the document: {method} {path}")


def whole(told: Schema, schema: Schema) -> Schema:
    """What a reference refers to."""
    found: Schema = told["components"]["schemas"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def assert_fits(value: Any, schema: Schema, told: Schema, place: str) -> None:
    """A value is of the type that a schema says, and one of the values that it names."""
    schema = whole(told, schema)
    if "oneOf" in schema:
        if value is None:
            assert {"type": "null"} in schema["oneOf"], place
            return
        schema = next(one for one in schema["oneOf"] if one.get("type") != "null")
        assert_fits(value, schema, told, place)
        return
    if "enum" in schema or "const" in schema:
        assert value in schema.get("enum", [schema.get("const")]), (place, value)
        return
    if "type" not in schema:  # a field of an event, whatever it is
        return
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    assert type(value) is kinds[schema["type"]], (place, value, schema)
    if isinstance(value, int) and not isinstance(value, bool):
        assert abs(value) <= 1 << 53, place
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema.get("required", [])) <= set(value) <= set(schema["properties"]), place
        for name, each in value.items():
            assert_fits(each, schema["properties"][name], told, f"{place}.{name}")
    elif isinstance(value, list):
        for each in value:
            assert_fits(each, schema["items"], told, f"{place}[]")
