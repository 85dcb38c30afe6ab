"""The live protocol's schema as an OpenAPI document, so that one generator makes the browser's types of both.

Its definitions come under `components/schemas`; beside them `Server` and `Client`, everything that either side sends,
and `Topics`, the items of each topic.
"""

import json
from pathlib import Path
from typing import Any

SCHEMA = Path("offchain/live/generated/schema.json")
"""What `python -m offchain.live.schema` writes."""
TYPES = Path("web/src/live/generated/frames.ts")
"""Where the types of it lie in the repository."""
_FROM, _TO = "#/$defs/", "#/components/schemas/"
_PLAIN, _ANYTHING = '{"type": "object"}', '{"type": "object", "additionalProperties": true}'
"""Without it the generator takes an object of unknown fields for an empty one."""


def openapi(schema: dict[str, Any]) -> dict[str, Any]:
    """The document; paths it has none."""
    topics = schema["topics"]
    schemas = {
        **schema["$defs"],
        "Client": schema["client"],
        "Server": schema["server"],
        "Topics": {
            "type": "object",
            "description": "What the items of each topic are.",
            "properties": {name: topic["items"] for name, topic in topics.items()},
            "required": list(topics),
        },
    }
    text = json.dumps(
        {
            "openapi": "3.1.0",
            "info": {"title": schema["title"], "version": str(schema["protocol"])},
            "paths": {},
            "components": {"schemas": schemas},
        }
    )
    document: dict[str, Any] = json.loads(text.replace(f'"{_FROM}', f'"{_TO}').replace(_PLAIN, _ANYTHING))
    return document
