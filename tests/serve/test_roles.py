"""Which roles a process gets, and what is refused before anything starts."""

import json
from pathlib import Path

import pytest
from solders.keypair import Keypair

from offchain.serve.errors import ServeError
from offchain.serve.roles import check, roles_of, shows_analytics
from offchain.settings.serve import ROLES, SERVICES
from offchain.settings.tree import Settings, Sources, trace_settings

POSTGRES = "postgresql://percosec@db/percosec"
DEVNET = {"cluster": "devnet", "rpc": ("https://devnet.rpc.example",)}


def _settings(flags: dict[str, object]) -> tuple[Settings, Sources]:
    return trace_settings({"database": "sqlite:///x.db", **flags}, {})


@pytest.mark.parametrize(
    ("flags", "roles"),
    [
        ({}, ROLES),
        ({"rpc": ("http://127.0.0.1:8899",)}, SERVICES),
        (DEVNET, SERVICES),
        ({"serve.roles": ("api", "indexer")}, ("indexer", "api")),
    ],
)
def test_nothing_given_is_everything_that_fits_the_chain(flags: dict[str, object], roles: tuple[str, ...]) -> None:
    assert roles_of(*_settings(flags)) == roles


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        ({**DEVNET, "serve.roles": ("market",)}, "role market is a local chain, the cluster is devnet"),
        ({"rpc": ("http://127.0.0.1:1",), "serve.roles": ROLES}, "and --rpc .* names another"),
        (
            DEVNET,
            r"needs a key with some SOL on devnet: give --keypair FILE, or .* --roles indexer,processor,prices,api",
        ),
        ({**DEVNET, "serve.roles": ("keeper",)}, "give --keypair FILE$"),
        ({"serve.roles": ("api",)}, "api without indexer means several processes, and an SQLite file is for one"),
        ({"serve.roles": ("indexer", "prices")}, "indexer without api .* PERCOSEC_DATABASE=postgresql"),
        ({"serve.roles": ("prices",)}, "prices without indexer"),
        ({"serve.analytics": "on", "serve.host": "0.0.0.0"}, "can be reached from elsewhere, and /analytics"),
    ],
)
def test_unsafe_combinations_are_refused(flags: dict[str, object], complaint: str) -> None:
    settings, sources = _settings(flags)
    with pytest.raises(ServeError, match=complaint):
        check(settings, roles_of(settings, sources), sources)


def test_what_fits_is_let_through(tmp_path: Path) -> None:
    key = tmp_path / "keeper.json"
    key.write_text(json.dumps(list(bytes(Keypair()))))
    for flags in (
        {},
        {"rpc": ("http://127.0.0.1:8899",), "serve.roles": ("keeper",)},
        {**DEVNET, "keypair": str(key)},
        {**DEVNET, "serve.roles": ("indexer", "api")},
        {**DEVNET, "serve.roles": ("api",), "database": POSTGRES, "serve.host": "0.0.0.0"},
        {"serve.roles": ("market",), "database": POSTGRES},
    ):
        settings, sources = _settings(flags)
        check(settings, roles_of(settings, sources), sources)


@pytest.mark.parametrize(
    ("choice", "host", "shown"),
    [
        ("auto", "127.0.0.1", True),
        ("auto", "::1", True),
        ("auto", "0.0.0.0", False),
        ("auto", "192.0.2.1", False),
        ("off", "127.0.0.1", False),
        ("on", "127.0.0.1", True),
        ("public", "0.0.0.0", True),
    ],
)
def test_the_teams_pages_are_off_where_others_could_see_them(choice: str, host: str, shown: bool) -> None:
    assert shows_analytics(_settings({"serve.analytics": choice, "serve.host": host})[0]) is shown
