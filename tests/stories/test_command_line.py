"""A chain from nothing to a paid claim by commands alone, and the verifier's word on all of it."""

import json
from pathlib import Path
from typing import Any

from scripts.pages.cli_plays import PAIR, fill_house
from scripts.pages.play import Stage, playing


def _json(stage: Stage, line: str, yes: bool = True) -> Any:
    return json.loads(stage.run(f"{line} --json", yes=yes)[1])


def test_from_an_empty_chain_to_a_paid_claim(tmp_path: Path) -> None:
    with playing(tmp_path) as stage:
        _play(stage)


def _play(stage: Stage) -> None:
    stage.run("deploy")
    for name in ("alice", "carol", "dave"):
        assert _json(stage, f"faucet --keypair {name}.json --usdc 60000", yes=False)["usdc"] == 60_000_000_000
    stage.pass_epochs(2, PAIR, "8000")
    stage.pass_epochs(1, PAIR, "8000")
    assert _json(stage, "doctor --keypair alice.json", yes=False)["ok"] is True
    deposited = _json(stage, "deposit BTC-PERP 50000 --keypair alice.json")["events"][0]
    assert deposited["minted"] == 50_000_000_000
    fill_house(stage)
    stage.pass_epochs(1, PAIR, "8000")
    opened = _json(stage, "trade open BTC-PERP long 10 --margin 5000 --keypair carol.json")["events"][-1]
    for _ in range(2):
        stage.chain.advance(61)
        stage.usd(PAIR, "6900")
    stage.run("crank BTC-PERP --keypair dave.json", yes=False)
    (claim,) = _json(stage, "claims list", yes=False)["claims"]
    loss = opened["notional"] - 10 * 6_900_000_000 - opened["margin"]
    assert claim["deficit"] == min(loss + 5_000_000, opened["margin"]), "the pool covers at most one initial margin"
    assert (claim["payout"], claim["fully_covered"]) == (claim["deficit"], True)
    pool = _json(stage, "pools show BTC-PERP", yes=False)
    assert pool["nav"] + claim["tiers"]["capital"] >= 50_000_000_000
    assert _json(stage, "positions --keypair carol.json", yes=False)["perps"] == []
    report = _json(stage, f"verify --rpc {stage.http}", yes=False)
    assert (report["ok"], report["problems"], len(report["claims"])) == (True, [], 1)
