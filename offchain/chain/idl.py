"""The programs' interfaces as they are committed, and Python's names for theirs. Standard library only."""

import json
import re
from functools import cache
from typing import Any

from offchain.settings.paths import ARTIFACTS

Idl = dict[str, Any]


@cache
def load_idl(program: str) -> Idl:
    """The committed IDL of one of our programs; not to be changed."""
    found: Idl = json.loads((ARTIFACTS / "idl" / f"{program}.json").read_text(encoding="utf-8"))
    return found


def snake(name: str) -> str:
    """camelCase or CamelCase of an IDL -> snake_case, as anchorpy does it."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower()
