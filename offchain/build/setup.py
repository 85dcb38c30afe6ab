"""`scripts/build_programs --setup`: install the compilers that building from source needs."""

import shutil
import subprocess
import sys
from pathlib import Path

from offchain.build.errors import BuildError
from offchain.build.manifest import file_hash
from offchain.build.toolchain import tools_folder
from offchain.settings.paths import PROGRAMS


def install_tools() -> None:
    """Install what is missing: Debian packages, Seahorse, Anchor, the client generator; a second run does nothing."""
    step = [str(PROGRAMS / "sbf" / "setup")]
    if subprocess.run(step, check=False).returncode != 0:
        raise BuildError("installing the compilers failed, see above: on Debian 12, as root, with a network, try again")
    _install_client_generator(tools_folder() / "client-gen", PROGRAMS / "client-gen.lock")
    print(f"the compilers are in {tools_folder()}; scripts/build_programs finds them there")


def _install_client_generator(folder: Path, lock: Path) -> None:
    stamp, wanted = folder / "lock.sha256", file_hash(lock.read_bytes())
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    shutil.rmtree(folder, ignore_errors=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes", "-r", str(lock)]
    for command in ([sys.executable, "-m", "venv", str(folder)], pip):
        if subprocess.run(command, check=False).returncode != 0:
            raise BuildError(f"{' '.join(command)} failed: check the network and try again")
    stamp.write_text(wanted, encoding="utf-8")
