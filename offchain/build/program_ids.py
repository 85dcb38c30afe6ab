"""`scripts/program_ids`: program keypairs whose fingerprints cost one try each.

A program recognises a peer by an address derived from the peer's id, and searching that address costs about 1 500
compute units a try. Which try succeeds depends on the ids alone, so ids are chosen for which it is always the first.
"""

import argparse
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path

from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.settings.project import ADAPTERS, adapter_name

FIRST_TRY = 255

# By storing program: what it recognises, alone or together.
FINGERPRINTS: dict[str, list[tuple[str, ...]]] = {
    "risk_engine": [
        ("premium_manager",),
        ("insurance_pool",),
        ("insolvency_handler",),
        ("demo_market",),
        ("premium_manager", "insurance_pool"),
    ],
    "premium_manager": [("insurance_pool",), ("risk_engine",)],
    "insurance_pool": [("risk_engine",), ("premium_manager",), ("insolvency_handler",), ("demo_market",)],
    "insolvency_handler": [("insurance_pool",), ("demo_market",)],
    "demo_market": [("risk_engine",), ("premium_manager",), ("insolvency_handler",)],
}


def slow_fingerprints(ids: Mapping[str, Pubkey]) -> list[str]:
    """Fingerprints and configs among these ids (program name -> id) that need more than one try."""
    slow = [name for name, key in ids.items() if Pubkey.find_program_address([b"config"], key)[1] != FIRST_TRY]
    for storing, peers in FINGERPRINTS.items():
        for group in peers:
            if storing in ids and all(peer in ids for peer in group):
                seeds = [b"peer", *(bytes(ids[peer]) for peer in group)]
                if Pubkey.find_program_address(seeds, ids[storing])[1] != FIRST_TRY:
                    slow.append(f"{storing} <- {'+'.join(group)}")
    return slow


def search() -> dict[str, Keypair]:
    """A keypair for each program, all fingerprints at the first try."""
    chosen: dict[str, Keypair] = {}
    for name in FINGERPRINTS:
        while True:
            candidate = {**chosen, name: Keypair()}
            if not slow_fingerprints({known: keypair.pubkey() for known, keypair in candidate.items()}):
                chosen = candidate
                break
    return chosen


def main() -> int:
    """Write NAME.json for each program and adapter to a new folder and print the lines for seahorse.toml."""
    parser = argparse.ArgumentParser(prog="scripts/program_ids", description="Make program keypairs for a cluster.")
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="new folder for the secret keypair files")
    folder: Path = parser.parse_args().folder
    try:
        folder.mkdir(parents=True, mode=0o700)
    except OSError as error:
        sys.exit(f"program_ids: {folder}: {error.strerror}: name a new folder, keys are never overwritten")
    print("[clusters.CLUSTER.programs]")
    for name, keypair in search().items():
        print(f'{name} = "{_write(folder, name, keypair)}"')
    print("\n[clusters.CLUSTER.adapters]")
    for oracle in ADAPTERS:
        print(f'{oracle} = "{_write(folder, adapter_name(oracle), Keypair())}"')
    return 0


def _write(folder: Path, name: str, keypair: Keypair) -> Pubkey:
    descriptor = os.open(folder / f"{name}.json", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        json.dump(list(bytes(keypair)), file)
    return keypair.pubkey()
