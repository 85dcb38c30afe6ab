"""Programs that only tests deploy: built, recorded and checked like the others, but no part of a deployment.

An extra has a folder with its root file and `generated/`. It imports `lib` like any program, and takes its crate from a
program of the project, so that it has the same dependencies and flags.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from offchain.build.artifacts import Places
from offchain.build.sources import declared_id
from offchain.build.stage import Target
from offchain.settings.paths import ROOT
from offchain.settings.project import Program

EXTRAS = {"hostile_engine": ROOT / "tests" / "attacks" / "hostile_engine"}
"""Name -> folder."""
MODEL = "demo_market"
"""The program whose crate an extra takes."""


def extra_places(name: str) -> Places:
    """Where the artifacts of an extra lie."""
    generated = EXTRAS[name] / "generated"
    return Places(generated, generated / "client")


@contextmanager
def workbench(target: Target, places: Places, name: str) -> Iterator[tuple[Target, Places]]:
    """Target and places of one program: those given, and for an extra a project of its own in a temporary folder."""
    if name not in EXTRAS:
        yield target, places
        return
    with tempfile.TemporaryDirectory(prefix="percosec-extra-") as folder:
        yield _extra_target(target, name, Path(folder)), extra_places(name)


def _extra_target(target: Target, name: str, home: Path) -> Target:
    source = EXTRAS[name] / f"{name}.py"
    own = target.programs_dir
    shutil.copytree(own / "programs_py" / "lib", home / "programs_py" / "lib")
    shutil.copy(source, home / "programs_py" / source.name)
    for shared in ("Anchor.toml", "Cargo.toml"):
        shutil.copy(own / shared, home / shared)
    crate = Path("programs") / name / "Cargo.toml"
    (home / crate).parent.mkdir(parents=True)
    renamed = {home / "Cargo.lock": own / "Cargo.lock", home / crate: own / "programs" / MODEL / crate.name}
    for copy, model in renamed.items():
        text = model.read_text(encoding="utf-8")
        copy.write_text(text.replace(f'name = "{MODEL}"', f'name = "{name}"'), encoding="utf-8")
    address = declared_id(source.read_text(encoding="utf-8"), source)
    cluster = replace(target.project.cluster("localnet"), programs={name: address})
    program = Program(name, str(source.relative_to(ROOT)), "only for tests")
    project = replace(target.project, programs={name: program}, clusters={"localnet": cluster})
    return replace(target, project=project, cluster="localnet", programs_dir=home)
