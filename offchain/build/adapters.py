"""The oracle adapters: hand-written Anchor programs in Rust, because Seahorse can't read a foreign account.

`seahorse_programs/adapters` holds a crate for each and what they share. A build puts both together in one crate, so
that Anchor's IDL sees the shared errors and types too; constants come from seahorse.toml.
"""

import re
import shutil
from pathlib import Path

from offchain.base58 import from_base58
from offchain.build.errors import BuildError
from offchain.build.generate import discriminator
from offchain.build.sources import texts_hash
from offchain.build.stage import Target
from offchain.settings.oracles import OracleSettings
from offchain.settings.parameters import Parameters
from offchain.settings.project import ADAPTERS, adapter_name

NAMES = {adapter_name(oracle): oracle for oracle in ADAPTERS}
"""Program name -> the oracle it reads."""
CONSTANTS = Path("generated/constants.rs")
"""Below the shared folder."""
HEADER = "// Written by scripts/build_programs from seahorse.toml: change that file, not this one.\n\n"
DECLARED_ID = re.compile(r'^declare_id!\("([^"]*)"\);', re.MULTILINE)


def adapter_id(target: Target, name: str) -> str:
    """The address of an adapter on the target's cluster; SettingsError where it is not set."""
    return target.project.adapter_id(NAMES[name], target.cluster)


def wanted(target: Target) -> list[str]:
    """The adapters that have an address on the target's cluster: the others are not for it."""
    found = target.project.cluster(target.cluster).adapters
    return [name for name, oracle in NAMES.items() if found[oracle]]


def constants_text(target: Target) -> str:
    """`shared/generated/constants.rs` for a target."""
    engine = target.project.program_id("risk_engine", target.cluster)
    values = {
        "RISK_ENGINE: Pubkey": _key(engine),
        "PUSH_PRICE: [u8; 8]": _bytes(discriminator("push_price")),
        **_bounds(target.profile.parameters, target.project.oracles),
        **_oracles(target.project.oracles, target.cluster),
    }
    lines = [f"pub const {name} = {value};\n" for name, value in values.items()]
    return HEADER + "use anchor_lang::prelude::Pubkey;\n\n" + "".join(lines)


def shared_folder(target: Target) -> Path:
    """What the adapters share, in the work tree."""
    return target.programs_dir / "adapters" / "shared"


def write_constants(target: Target) -> None:
    """Bring the work tree's constants up to date; untouched when they are."""
    path, text = shared_folder(target) / CONSTANTS, constants_text(target)
    if not path.is_file() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def sources(target: Target, name: str) -> dict[Path, str]:
    """The files of an adapter's crate as its localnet build has them: path inside `src` -> text."""
    own, shared = target.programs_dir / "adapters" / name / "src", shared_folder(target)
    if not own.is_dir():
        raise BuildError(f"{own} is missing: restore it from git")
    files = {file.relative_to(own): _read(file) for file in own.rglob("*.rs")}
    files |= {Path("shared") / file.relative_to(shared): _read(file) for file in shared.rglob("*.rs")}
    files[Path("shared") / CONSTANTS] = constants_text(target)
    return files


def stage_adapter(target: Target, name: str, workspace: Path) -> str:
    """Fill `workspace` with an adapter's crate and nothing else; returns the hash of its sources."""
    files = sources(target, name)
    root = Path("lib.rs")
    declared = DECLARED_ID.search(files[root])
    expected = target.project.adapter_id(NAMES[name], "localnet")
    if declared is None or declared[1] != expected:
        raise BuildError(f"{name}/src/lib.rs must declare {expected}, as seahorse.toml says: correct declare_id!")
    digest = texts_hash(files)
    files[root] = DECLARED_ID.sub(f'declare_id!("{adapter_id(target, name)}");', files[root], count=1)
    crate = workspace / "programs" / name
    for file, text in files.items():
        copy = crate / "src" / file
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_text(text, encoding="utf-8")
    shutil.copy(target.programs_dir / "adapters" / name / "Cargo.toml", crate / "Cargo.toml")
    for common in ("Anchor.toml", "Cargo.toml", "Cargo.lock"):
        shutil.copy(target.programs_dir / common, workspace / common)
    return digest


def _bounds(parameters: Parameters, oracles: OracleSettings) -> dict[str, str]:
    return {
        "PRICE_MAX: u64": str(parameters.price_max),
        "PRICE_MAX_AGE: i64": str(parameters.price_max_age),
        "CONF_REFUSE_BPS: u128": str(parameters.conf_refuse_bps),
        "DIVERGENCE_BPS: u128": str(oracles.divergence_bps),
    }


def _oracles(oracles: OracleSettings, cluster: str) -> dict[str, str]:
    return {
        "PYTH_RECEIVER: Pubkey": _key(oracles.pyth.receiver),
        "PYTH_UPDATE: [u8; 8]": _bytes(discriminator("PriceUpdateV2", "account")),
        "PYTH_EXPONENT_MIN: i32": str(-oracles.pyth.decimals_max),
        "PYTH_EXPONENT_MAX: i32": "0",
        "SWITCHBOARD_PROGRAM: Pubkey": _key(oracles.switchboard.programs[cluster]),
        "SWITCHBOARD_FEED: [u8; 8]": _bytes(discriminator("PullFeedAccountData", "account")),
        "SWITCHBOARD_MIN_SAMPLES: u8": str(oracles.switchboard.min_samples),
        "SWITCHBOARD_MAX_SLOTS: u64": str(oracles.switchboard.max_slots),
    }


def _key(address: str) -> str:
    """An address as a constant expression; anchor-lang's own macro for it does not work outside of solana-program."""
    return f"Pubkey::new_from_array({_bytes(from_base58(address))}) /* {address} */"


def _bytes(data: bytes) -> str:
    return f"[{', '.join(str(byte) for byte in data)}]"


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
