"""The `[serve]` settings: defaults, and values that make no sense."""

import pytest

from offchain.settings.serve import ROLES, SERVICES, ServeSettings
from offchain.settings.table import SettingsError
from offchain.settings.tree import read_settings, trace_settings


def test_nothing_given_listens_on_this_machine_only() -> None:
    found = read_settings(environment={}).serve
    assert (found.host, found.roles, found.analytics) == ("127.0.0.1", (), "auto")
    assert set(SERVICES) < set(ROLES)


def test_flags_and_the_environment_are_read() -> None:
    environment = {"PERCOSEC_SERVE_ROLES": "indexer, api", "PERCOSEC_SERVE_PORT": "9000"}
    settings, sources = trace_settings({"serve.port": 9001}, environment)
    assert settings.serve.roles == ("indexer", "api") and sources["serve.roles"] == "PERCOSEC_SERVE_ROLES"
    assert settings.serve.port == 9001 and sources["serve.port"] == "--port"


@pytest.mark.parametrize(
    ("values", "complaint"),
    [
        ({"roles": ("indexer", "cook")}, "names 'cook': choose from market, indexer"),
        ({"roles": ("api", "api")}, "names a role twice"),
        ({"host": ""}, "host is empty"),
        ({"port": 70_000}, "port must be 0 .. 65535"),
        ({"chain_port": -1}, "chain_port must be 0 .. 65535"),
        ({"stop_seconds": 0}, "stop_seconds must be above 0"),
        ({"analytics": "yes"}, "choose one of auto, off, on, public"),
    ],
)
def test_nonsense_is_refused(values: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        ServeSettings(**values)  # type: ignore[arg-type]
    with pytest.raises(SettingsError, match=r"\[serve\]"):
        read_settings({f"serve.{name}": value for name, value in values.items()}, {})
