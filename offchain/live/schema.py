"""The protocol as JSON schema, for clients in other languages: `python -m offchain.live.schema` writes it.

The classes of `frames`, and for each topic the API's schema of its items.
"""

import json
from pathlib import Path
from typing import Any

import msgspec

from offchain.api.schemas.claims import Claim
from offchain.api.schemas.epochs import EpochClock, MarketEpoch
from offchain.api.schemas.markets import Market
from offchain.api.schemas.perps import PerpPosition
from offchain.api.schemas.pools import Pool
from offchain.api.schemas.positions import Position, Sums
from offchain.api.schemas.prices import Current
from offchain.api.schemas.risk import RiskDetail
from offchain.api.schemas.service import Status
from offchain.live import codes
from offchain.live.frames import PROTOCOL, Answer, Request
from offchain.live.topics import CLAIMS, EPOCH, MARKET, PARAMETERS, POOL, POSITION, PRICE, RISK, STATUS

FILE = Path(__file__).parent / "generated" / "schema.json"
ITEMS: dict[str, tuple[type[Any], ...]] = {
    MARKET: (Market,),
    POOL: (Pool,),
    RISK: (RiskDetail,),
    CLAIMS: (Claim,),
    POSITION: (Position, PerpPosition, Sums),
    EPOCH: (EpochClock, MarketEpoch),
    PRICE: (Current,),
    STATUS: (Status,),
}
"""Topic -> what its items are."""
LEFT_OUT = {"as_of_slot", "decimals"}
"""Of bodies: the frame says it for all items."""
NOT_OF_THE_CLOCK = LEFT_OUT | {"now"}
_TEMPLATE = "#/$defs/{name}"


def document() -> dict[str, Any]:
    """The whole schema; `anyOf` the two directions."""
    kinds = [kind for kinds in ITEMS.values() for kind in kinds]
    (asked, answered, *items), definitions = msgspec.json.schema_components(
        [Request, Answer, *kinds], ref_template=_TEMPLATE
    )
    for kind in kinds:
        _leave_out(definitions[kind.__name__], NOT_OF_THE_CLOCK if kind is EpochClock else LEFT_OUT)
    by_kind = dict(zip(kinds, items, strict=True))
    topics = {
        name: {
            "parameters": list(PARAMETERS[name]),
            "items": {"anyOf": [by_kind[kind] for kind in kinds]},
        }
        for name, kinds in ITEMS.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "PercoSec live updates: /v1/ws",
        "protocol": PROTOCOL,
        "client": asked,
        "server": answered,
        "topics": topics,
        "close_codes": {value: name.lower() for name, value in vars(codes).items() if name.isupper()},
        "$defs": dict(sorted(definitions.items())),
    }


def text() -> str:
    """As the file holds it."""
    return json.dumps(document(), indent=1, sort_keys=False) + "\n"


def _leave_out(definition: dict[str, Any], names: set[str]) -> None:
    definition["properties"] = {name: of for name, of in definition["properties"].items() if name not in names}
    definition["required"] = [name for name in definition.get("required", ()) if name not in names]


if __name__ == "__main__":
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")
