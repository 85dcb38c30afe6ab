"""Where a chain's state lies when its user names a folder."""

from pathlib import Path

from offchain.localnet.errors import LocalnetError

NAME = "chain.sqlite"


def state_file(path: Path) -> Path:
    """`path` itself if it is or looks like a file, else the state file in the folder `path`."""
    return path / NAME if path.is_dir() or (not path.suffix and not path.exists()) else path


def existing_state(path: Path) -> Path:
    """The same, for reading only. Raises LocalnetError if there is none."""
    found = state_file(path)
    if not found.is_file():
        raise LocalnetError(f"{found} does not exist: name the state that a local chain or `demo --keep` left")
    return found
