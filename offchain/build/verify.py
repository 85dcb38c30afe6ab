"""Comparing artifacts with their manifest (no compiler needed) and with a rebuild."""

from collections.abc import Collection

from offchain.build import adapters
from offchain.build.artifacts import Artifacts, Places, read_artifacts
from offchain.build.errors import BuildError
from offchain.build.manifest import Entry, read_manifest
from offchain.build.program import Built, cargo_hash
from offchain.build.sources import source_files, source_hash, texts_hash
from offchain.build.stage import Target, generated_modules


def manifest_problems(target: Target, places: Places, adapter_names: Collection[str] = ()) -> list[str]:
    """What in the work tree no longer fits the manifest, one sentence each; empty when all fits.

    The manifest lists the target's programs and the adapters named.
    """
    entries = read_manifest(places.artifacts)
    problems = [
        f"{target.programs_dir / 'programs_py' / file} does not follow from seahorse.toml: run scripts/build_programs"
        for file, text in generated_modules(target).items()
        if not _same_text(target, str(file), text)
    ]
    wanted = [*target.project.programs, *adapter_names]
    if adapter_names and not _same_constants(target):
        file = adapters.shared_folder(target) / adapters.CONSTANTS
        problems.append(f"{file} does not follow from seahorse.toml: run scripts/build_programs")
    for name in wanted:
        if name not in entries:
            problems.append(f"{name} is not in the manifest: run scripts/build_programs {name}")
        else:
            try:
                problems += _program_problems(target, places, name, entries[name])
            except BuildError as error:
                problems.append(str(error))
    unknown = [name for name in entries if name not in wanted]
    problems += [f"the manifest lists {name}, which seahorse.toml does not" for name in unknown]
    return problems


def _same_constants(target: Target) -> bool:
    path = adapters.shared_folder(target) / adapters.CONSTANTS
    return path.is_file() and path.read_text(encoding="utf-8") == adapters.constants_text(target)


def _same_text(target: Target, file: str, text: str) -> bool:
    path = target.programs_dir / "programs_py" / file
    return path.is_file() and path.read_text(encoding="utf-8") == text


def _program_problems(target: Target, places: Places, name: str, entry: Entry) -> list[str]:
    problems = []
    if (entry.profile, entry.cluster) != (target.profile.name, target.cluster):
        problems.append(
            f"{name} was built with profile {entry.profile} for {entry.cluster}: run scripts/build_programs {name}"
        )
    if _sources(target, name) != entry.sources:
        problems.append(f"{name}: its sources changed without its artifacts: run scripts/build_programs {name}")
    if cargo_hash(target.programs_dir, name) != entry.cargo:
        problems.append(
            f"{name}: Cargo.lock or Cargo.toml changed without its artifacts: run scripts/build_programs {name}"
        )
    found = read_artifacts(places, name).hashes()
    for kind, digest in entry.artifacts.items():
        if found[kind] != digest:
            problems.append(f"{_path(places, name, kind)} differs from the manifest: run scripts/build_programs {name}")
    return problems


def _sources(target: Target, name: str) -> str:
    if name in adapters.NAMES:
        return texts_hash(adapters.sources(target, name))
    programs_py = target.programs_dir / "programs_py"
    return source_hash(programs_py, source_files(programs_py, name))


def differences(places: Places, name: str, entry: Entry, built: Built) -> list[str]:
    """Which committed files differ from a rebuild, by path; the manifest is one when it names other sources."""
    committed = read_artifacts(places, name)
    kinds = built.artifacts.hashes()
    changed = [_path(places, name, kind) for kind, digest in committed.hashes().items() if digest != kinds[kind]]
    if (entry.sources, entry.cargo, entry.artifacts) != (built.entry.sources, built.entry.cargo, kinds):
        changed.append(str(places.artifacts / "manifest.json"))
    return changed + _client_files(places, name, committed, built.artifacts)


def _client_files(places: Places, name: str, committed: Artifacts, rebuilt: Artifacts) -> list[str]:
    files = sorted(committed.client.keys() | rebuilt.client.keys())
    return [
        str(places.clients / name / file) for file in files if committed.client.get(file) != rebuilt.client.get(file)
    ]


def _path(places: Places, name: str, kind: str) -> str:
    paths = {"program": places.program(name), "idl": places.idl(name), "client": places.clients / name}
    return str(paths[kind])
