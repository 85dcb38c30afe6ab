"""The `[live]` settings."""

import pytest

from offchain.settings.live import LiveSettings
from offchain.settings.tree import read_settings


def test_limits_have_defaults_and_can_be_set() -> None:
    assert read_settings(environment={}).live == LiveSettings()
    assert read_settings(environment={"PERCOSEC_LIVE_CLIENTS": "7"}).live.clients == 7


def test_settings_that_let_nothing_through_are_refused() -> None:
    with pytest.raises(ValueError, match="clients must be above 0"):
        LiveSettings(clients=0)
