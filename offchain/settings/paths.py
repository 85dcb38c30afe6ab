"""Where things lie in the repository."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROJECT_FILE = ROOT / "seahorse.toml"
PROGRAMS = ROOT / "seahorse_programs"
PROGRAMS_PY = PROGRAMS / "programs_py"
ARTIFACTS = PROGRAMS / "generated"
CLIENTS = ROOT / "offchain" / "chain" / "generated"
DEV_ADMIN = ROOT / "offchain" / "settings" / "dev_admin.json"
