"""The Rust adapters are built from their own sources and seahorse.toml, and every change without a build is noticed."""

import re
import shutil
import tomllib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from solders.pubkey import Pubkey

from offchain.build import adapters, command
from offchain.build.artifacts import Places
from offchain.build.errors import BuildError
from offchain.build.stage import Target
from offchain.build.verify import manifest_problems
from offchain.settings.paths import PROGRAMS, PROJECT_FILE
from offchain.settings.project import Project, load_project
from offchain.settings.table import SettingsError

NAME = "pyth_adapter"
CONSTANT = re.compile(r"^pub const (\w+): [^=]+ = (.*);$", re.MULTILINE)


def make_target(programs_dir: Path = PROGRAMS, profile: str = "development", cluster: str = "localnet") -> Target:
    project = load_project()
    return Target(project, project.profile(profile), cluster, programs_dir)


@pytest.fixture
def copied(tmp_path: Path) -> Target:
    """A target whose adapters a test may change; everything else is the repository's."""
    folder = tmp_path / "seahorse_programs"
    shutil.copytree(PROGRAMS / "adapters", folder / "adapters")
    for file in ("Anchor.toml", "Cargo.toml", "Cargo.lock"):
        shutil.copy(PROGRAMS / file, folder / file)
    return make_target(folder)


def problems(target: Target) -> list[str]:
    """Those of the adapters alone."""
    found = manifest_problems(target, Places(), adapters.NAMES)
    return [problem for problem in found if "adapter" in problem]


def constants(target: Target) -> dict[str, object]:
    """NAME -> number, or bytes for a key or a list of bytes."""
    found: dict[str, object] = {}
    for name, value in CONSTANT.findall(adapters.constants_text(target)):
        numbers = [int(number) for number in re.findall(r"-?\d+", value.partition("/*")[0])]
        found[name] = numbers[0] if len(numbers) == 1 else bytes(numbers)
    return found


def test_constants_say_what_the_project_file_says() -> None:
    document = tomllib.loads(PROJECT_FILE.read_text(encoding="utf-8"))
    oracles, parameters = document["oracles"], document["parameters"]
    found = constants(make_target())
    key = {
        name: str(Pubkey.from_bytes(value))
        for name, value in found.items()
        if isinstance(value, bytes) and len(value) == 32
    }
    assert key == {
        "RISK_ENGINE": document["clusters"]["localnet"]["programs"]["risk_engine"],
        "PYTH_RECEIVER": oracles["pyth"]["receiver"],
        "SWITCHBOARD_PROGRAM": oracles["switchboard"]["programs"]["localnet"],
    }
    discriminators = {"PUSH_PRICE": "global:push_price", "PYTH_UPDATE": "account:PriceUpdateV2"}
    discriminators["SWITCHBOARD_FEED"] = "account:PullFeedAccountData"
    for name, seed in discriminators.items():
        assert found[name] == sha256(seed.encode()).digest()[:8]
    numbers = {name: value for name, value in found.items() if isinstance(value, int)}
    assert numbers == {
        "PRICE_MAX": parameters["price_max"],
        "PRICE_MAX_AGE": parameters["price_max_age"],
        "CONF_REFUSE_BPS": parameters["conf_refuse_bps"],
        "DIVERGENCE_BPS": oracles["divergence_bps"],
        "PYTH_EXPONENT_MIN": -oracles["pyth"]["decimals_max"],
        "PYTH_EXPONENT_MAX": 0,
        "SWITCHBOARD_MIN_SAMPLES": oracles["switchboard"]["min_samples"],
        "SWITCHBOARD_MAX_SLOTS": oracles["switchboard"]["max_slots"],
    }


def test_each_cluster_trusts_its_own_switchboard() -> None:
    project = load_project()
    engine = {"risk_engine": project.program_id("risk_engine")}
    devnet = replace(project.cluster("devnet"), programs=engine)
    target = replace(make_target(cluster="devnet"), project=replace(project, clusters={"devnet": devnet}))
    program = Pubkey.from_bytes(bytes(constants(target)["SWITCHBOARD_PROGRAM"]))  # type: ignore[call-overload]
    assert str(program) == project.oracles.switchboard.programs["devnet"]


def test_the_committed_artifacts_are_those_of_the_sources() -> None:
    assert problems(make_target()) == []


def test_a_changed_source_is_noticed(copied: Target) -> None:
    source = copied.programs_dir / "adapters" / NAME / "src" / "rules.rs"
    source.write_text("// changed\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    assert problems(copied) == [f"{NAME}: its sources changed without its artifacts: run scripts/build_programs {NAME}"]


def test_a_changed_shared_source_concerns_both(copied: Target) -> None:
    (copied.programs_dir / "adapters" / "shared" / "new.rs").write_text("// new\n", encoding="utf-8")
    assert [problem.partition(":")[0] for problem in problems(copied)] == list(adapters.NAMES)


def test_changed_dependencies_are_noticed(copied: Target) -> None:
    manifest = copied.programs_dir / "adapters" / NAME / "Cargo.toml"
    manifest.write_text(manifest.read_text(encoding="utf-8") + "\n# changed\n", encoding="utf-8")
    assert problems(copied) == [
        f"{NAME}: Cargo.lock or Cargo.toml changed without its artifacts: run scripts/build_programs {NAME}"
    ]


def test_constants_changed_by_hand_are_noticed_and_put_right(copied: Target) -> None:
    file = copied.programs_dir / "adapters" / "shared" / adapters.CONSTANTS
    file.write_text("// changed\n", encoding="utf-8")
    assert problems(copied) == [f"{file} does not follow from seahorse.toml: run scripts/build_programs"]
    adapters.write_constants(copied)
    assert problems(copied) == []


def test_a_crate_is_put_together_for_its_cluster(copied: Target, tmp_path: Path) -> None:
    address = str(Pubkey.from_bytes(bytes([3]) * 32))
    cluster = replace(copied.project.cluster("localnet"), adapters={"pyth": address})
    other = replace(copied, cluster="elsewhere", project=_with_cluster(copied.project, "elsewhere", cluster))
    workspace = tmp_path / "workspace"
    workspace.mkdir()
    adapters.stage_adapter(other, NAME, workspace)
    crate = workspace / "programs" / NAME
    root = (crate / "src" / "lib.rs").read_text(encoding="utf-8")
    assert root.count(f'declare_id!("{address}")') == root.count("declare_id!") == 1
    assert (crate / "src" / "shared" / "pyth.rs").is_file()
    assert (crate / "Cargo.toml").is_file()


def test_a_wrong_declared_id_is_refused(copied: Target, tmp_path: Path) -> None:
    root = copied.programs_dir / "adapters" / NAME / "src" / "lib.rs"
    root.write_text(root.read_text(encoding="utf-8").replace("E7YN", "E8YN"), encoding="utf-8")
    with pytest.raises(BuildError, match="must declare E7YNdo2uQUET9PHKz9nVkrnvhV9VnZ1AHScPsYjpLY14"):
        adapters.stage_adapter(copied, NAME, tmp_path)


def test_missing_sources_are_named(tmp_path: Path) -> None:
    with pytest.raises(BuildError, match=r"pyth_adapter/src is missing: restore it from git"):
        adapters.sources(make_target(tmp_path), NAME)


def test_a_release_needs_the_address_of_each_adapter(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SettingsError, match=r"clusters\.mainnet\.adapters\.pyth is not set"):
        adapters.adapter_id(make_target(profile="release", cluster="mainnet"), NAME)
    assert command.main([NAME, "--cluster", "moon"]) == 1
    capsys.readouterr()


def test_an_adapter_without_an_address_is_not_for_that_cluster() -> None:
    assert adapters.wanted(make_target()) == list(adapters.NAMES)
    assert adapters.wanted(make_target(profile="release", cluster="mainnet")) == []


def _with_cluster(project: Project, name: str, cluster: object) -> Project:
    oracles = replace(project.oracles.switchboard, programs={**project.oracles.switchboard.programs, name: "1" * 32})
    clusters = {**project.clusters, name: cluster}
    return replace(project, clusters=clusters, oracles=replace(project.oracles, switchboard=oracles))  # type: ignore[arg-type]
