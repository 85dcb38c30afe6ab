"""`percosec doctor`: each fault is found, named and answered with what to do."""

from pathlib import Path
from typing import Any

import pytest
from solders.account import Account

from offchain.chain.generated.insurance_pool.accounts import PoolConfig
from offchain.chain.generated.risk_engine.accounts import RiskConfig
from offchain.chain.keys import development_admin
from offchain.database.database import open_database
from offchain.deploy.loader_state import data_address
from tests.commands.terminal import Terminal
from tests.support.keys import User
from tests.support.world import World


def _of(document: dict[str, Any], area: str) -> list[dict[str, str]]:
    return [each for each in document["checks"] if each["area"] == area]


def _levels(document: dict[str, Any], area: str) -> set[str]:
    return {each["level"] for each in _of(document, area)}


def test_a_working_chain(world: World, terminal: Terminal, provider: User) -> None:
    document = terminal.json("doctor", user=provider)
    assert document["ok"] is True
    (node,) = _of(document, "node")
    assert node["level"] == "ok" and str(world.local.genesis_hash)[:8] in node["text"]
    ours = [each for each in _of(document, "programs") if "adapter" not in each["text"]]
    assert len(ours) == 5 and all("is the committed build" in each["text"] for each in ours)
    balances = [each["text"] for each in _of(document, "balance")]
    assert balances == ["100 SOL", "50,000.000000 USDC"]
    assert _levels(document, "feeds") == _levels(document, "markets") == {"ok"}
    assert "nothing fails" in terminal.text("doctor", user=provider)


def test_without_a_node(terminal: Terminal) -> None:
    document = terminal.json("doctor", "--rpc", "http://127.0.0.1:9", code=1)
    (node,) = _of(document, "node")
    assert node["level"] == "fail" and "can't be reached" in node["text"]
    assert "percosec localnet" in node["advice"]
    assert not _of(document, "programs")
    printed = terminal.run("doctor", "--rpc", "http://127.0.0.1:9")
    assert printed.code == 1 and "checks failed" in printed.out


def test_something_else_on_the_port(terminal: Terminal, url: str) -> None:
    document = terminal.json("doctor", "--rpc", f"{url}/nowhere", code=1)
    assert "does not speak JSON-RPC" in _of(document, "node")[0]["text"]


def test_a_foreign_program(world: World, terminal: Terminal) -> None:
    address = data_address(world.at.insurance_pool)
    account = world.chain.account(address)
    assert account is not None
    altered = bytearray(account.data)
    altered[-1] ^= 1
    world.local.set_account(address, Account(account.lamports, bytes(altered), account.owner, account.executable))
    document = terminal.json("doctor", code=1)
    (wrong,) = [each for each in _of(document, "programs") if each["level"] == "fail"]
    assert wrong["text"].startswith("insurance_pool on the chain (") and "is not the committed build" in wrong["text"]
    assert "percosec deploy" in wrong["advice"]


def test_a_missing_program_and_config(world: World, terminal: Terminal) -> None:
    world.local.set_account(data_address(world.at.demo_market), Account(0, b"", world.at.demo_market))
    world.local.set_account(world.at.handler_config, Account(0, b"", world.at.insolvency_handler))
    document = terminal.json("doctor", code=1)
    assert "demo_market is not at" in _fails(document, "programs")
    assert _fails(document, "configs") == "insolvency_handler is not configured"


def test_a_config_that_trusts_another_program(world: World, terminal: Terminal) -> None:
    world.edit(PoolConfig, world.at.pool_config, risk_program=world.keeper.key)
    document = terminal.json("doctor", code=1)
    assert f"insurance_pool trusts another risk_engine ({world.keeper.key})" == _fails(document, "configs")


def test_a_stop_of_the_guardian_is_a_warning(world: World, terminal: Terminal) -> None:
    world.edit(RiskConfig, world.at.risk_config, paused_until=world.now + 3600)
    document = terminal.json("doctor")
    assert any("is stopped by the guardian until" in each["text"] for each in _of(document, "configs"))


def test_old_prices_and_scores(world: World, terminal: Terminal) -> None:
    world.advance(61)
    feed = _of(terminal.json("doctor"), "feeds")[0]
    assert feed["level"] == "warn" and "1 minute 1 second old" in feed["text"]
    world.advance(epochs=3)
    document = terminal.json("doctor", code=1)
    assert "no score can be made" in _fails(document, "feeds")
    assert "its score is 3 epochs old" in _fails(document, "markets")


def test_keys_and_balances(world: World, terminal: Terminal, provider: User, tmp_path: Path) -> None:
    assert _levels(terminal.json("doctor"), "key") == {"warn"}
    assert _levels(terminal.json("doctor", "--keypair", tmp_path / "none.json", code=1), "key") == {"fail"}
    world.local.set_account(provider.key, Account(1_000_000, b"", world.local.account(provider.key).owner))
    poor = _of(terminal.json("doctor", user=provider), "balance")[0]
    assert poor["level"] == "warn" and poor["text"].startswith("0.001 SOL is too little")
    world.local.set_account(provider.key, Account(0, b"", world.at.risk_engine))
    assert "0 SOL is too little" in _fails(terminal.json("doctor", user=provider, code=1), "balance")


def test_databases(terminal: Terminal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "data" / "percosec" / "localnet.db"
    assert "is not there yet" in _of(terminal.json("doctor"), "database")[0]["text"]
    assert not file.exists()
    open_database(f"sqlite:///{file}").close()
    assert _levels(terminal.json("doctor"), "database") == {"ok"}
    other = tmp_path / "other.db"
    other.write_text("this is no database at all, only words", encoding="utf-8")
    monkeypatch.setenv("PERCOSEC_DATABASE", f"sqlite:///{other}")
    assert "not a database" in _fails(terminal.json("doctor", code=1), "database")
    monkeypatch.setenv("PERCOSEC_DATABASE", "postgresql://nobody:secret@127.0.0.1:9/none")
    failed = _fails(terminal.json("doctor", code=1), "database")
    assert "secret" not in failed and "refused" in failed


def test_the_clocks(terminal: Terminal) -> None:
    clock = _of(terminal.json("doctor"), "clock")[0]
    assert clock["level"] == "warn" and "behind this machine's" in clock["text"]


def test_the_development_admin_may_sign_here(terminal: Terminal, world: World) -> None:
    key = development_admin()
    admin = User("dev admin", key, key.pubkey(), world.admin.token)
    assert _levels(terminal.json("doctor", user=admin), "key") == {"ok"}


def _fails(document: dict[str, Any], area: str) -> str:
    (found,) = [each["text"] for each in _of(document, area) if each["level"] == "fail"]
    return found
