"""seahorse.toml is read into typed settings, and every mistake in it is named by its key."""

import json
from pathlib import Path

import pytest
from solders.keypair import Keypair

from offchain.settings.paths import DEV_ADMIN, PROJECT_FILE
from offchain.settings.project import ADAPTERS, load_project, read_project
from offchain.settings.table import SettingsError

DEV_KEYS = DEV_ADMIN.parent / "dev_keys"
RISK = load_project().program_id("risk_engine")
ADMIN = load_project().cluster("localnet").admin
TEXT = PROJECT_FILE.read_text(encoding="utf-8")


def read(folder: Path, text: str) -> None:
    path = folder / "seahorse.toml"
    path.write_text(text, encoding="utf-8")
    read_project(path)


def changed(old: str, new: str) -> str:
    assert old in TEXT
    return TEXT.replace(old, new, 1)


def test_the_repository_has_five_programs_with_addresses_on_localnet() -> None:
    project = load_project()
    assert list(project.programs) == [
        "risk_engine",
        "premium_manager",
        "insurance_pool",
        "insolvency_handler",
        "demo_market",
    ]
    addresses = [project.program_id(name) for name in project.programs]
    assert len(set(addresses)) == 5
    assert project.profile("development").parameters.lock_min == 1
    assert project.profile("release").parameters.lock_min == 672
    assert project.profile("release").parameters.reserve_bps == (200, 400, 700, 1_200, 2_000)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("vest_epochs = 96\n", "", "parameters.vest_epochs is missing"),
        ("vest_epochs = 96\n", "vest_epochs = 96\nvest_epoch = 96\n", "parameters.vest_epoch is unknown"),
        ("vest_epochs = 96\n", 'vest_epochs = "96"\n', "parameters.vest_epochs must be an integer"),
        ("vest_epochs = 96\n", "vest_epochs = true\n", "parameters.vest_epochs must be an integer"),
        ("vest_epochs = 96\n", "vest_epochs = 96.0\n", "parameters.vest_epochs must be an integer"),
        ("vest_epochs = 96\n", "vest_epochs = -1\n", "parameters.vest_epochs must be an integer from 0 to 2"),
        (
            "vest_epochs = 96\n",
            "vest_epochs = 18446744073709551616\n",
            "parameters.vest_epochs must be an integer from",
        ),
        ("reserve_bps = [200, ", "reserve_bps = [", "parameters.reserve_bps must be a list of 5 integers"),
        ("reserve_bps = [200, ", 'reserve_bps = ["200", ', "parameters.reserve_bps must be an integer"),
        ("lock_min = 1\n", "lock_minimum = 1\n", "profiles.development.parameters.lock_minimum is unknown"),
        ("dev = false", "dev = 0", "profiles.release.dev must be true or false"),
        ('cluster = "mainnet"', 'cluster = "moon"', "profiles.release.cluster names the cluster 'moon'"),
        (f'admin = "{ADMIN}', f'admin = "0{ADMIN[1:]}', "clusters.localnet.admin is no base58 public key"),
        (f'risk_engine = "{RISK}', f'risk = "{RISK}', "clusters.localnet.programs.risk_engine is missing"),
        (f'risk_engine = "{RISK}', f'other = ""\nrisk_engine = "{RISK}', "clusters.localnet.programs.other is unknown"),
        ("divergence_bps = 200\n", "divergence_bps = 0\n", "oracles.divergence_bps must be an integer from 1 to 10000"),
        ("decimals_max = 12\n", "decimals = 12\n", "oracles.pyth.decimals is unknown"),
        ("min_samples = 2\n", "min_samples = 1\n", "oracles.switchboard.min_samples must be an integer from 2 to 32"),
        ("max_slots = 150\n", 'max_slots = "150"\n', "oracles.switchboard.max_slots must be an integer from 1"),
        ('devnet = "Aio4', 'testnet = "Aio4', "oracles.switchboard.programs.testnet is unknown"),
        ('receiver = "rec5EKMGg6MxZYaMdyBfgwp4d5rB9T1VQH5pJv5LtFJ"', 'receiver = ""', "oracles.pyth.receiver is empty"),
        ('pyth = "E7', 'python = ""\npyth = "E7', "clusters.localnet.adapters.python is unknown"),
        ('pyth = "E7', 'pyth = "0', "clusters.localnet.adapters.pyth is no base58 public key"),
        ('name = "percosec"', 'name = ""', "project.name is empty"),
        ('"risk_engine.activate_market"', '"engine.activate_market"', "cpi.calls holds 'engine.activate_market'"),
        ('"risk_engine.activate_market"', '"risk_engine"', "cpi.calls holds 'risk_engine'"),
        ('"risk_engine.activate_market"', '"risk_engine.update_reserve"', "cpi.calls names an instruction twice"),
        ('"risk_engine.activate_market"', "7", "cpi.calls must be a list of strings"),
        ("[tools]", "[tool]", "tools is missing"),
        ("[tools]", "[tools", "seahorse.toml is not valid TOML"),
    ],
)
def test_a_mistake_is_named_by_its_key(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(tmp_path, changed(old, new))
    assert str(refused.value).startswith(message)


def test_a_missing_file_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"seahorse\.toml can't be read .*run from a complete clone"):
        read_project(tmp_path / "seahorse.toml")


def test_unknown_names_and_unset_addresses_are_refused() -> None:
    project = load_project()
    with pytest.raises(SettingsError, match=r"no profile 'debug' .*choose one of release, development"):
        project.profile("debug")
    with pytest.raises(SettingsError, match=r"no cluster 'testnet' .*choose one of localnet, devnet, mainnet"):
        project.cluster("testnet")
    with pytest.raises(SettingsError, match=r"clusters\.mainnet\.programs\.risk_engine is not set"):
        project.program_id("risk_engine", "mainnet")
    with pytest.raises(SettingsError, match=r"clusters\.mainnet\.adapters\.pyth is not set"):
        project.adapter_id("pyth", "mainnet")


def test_an_oracles_slots_are_no_longer_than_a_prices_age() -> None:
    project = load_project()
    longest = project.profile("release").parameters.price_max_age
    assert project.oracles.switchboard.max_slots * 400 == longest * 1000


def test_each_adapter_has_an_address_on_localnet_that_its_development_key_opens() -> None:
    project = load_project()
    for oracle in ADAPTERS:
        secret = json.loads((DEV_KEYS / f"{oracle}_adapter.json").read_text(encoding="utf-8"))
        assert project.adapter_id(oracle) == str(Keypair.from_bytes(bytes(secret)).pubkey())


def test_the_development_admin_is_the_marked_public_key() -> None:
    key = json.loads(DEV_ADMIN.read_text(encoding="utf-8"))
    assert "PUBLIC" in key["warning"]
    assert "WORTHLESS" in key["warning"]
    admin = str(Keypair.from_bytes(bytes(key["secret_key"])).pubkey())
    assert admin == key["public_key"] == load_project().cluster("localnet").admin
    assert admin not in {load_project().cluster(name).admin for name in ("devnet", "mainnet")}
