"""The settings tree: precedence, types, and combinations that could cost money."""

from pathlib import Path

import pytest

from offchain.settings.paths import DEV_ADMIN, DEV_KEYS
from offchain.settings.table import SettingsError
from offchain.settings.tree import read_settings, trace_settings

MAINNET = "https://api.mainnet-beta.solana.com"


def test_nothing_given_is_the_local_chain(tmp_path: Path) -> None:
    settings = read_settings({}, {"XDG_DATA_HOME": str(tmp_path)})
    assert settings.cluster == "localnet"
    assert settings.rpc_urls == ("http://127.0.0.1:8899",)
    assert settings.ws_url == "ws://127.0.0.1:8900"
    assert settings.keypair is None
    assert settings.database == f"sqlite:///{tmp_path}/percosec/localnet.db"
    assert not (tmp_path / "percosec").exists()


def test_flags_come_before_the_environment_before_the_file() -> None:
    environment = {
        "PERCOSEC_RPC": "http://127.0.0.1:1000, http://127.0.0.1:2000",
        "PERCOSEC_KEYPAIR": "~/key.json",
        "PERCOSEC_KEEPER_CYCLE_MS": "2_000",
        "PERCOSEC_KEEPER_DRY_RUN": "TRUE",
    }
    settings, sources = trace_settings({}, environment)
    assert settings.rpc_urls == ("http://127.0.0.1:1000", "http://127.0.0.1:2000")
    assert settings.ws_url == "ws://127.0.0.1:1001"
    assert settings.keypair == Path.home() / "key.json"
    assert (settings.keeper.cycle_ms, settings.keeper.dry_run) == (2_000, True)
    assert sources["keeper.cycle_ms"] == "PERCOSEC_KEEPER_CYCLE_MS"
    flags = {"rpc": ("http://localhost:7",), "keeper.cycle_ms": 500, "keeper.dry_run": None, "ws": None}
    settings, sources = trace_settings(flags, environment)
    assert settings.rpc_urls == ("http://localhost:7",) and sources["rpc"] == "--rpc"
    assert (settings.keeper.cycle_ms, sources["keeper.cycle_ms"]) == (500, "--cycle-ms")
    assert settings.keeper.dry_run is True


@pytest.mark.parametrize(
    ("url", "websocket"),
    [
        ("https://rpc.example/secret", "wss://rpc.example/secret"),
        ("https://rpc.example:8443", "wss://rpc.example:8444"),
        ("http://[::1]:8899", "ws://[::1]:8900"),
    ],
)
def test_websockets_follow_the_node(url: str, websocket: str) -> None:
    cluster = "localnet" if "::1" in url else "mainnet"
    assert read_settings({"cluster": cluster, "rpc": (url,)}, {}).ws_url == websocket


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        ({"cluster": "moon"}, "no cluster 'moon'"),
        ({"cluster": "mainnet", "rpc": ("http://127.0.0.1:8899",)}, "is a local chain, the cluster is mainnet"),
        ({"cluster": "devnet", "rpc": ("http://[::1]:8899",)}, "is a local chain, the cluster is devnet"),
        ({"cluster": "devnet", "rpc": ("http://localhost",)}, "is a local chain"),
        ({"rpc": (MAINNET,)}, "give --cluster mainnet"),
        ({"cluster": "devnet", "rpc": (MAINNET,)}, "give --cluster mainnet"),
        ({"cluster": "mainnet", "rpc": ("https://devnet.rpc.example",)}, "give --cluster devnet"),
        ({"cluster": "mainnet", "rpc": ("http://rpc.example",)}, "is not encrypted"),
        ({"cluster": "mainnet", "rpc": (MAINNET, "http://rpc.example")}, "is not encrypted"),
        ({"cluster": "mainnet", "rpc": (MAINNET,), "ws": "ws://127.0.0.1:8900"}, "PERCOSEC_WS"),
        ({"cluster": "mainnet", "rpc": (MAINNET,), "keypair": str(DEV_ADMIN)}, "public development key"),
        ({"cluster": "mainnet", "rpc": (MAINNET,), "keypair": str(DEV_KEYS / "x.json")}, "public development key"),
        ({"rpc": ("ftp://127.0.0.1",)}, "is no URL"),
        ({"rpc": ("http://",)}, "is no URL"),
        ({"rpc": ("http://127.0.0.1:0",)}, "is no URL"),
        ({"rpc": "not a list"}, "is no URL"),
        ({"rpc": (1,)}, "must be a list of strings"),
        ({"database": "mysql://host/db"}, "can't be used"),
        ({"keeper.cycle_ms": "5"}, "must be an integer, not '5'"),
        ({"keeper.cycle_ms": True}, "must be an integer, not True"),
        ({"keeper.dry_run": 1}, "must be true or false"),
    ],
)
def test_wrong_and_unsafe_settings_are_refused(flags: dict[str, object], complaint: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(flags, {})
    assert complaint in str(refused.value)


def test_refusals_show_no_secret() -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings({"cluster": "devnet", "rpc": ("https://me:pass@mainnet.rpc.example/key?api=abc",)}, {})
    for secret in ("pass", "key", "abc"):
        assert secret not in str(refused.value)


def test_a_link_to_a_development_key_is_one(tmp_path: Path) -> None:
    link = tmp_path / "mine.json"
    link.symlink_to(DEV_KEYS / "treasury.json")
    with pytest.raises(SettingsError, match="public development key"):
        read_settings({"cluster": "mainnet", "rpc": (MAINNET,), "keypair": str(link)}, {})
