"""Built on Solana's own test validator: parsed inner instructions, real fees and rent, and its own accounts."""

from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import httpx
import pytest
from solders.signature import Signature

from offchain.chain.units import atoms
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator
from tests.conformance.legs import absence
from tests.support.building import Builder, Landing, builder_at, compare, sign
from tests.support.keys import User
from tests.support.patience import PATIENCE
from tests.support.remote import RemoteWorld

EPOCH_SECONDS = 6
TICKS_PER_SLOT = 16


@pytest.fixture(scope="module")
def world() -> Iterator[RemoteWorld]:
    """A world on a validator."""
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    with running_validator(project_programs(), admin(), ticks_per_slot=TICKS_PER_SLOT) as endpoints:
        found = RemoteWorld(endpoints.http, EPOCH_SECONDS)
        try:
            found.push_price()
            yield found
        finally:
            found.close()


@pytest.fixture
def api(world: RemoteWorld, tmp_path: Path) -> Iterator[Builder]:
    """The routes."""
    with builder_at(world, world.url, tmp_path) as builder:
        yield builder


def _send(api: Builder, built: Any, user: User) -> None:
    """Through the relay, until it is confirmed; then against what the validator recorded."""
    signed = sign(built["transaction"], user)
    answer = api.client.post("/v1/transactions/send", json={"transaction": _wire(signed)})
    assert answer.status_code == 202, answer.text
    where = f"transactions/{signed.signatures[0]}/confirmation"
    found: Any = {}
    deadline = monotonic() + PATIENCE
    while found.get("state") != "confirmed" and monotonic() < deadline:
        sleep(0.1)
        found = api.get(where, last_valid_block_height=built["lifetime"]["last_valid_block_height"])
        assert found["state"] in ("unknown", "processed", "confirmed"), found
    assert found["state"] == "confirmed"
    compare(built, _landing(api.url, signed.signatures[0]))


def _wire(transaction: Any) -> str:
    return b64encode(bytes(transaction)).decode()


def _landing(url: str, signature: Signature) -> Landing:
    options = {"commitment": "confirmed", "encoding": "json", "maxSupportedTransactionVersion": 0}
    request = {"jsonrpc": "2.0", "id": 1, "method": "getTransaction", "params": [str(signature), options]}
    answer = None
    while answer is None:
        answer = httpx.post(url, json=request, timeout=10).json()["result"]
    meta, keys = answer["meta"], answer["transaction"]["message"]["accountKeys"]
    assert meta["err"] is None
    sol = zip(keys, meta["preBalances"], meta["postBalances"], strict=True)
    before, after = _tokens(meta["preTokenBalances"], keys), _tokens(meta["postTokenBalances"], keys)
    tokens = {key: (before.get(key, 0), amount) for key, amount in after.items() if before.get(key, 0) != amount}
    lamports = {key: (then, now) for key, then, now in sol if then != now}
    created = {key for key, (then, _) in lamports.items() if then == 0}
    return Landing(meta["computeUnitsConsumed"], meta["fee"], tokens, lamports, created)


def _tokens(balances: list[Any], keys: list[str]) -> dict[str, int]:
    return {keys[one["accountIndex"]]: int(one["uiTokenAmount"]["amount"]) for one in balances}


def test_everything_a_user_can_build(world: RemoteWorld, api: Builder) -> None:
    """A market from nothing, its epoch, a deposit, and the way out, all signed as built."""
    creator = world.user(usdc="20000", name="api creator")
    terms = {"depth": str(atoms("5000000")), "lock_epochs": "1", "notice_epochs": "4"}
    plan = {"creator": str(creator.key), "feed": str(world.feed), "terms": terms, "stake": str(atoms("100"))}
    for _ in range(7):
        step = api.post("register-market", **plan)
        _send(api, step["built"], creator)
    assert api.refused("register-market", 409, **plan)[0] == "complete"
    market = step["market_id"]
    provider = world.user(usdc="5000", name="api provider")
    world.advance(epochs=1)
    world.push_price()
    _crank_until_scored(world, api, creator, market)
    entry = world.epoch
    built = api.post("deposit", provider=provider.key, market=market, amount=str(atoms("1000")), priority=1_000)
    _send(api, built, provider)
    body = {"provider": provider.key, "market": market, "entry_epoch": entry}
    _send(api, api.post("request-withdrawal", **body, amount=str(atoms("400"))), provider)
    _send(api, api.post("cancel-withdrawal", **body), provider)
    _send(api, api.post("request-withdrawal", **body), provider)
    assert api.refused("execute-withdrawal", **body)[0] == "E_NOTICE"
    world.advance(epochs=5)
    world.push_price()
    _crank_until_scored(world, api, creator, market)
    before = world.balance(provider)
    built = api.post("execute-withdrawal", **body)
    _send(api, built, provider)
    assert world.balance(provider) - before == int(built["summary"]["receives"]["amount"]) > atoms("990")


def _crank_until_scored(world: RemoteWorld, api: Builder, payer: User, market: str) -> None:
    """What is due, one by one, until the score is of this epoch."""
    for _ in range(8):
        listed = api.get(f"markets/{market}/cranks", payer=payer.key)["items"]
        wanted = [one for one in listed if one["duty"] in ("sync", "score") and one["possible"]]
        if wanted:
            _send(api, api.post("crank", payer=payer.key, market=market, job=wanted[0]["key"]), payer)
        if any(one["duty"] == "score" for one in wanted):
            return
        world.advance(epochs=1)
        world.push_price()
    raise AssertionError("no score came due")
