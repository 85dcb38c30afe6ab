"""`percosec config`: every setting with its source, and no secret."""

import json

import pytest

from offchain.chain.keys import dev_key
from tests.commands.terminal import Terminal
from tests.support.keys import User


def _settings(document: dict[str, list[dict[str, object]]]) -> dict[str, tuple[object, object]]:
    return {str(each["name"]): (each["value"], each["source"]) for each in document["settings"]}


def test_each_value_says_where_it_comes_from(
    terminal: Terminal, url: str, provider: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERCOSEC_KEEPER_CYCLE_MS", "250")
    found = _settings(terminal.json("config", "show", user=provider))
    assert found["cluster"] == ("localnet", "default")
    assert found["rpc"] == ([url], "PERCOSEC_RPC")
    assert found["ws"][1] == "derived from rpc"
    assert found["keypair"] == (str(terminal.key_file(provider)), "--keypair")
    assert found["keeper.cycle_ms"] == (250, "PERCOSEC_KEEPER_CYCLE_MS")
    assert found["keeper.dry_run"] == (False, "default")
    assert found["prices.pairs"][1] == "seahorse.toml"
    assert terminal.text("config", "show").count("\n") > 20


def test_config_alone_shows_them(terminal: Terminal) -> None:
    assert "keeper.cycle_ms" in terminal.text("config")
    assert terminal.json("config") == terminal.json("config", "show")
    assert "give options after the subcommand" in terminal.refused("config", "--cluster", "localnet", "check")


def test_secrets_stay_secret(terminal: Terminal, provider: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERCOSEC_RPC", "http://user:hunter2@127.0.0.1:8899/api-key-123?token=abc")
    monkeypatch.setenv("PERCOSEC_DATABASE", "postgresql://me:hunter2@db.example/percosec")
    secret = json.dumps(list(bytes(provider.pair)))
    for call in (("config",), ("config", "show", "--json"), ("config", "check", "--json")):
        printed = terminal.run(*call, user=provider) if "--json" in call else terminal.run(*call)
        for word in ("hunter2", "api-key-123", "token=abc", secret, str(provider.pair)):
            assert word not in printed.out + printed.err


def test_check_knows_the_key(terminal: Terminal, provider: User) -> None:
    document = terminal.json("config", "check", user=provider)
    assert document == {"ok": True, "cluster": "localnet", "key": str(provider.key)}
    assert "the settings are in order" in terminal.text("config", "check")


@pytest.mark.parametrize(
    ("variable", "value", "complaint"),
    [
        ("PERCOSEC_KEEPER_CYCLE", "5", "PERCOSEC_KEEPER_CYCLE is no setting"),
        ("PERCOSEC_KEEPER_CYCLE_MS", "fast", "PERCOSEC_KEEPER_CYCLE_MS must be an integer"),
        ("PERCOSEC_KEEPER_CYCLE_MS", "0", "must be"),
        ("PERCOSEC_KEEPER_DRY_RUN", "maybe", "PERCOSEC_KEEPER_DRY_RUN must be true or false"),
        ("PERCOSEC_CLUSTER", "moon", "no cluster 'moon'"),
        ("PERCOSEC_CLUSTER", "", "PERCOSEC_CLUSTER is empty"),
        ("PERCOSEC_CLUSTER", "mainnet", "is a local chain, the cluster is mainnet"),
        ("PERCOSEC_RPC", "127.0.0.1:8899", "is no URL"),
        ("PERCOSEC_RPC", "https://api.mainnet-beta.solana.com", "give --cluster mainnet"),
        ("PERCOSEC_RPC", "http://127.0.0.1:99999", "is no URL"),
        ("PERCOSEC_WS", "wss://api.devnet.solana.com", "is a node of devnet"),
        ("PERCOSEC_DATABASE", "mysql://db/x", "can't be used"),
        ("PERCOSEC_DATABASE", "file.db", "can't be used"),
        ("PERCOSEC_RCP", "http://127.0.0.1:8899", "PERCOSEC_RCP is no setting"),
        ("PERCOSEC_KEYPAIR", "/nowhere/key.json", "can't be read"),
    ],
)
def test_mistakes_are_one_line(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, complaint: str
) -> None:
    monkeypatch.setenv(variable, value)
    assert complaint in terminal.refused("config", "check")


def test_mainnet_needs_encryption_and_a_key_of_its_own(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = ("--cluster", "mainnet", "--rpc", "http://rpc.example")
    assert "is not encrypted: use https://" in terminal.refused("config", "check", *plain)
    worthless = dev_key("treasury")
    file = terminal.folder / "copy.json"
    file.write_text(json.dumps(list(bytes(worthless))))
    away = ("--cluster", "mainnet", "--rpc", "https://rpc.example", "--keypair", file)
    assert "public development key" in terminal.refused("config", "check", *away)
