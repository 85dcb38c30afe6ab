"""What the browser knows of the chain by itself: program ids, seeds and layouts, as one generated JSON file.

With it the browser reads a built transaction before it is signed, and pools and positions when the API is down, without
believing the server. `scripts/build_web` writes it, a test holds the committed file against this.
"""

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

from offchain.chain import seeds
from offchain.chain.addresses import PROGRAMS
from offchain.chain.idl import load_idl, snake
from offchain.indexer.decode.idl import instructions_of
from offchain.settings.project import Project

ACCOUNTS = {"insurance_pool": ("InsurancePool", "ProviderPosition")}
"""Read from the node when the API is down."""
FILE = Path("web/src/chain/generated/facts.json")
"""Where it lies in the repository."""


def facts(project: Project) -> dict[str, Any]:
    """The whole document; clusters without programs are left out."""
    return {
        "clusters": {
            name: {"programs": {each: cluster.programs[each] for each in PROGRAMS}, "mint": cluster.usdc_mint}
            for name, cluster in sorted(project.clusters.items())
            if all(cluster.programs.get(each) for each in PROGRAMS)
        },
        "seeds": seeds.BY_PROGRAM,
        "instructions": {program: _instructions(program) for program in PROGRAMS},
        "accounts": {program: _accounts(program, names) for program, names in ACCOUNTS.items()},
    }


def text(project: Project) -> str:
    """As it is written to the file."""
    return json.dumps(facts(project), separators=(",", ":")).replace('},"', '},\n"') + "\n"


def _instructions(program: str) -> dict[str, Any]:
    return {
        each.name: {"discriminator": discriminator.hex(), "args": each.args, "accounts": each.accounts}
        for discriminator, each in instructions_of(program).items()
    }


def _accounts(program: str, names: tuple[str, ...]) -> dict[str, Any]:
    by_name = {each["name"]: each for each in load_idl(program)["accounts"]}
    return {
        name: {
            "discriminator": sha256(f"account:{name}".encode()).digest()[:8].hex(),
            "fields": [[snake(field["name"]), field["type"]] for field in by_name[name]["type"]["fields"]],
        }
        for name in names
    }
