"""`scripts/build_programs`, the command line of the build. Standard library only: it runs without an environment."""

import argparse
import sys
import time
from pathlib import Path

from offchain.build.adapters import NAMES, adapter_id, wanted, write_constants
from offchain.build.artifacts import Places, write_artifacts
from offchain.build.errors import BuildError
from offchain.build.extras import EXTRAS, workbench
from offchain.build.manifest import read_manifest
from offchain.build.program import build_program
from offchain.build.setup import install_tools
from offchain.build.stage import Target, write_generated
from offchain.build.toolchain import find_toolchain
from offchain.build.verify import differences, manifest_problems
from offchain.chain.codegen import main as write_event_classes
from offchain.errors import PercosecError
from offchain.settings.paths import PROGRAMS, ROOT
from offchain.settings.project import Profile, load_project

SAME, DIFFERENT, TOOLS_MOVED = 0, 1, 3


def main(arguments: list[str] | None = None) -> int:
    """Run the command; the exit code is 0 done or same, 1 failed or different, 3 tools moved on since the manifest."""
    options = _parser().parse_args(arguments)
    try:
        if options.setup:
            install_tools()
            return SAME
        target, places = _target(options)
        extras = list(EXTRAS) if _is_default(options) else []
        names = options.programs or [*target.project.programs, *wanted(target), *extras]
        for name in names:
            _refuse_unknown(target, name, extras)
        if options.verify_manifest:
            return _verify(target, places, extras)
        if options.check:
            return _check(target, places, names)
        return _build(target, places, names, _is_default(options))
    except PercosecError as error:
        return _fail(str(error))


def _refuse_unknown(target: Target, name: str, extras: list[str]) -> None:
    if name in NAMES:
        adapter_id(target, name)
    elif name not in extras:
        target.project.program_id(name)


def _is_default(options: argparse.Namespace) -> bool:
    return bool(options.profile == "development")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="build_programs", description="Build the programs of seahorse.toml.")
    parser.add_argument("programs", nargs="*", metavar="NAME", help="programs to build (default: all)")
    parser.add_argument("--profile", default="development", help="build profile of seahorse.toml (development)")
    parser.add_argument("--cluster", help="chain to build for (default: the profile's)")
    parser.add_argument("--check", action="store_true", help="rebuild aside and compare with the committed artifacts")
    parser.add_argument(
        "--verify-manifest", action="store_true", help="compare sources and artifacts with the manifest (no compiler)"
    )
    parser.add_argument("--setup", action="store_true", help="install the compilers (Debian 12, as root)")
    return parser


def _target(options: argparse.Namespace) -> tuple[Target, Places]:
    project = load_project()
    profile = project.profile(options.profile)
    cluster = options.cluster or profile.cluster
    _refuse_unsafe(profile, cluster)
    target = Target(project, profile, cluster, PROGRAMS)
    if profile.name == "development":
        return target, Places()
    out = PROGRAMS / "target" / f"{profile.name}-{cluster}"
    return target, Places(out, out / "clients")


def _refuse_unsafe(profile: Profile, cluster: str) -> None:
    project = load_project()
    admin = project.cluster(cluster).admin
    if not admin:
        raise BuildError(f"clusters.{cluster}.admin is not set in seahorse.toml: fill in the admin's public key")
    if not profile.dev and admin == project.cluster("localnet").admin:
        raise BuildError(f"clusters.{cluster}.admin is the public development key: a release needs a key of its own")
    if profile.dev and cluster == "mainnet":
        raise BuildError("a development build is not for mainnet: use --profile release")


def _build(target: Target, places: Places, names: list[str], is_default: bool) -> int:
    if is_default:
        write_generated(target)
        write_constants(target)
    tools = find_toolchain(target.project.tools)
    for name in names:
        start = time.monotonic()
        rust = PROGRAMS / "programs" / name / "src" if is_default and name in target.project.programs else None
        with workbench(target, places, name) as (own_target, own_places):
            built = build_program(own_target, tools, name, rust)
            write_artifacts(own_places, name, built.artifacts, built.entry)
        file = _shown(own_places.program(name))
        print(f"{name}: {len(built.artifacts.program)} bytes in {file} ({time.monotonic() - start:.1f} s)", flush=True)
    if is_default:
        write_event_classes()
    return SAME


def _verify(target: Target, places: Places, extras: list[str]) -> int:
    problems = manifest_problems(target, places, wanted(target))
    for name in extras:
        with workbench(target, places, name) as (own_target, own_places):
            problems += manifest_problems(own_target, own_places)
    for problem in problems:
        _fail(problem)
    if problems:
        return DIFFERENT
    fitting = ", ".join([f"{len(target.project.programs)} programs", *wanted(target), *extras])
    print(f"manifest: sources and artifacts of {fitting} fit")
    return SAME


def _check(target: Target, places: Places, names: list[str]) -> int:
    tools = find_toolchain(target.project.tools)
    moved, changed = set(), []
    for name in names:
        with workbench(target, places, name) as (own_target, own_places):
            entry = read_manifest(own_places.artifacts).get(name)
            if entry is None:
                raise BuildError(f"{name} is not in the manifest: run scripts/build_programs {name}")
            if entry.tools != tools.versions:
                moved.add(name)
            found = differences(own_places, name, entry, build_program(own_target, tools, name))
        print(f"{name}: {'differs' if found else 'identical'} after a rebuild", flush=True)
        changed += found
    if not changed:
        print("check: every committed artifact is byte-identical to a rebuild from source")
        return SAME
    if moved:
        print(f"check: the tools have moved on since the manifest ({', '.join(sorted(moved))}): now {tools.versions}")
        print("check: rebuild with scripts/build_programs and run the whole suite on the rebuilt artifacts")
        return TOOLS_MOVED
    for path in changed:
        _fail(f"{_shown(Path(path))} is not what its sources build: run scripts/build_programs and commit the result")
    return DIFFERENT


def _shown(path: Path) -> str:
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


def _fail(message: str) -> int:
    text = f"build_programs: {message}"
    print(f"\033[31m{text}\033[0m" if sys.stderr.isatty() else text, file=sys.stderr)
    return DIFFERENT
