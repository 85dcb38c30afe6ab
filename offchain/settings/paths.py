"""Where things lie in the repository."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT_FILE = ROOT / "seahorse.toml"
PROGRAMS = ROOT / "seahorse_programs"
PROGRAMS_PY = PROGRAMS / "programs_py"
# Another folder plays other builds of the programs, such as a release or one with a mutant in it.
ARTIFACTS = Path(os.environ.get("PERCOSEC_ARTIFACTS") or PROGRAMS / "generated")
CLIENTS = ROOT / "offchain" / "chain" / "generated"
DEV_ADMIN = ROOT / "offchain" / "settings" / "dev_admin.json"
DEV_KEYS = ROOT / "offchain" / "settings" / "dev_keys"
