"""The markets of a cluster: what may be left out, and every mistake by its key."""

from pathlib import Path

import pytest

from offchain.settings.paths import PROJECT_FILE
from offchain.settings.project import Project, load_project, read_project
from offchain.settings.table import SettingsError

TEXT = PROJECT_FILE.read_text(encoding="utf-8")
NAME, SECOND = 'name = "BTC-PERP"', 'name = "BTC-20X"'


def read(folder: Path, old: str, new: str) -> Project:
    assert old in TEXT
    path = folder / "seahorse.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return read_project(path)


def test_localnet_has_a_market_on_a_feed_of_the_publisher() -> None:
    parameters = load_project().profile("development").parameters
    market = load_project().cluster("localnet").markets[0]
    assert (market.name, market.pair, market.source, market.source_number) == ("BTC-PERP", "BTC/USD", "publisher", 0)
    assert market.max_leverage == parameters.max_leverage_cap
    assert market.insolvency_threshold == parameters.threshold_default
    assert (market.lock_epochs, market.notice_epochs) == (parameters.lock_default, parameters.notice_default)
    assert market.performance_fee_bps == parameters.perf_fee_default_bps
    assert len(load_project().cluster("localnet").markets) == 2


def test_a_market_names_its_own_terms(tmp_path: Path) -> None:
    project = read(tmp_path, NAME, f"{NAME}\nlock_epochs = 700\nmaintenance_bps = 300")
    market = project.cluster("localnet").markets[0]
    assert (market.lock_epochs, market.maintenance_bps) == (700, 300)


def test_a_cluster_without_markets_has_none() -> None:
    assert load_project().cluster("mainnet").markets == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (NAME, f"{NAME}\nleverage = 1", r"clusters\.localnet\.markets\[0\]\.leverage is unknown"),
        (NAME, f'{NAME}\nlock_epochs = "1"', r"clusters\.localnet\.markets\[0\]\.lock_epochs must be an integer"),
        (NAME, f"{NAME}\nlock_epochs = -1", r"markets\[0\]\.lock_epochs must be an integer from 0"),
        (NAME, 'title = "BTC-PERP"', r"markets\[0\]\.title is unknown"),
        (SECOND, NAME, r"two markets of clusters\.localnet have the same name"),
        ("index = 1\n", "index = 0\n", r"two markets of clusters\.localnet have the same index"),
        ("index = 0\n", "", r"markets\[0\]\.index is missing"),
        (
            'source = "publisher"',
            'source = "chainlink"',
            r"markets\[0\]\.source is 'chainlink': choose one of publisher",
        ),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        read(tmp_path, old, new)


def test_markets_are_an_array_of_tables(tmp_path: Path) -> None:
    text = TEXT.replace('treasury = ""', 'treasury = ""\nmarkets = ["BTC-PERP"]', 1)
    path = tmp_path / "seahorse.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=r"write clusters\.devnet\.markets as \[\[clusters\.devnet\.markets\]\]"):
        read_project(path)
