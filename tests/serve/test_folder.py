"""The server's folder: one server at a time, and what forgetting forgets."""

import subprocess
import sys
from pathlib import Path

import pytest

from offchain.serve.errors import ServeError
from offchain.serve.folder import Folder, folder_of
from offchain.settings.paths import ROOT

HOLD = """
import sys, time
from pathlib import Path
from offchain.serve.folder import Folder
with Folder(Path(sys.argv[1])).held():
    print("held", flush=True)
    time.sleep(60)
"""


def test_where_it_is(tmp_path: Path) -> None:
    assert folder_of("", {"XDG_DATA_HOME": str(tmp_path)}).path == tmp_path / "percosec" / "serve"
    assert folder_of("", {}).path == Path.home() / ".local" / "share" / "percosec" / "serve"
    assert folder_of("~/x").path == Path.home() / "x"
    assert not (tmp_path / "percosec").exists()


def test_a_second_server_is_kept_out_until_the_first_is_gone_however_it_goes(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "serve")
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folder.path)], cwd=ROOT, stdout=subprocess.PIPE)
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(ServeError, match=r"another percosec serve uses .*: stop it, or choose"), folder.held():
            pass
        process.kill()
        process.wait()
    with folder.held():
        pass


def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(ServeError, match=r"can't be written .* choose another --data"),
        Folder(tmp_path / "file").held(),
    ):
        pass


def test_forgetting_leaves_what_is_not_the_chain_or_its_database(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    names = ["chain.sqlite", "chain.sqlite-journal", "percosec.db", "percosec.db-wal", "percosec.db-shm", "mine.txt"]
    for name in names:
        (tmp_path / name).write_text("")
    folder.clear()
    assert [found.name for found in tmp_path.iterdir()] == ["mine.txt"]
    folder.clear()
