"""The process that verifies: requests as lines of JSON on standard input, answers on standard output.

It has no part of the index: it reads the chain by itself, through the verifier. It ends with its standard input.
"""

import json
import sys
from dataclasses import asdict
from typing import Any

from solders.pubkey import Pubkey

from offchain.settings.project import load_project
from offchain.verify.errors import VerifyError
from offchain.verify.follow import Follower, Verified
from offchain.verify.read.programs import Programs
from offchain.verify.replay.problems import Problem

MOST_OTHERS = 20
"""Differences elsewhere that one answer names."""


def main() -> None:
    """Serve until standard input ends. The first line says where: {"url": ..., "cluster": ...}."""
    place = json.loads(sys.stdin.readline())
    project = load_project()
    profile = next(one for one in project.profiles.values() if one.cluster == place["cluster"])
    follower = Follower(place["url"], Programs(place["cluster"]), profile.parameters)
    try:
        for line in sys.stdin:
            sys.stdout.write(json.dumps(answer(follower, json.loads(line))) + "\n")
            sys.stdout.flush()
    finally:
        follower.close()


def answer(follower: Follower, request: dict[str, Any]) -> dict[str, Any]:
    """{"progress": ...}, {"verified": ...} or {"error": sentence}."""
    try:
        progress = follower.catch_up(float(request["seconds"]))
        if progress.waiting:
            return {"progress": asdict(progress)}
        found = follower.verify(Pubkey.from_string(request["record"]))
    except VerifyError as error:
        return {"error": str(error)}
    return {"progress": asdict(progress)} if found is None else {"verified": document(found)}


def document(found: Verified) -> dict[str, Any]:
    """Everything as JSON: amounts in atoms as integers."""
    return {
        "claim": found.claim.to_json(),
        "record": {name: _plain(value) for name, value in found.record.items()},
        "differences": [_problem(one) for one in found.differences],
        "others": [_problem(one) for one in found.others[:MOST_OTHERS]],
        "others_in_all": len(found.others),
        "signatures": found.signatures,
        "replayed": found.replayed,
        "slot": found.slot,
        "final": found.final,
    }


def _problem(problem: Problem) -> dict[str, str]:
    return {"place": problem.place, "expected": problem.expected, "found": problem.found}


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | int) else str(value)


if __name__ == "__main__":
    main()
