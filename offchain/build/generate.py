"""Seahorse modules that are written from `seahorse.toml`: constants and CPI discriminators."""

import hashlib

from offchain.settings.project import Cluster, Profile

HEADER = "# Written by scripts/build_programs from seahorse.toml: change that file, not this one.\n"


def params_module(profile: Profile, cluster: Cluster) -> str:
    """`lib/generated/params.py`: one plain constant for each parameter, `DEV` and `ADMIN`."""
    lines = [HEADER, "from seahorse.prelude import *\n\n"]
    lines.append(f"DEV = {profile.dev}\n")
    lines.append(f"ADMIN = '{cluster.admin}'\n")
    lines += [f"{name} = {value}\n" for name, value in profile.parameters.constants()]
    return "".join(lines)


def discriminator(name: str, kind: str = "global") -> bytes:
    """The 8 bytes that begin the data of an Anchor instruction, or of what else `kind` says, such as an account."""
    return hashlib.sha256(f"{kind}:{name}".encode()).digest()[:8]


def discriminators_module(calls: tuple[str, ...]) -> str:
    """`lib/generated/discriminators.py`: for each `program.instruction` a function that returns its first bytes."""
    lines = [HEADER, "from seahorse.prelude import *\n"]
    for call in calls:
        program, _, instruction = call.partition(".")
        data = ", ".join(str(byte) for byte in discriminator(instruction))
        lines.append(f"\n\ndef d_{program}_{instruction}() -> List[u8]:\n")
        lines.append(f"    data: List[u8] = [{data}]\n    return data\n")
    return "".join(lines)
