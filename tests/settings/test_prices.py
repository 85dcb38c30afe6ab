"""The `[prices]` settings: what the project's own file says, and values that make no sense."""

import pytest

from offchain.chain.oracles.feed_ids import pyth_feed
from offchain.prices.sources.configured import recording_path
from offchain.settings.prices import PriceSettings
from offchain.settings.table import SettingsError
from offchain.settings.tree import read_settings


def test_the_projects_pairs_have_usable_names() -> None:
    settings = read_settings(environment={}).prices
    assert {"BTC/USD", "ETH/USD"} <= set(settings.pairs)
    for pair in settings.pairs.values():
        assert len(bytes(pyth_feed(pair.pyth))) == 32
        assert pair.binance.isupper()
        if pair.recording:
            assert recording_path(pair.recording).is_file()


def test_the_sources_follow_the_cluster_unless_they_are_named() -> None:
    assert PriceSettings().sources_on("localnet") == ("recording",)
    assert PriceSettings().sources_on("mainnet") == ("pyth", "binance")
    assert PriceSettings(sources=("binance",)).sources_on("localnet") == ("binance",)


@pytest.mark.parametrize(
    ("clock", "cluster", "chain"),
    [
        ("auto", "localnet", True),
        ("auto", "devnet", False),
        ("system", "localnet", False),
        ("chain", "devnet", True),
    ],
)
def test_whose_clock_counts(clock: str, cluster: str, chain: bool) -> None:
    assert PriceSettings(clock=clock).uses_chain_clock(cluster) is chain


def test_the_environment_wins() -> None:
    found = read_settings(environment={"PERCOSEC_PRICES_SOURCES": "binance, pyth", "PERCOSEC_PRICES_KEEP_HOURS": "1"})
    assert (found.prices.sources, found.prices.keep_hours) == (("binance", "pyth"), 1)


@pytest.mark.parametrize(
    "variable",
    ["CAPTURE_MS", "MAX_AGE", "WILD_BPS", "CONFIRM_SECONDS", "FAIL_AFTER", "KEEP_HOURS", "PUSH_SECONDS", "PUSH_BPS"],
)
def test_nothing_of_it_can_be_zero(variable: str) -> None:
    with pytest.raises(SettingsError, match=f"{variable.lower()} must be above 0, not 0"):
        read_settings(environment={f"PERCOSEC_PRICES_{variable}": "0"})


def test_pairs_stand_in_the_file_alone() -> None:
    with pytest.raises(SettingsError, match="PERCOSEC_PRICES_PAIRS can't be set in the environment"):
        read_settings(environment={"PERCOSEC_PRICES_PAIRS": "BTC/USD"})
