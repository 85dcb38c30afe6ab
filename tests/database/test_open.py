"""Opening and using a database: sessions, competing writers, and what is said when something is wrong."""

import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlmodel import select

from offchain.database.database import Database, open_database
from offchain.database.errors import DatabaseError
from offchain.database.tables.price_tally import PriceTally

LARGEST = 2**63 - 1


def test_what_is_committed_stays_and_what_is_not_goes(url: str) -> None:
    with open_database(url) as database, database.session() as session:
        session.add(PriceTally(source="a", pair="p", verdict="used", count=LARGEST, last_ms=-LARGEST))
        session.commit()
        session.add(PriceTally(source="b", pair="p", verdict="used", count=1, last_ms=1))
        session.flush()
    with open_database(url) as database, database.reading() as session:
        assert [(row.source, row.count, row.last_ms) for row in session.exec(select(PriceTally))] == [
            ("a", LARGEST, -LARGEST)
        ]


def test_writers_that_read_first_wait_for_each_other(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'percosec.db'}") as database:
        with database.session() as session:
            session.add(PriceTally(source="a", pair="p", verdict="used", count=0, last_ms=0))
            session.commit()
        threads = [Thread(target=_increment, args=(database, 25)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        with database.reading() as session:
            assert session.exec(select(PriceTally)).one().count == 100


def test_a_reader_does_not_wait_for_a_writer(tmp_path: Path) -> None:
    with open_database(f"sqlite:///{tmp_path / 'percosec.db'}") as database, database.session() as writer:
        writer.add(PriceTally(source="a", pair="p", verdict="used", count=0, last_ms=0))
        writer.flush()
        with database.reading() as reader:
            assert reader.exec(select(PriceTally)).all() == []


def test_sqlite_is_set_up_for_several_processes(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'deep' / 'percosec.db'}"
    with open_database(url) as database, database.engine.connect() as connection:
        asked = {name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in _PRAGMAS}
    assert asked == _PRAGMAS


_PRAGMAS = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 1, "busy_timeout": 15_000}


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("nonsense", "can't be read: write sqlite:///FILE"),
        ("", "can't be read: write sqlite:///FILE"),
        ("mysql://root:secret@host/name", "databases of the kind 'mysql' are not known: write sqlite"),
        ("sqlite://percosec.db", "two slashes where a file needs three"),
        ("sqlite://", "in memory would be empty for every command"),
        ("sqlite:///:memory:", "in memory would be empty for every command"),
        ("sqlite:///x.db?mode=ro", "takes no options"),
        ("postgresql://me:secret@localhost", "names no database"),
    ],
)
def test_a_wrong_address_is_explained_without_its_password(url: str, said: str) -> None:
    with pytest.raises(DatabaseError) as caught:
        open_database(url)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)


def test_a_server_that_is_not_there_is_named_without_its_password() -> None:
    with pytest.raises(DatabaseError, match="check the address, the user and that the server runs") as caught:
        open_database("postgresql://me:secret@127.0.0.1:1/percosec")
    assert "secret" not in str(caught.value)


def test_a_missing_postgres_database_is_named(postgres: str) -> None:
    with pytest.raises(DatabaseError, match='database "nowhere" does not exist'):
        open_database(postgres.format(name="nowhere"))


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "letter.db"
    path.write_text("Dear reader, this is a letter and no database at all. " * 50, encoding="utf-8")
    with pytest.raises(DatabaseError, match="not a database: the file is no SQLite database, choose another one"):
        open_database(f"sqlite:///{path}")


def test_another_programs_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "chain.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE chain (id INTEGER)")
    with pytest.raises(DatabaseError, match=r"another program's tables \(chain, \.\.\.\): choose another one"):
        open_database(f"sqlite:///{path}")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseError, match="check that the folder exists and may be written"):
        open_database(f"sqlite:///{tmp_path}")


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(DatabaseError, match=r"the folder .*file can't be made .*: choose another file"):
        open_database(f"sqlite:///{tmp_path / 'file' / 'percosec.db'}")


def test_a_file_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "percosec.db"
    open_database(f"sqlite:///{path}").close()
    tmp_path.chmod(0o755)
    path.chmod(0o444)
    done = _as_nobody(f"sqlite:///{path}")
    assert "make the file and its folder writable, or choose another one" in done, done


def _as_nobody(url: str) -> str:
    """Open for writing in a process whose user may not write the file (root may write everything)."""
    code = (
        "import os, sys\n"
        "from offchain.database.database import open_database\n"
        "from offchain.database.tables.price_tally import PriceTally\n"
        "if os.getuid() == 0: os.setgroups([]); os.setgid(65534); os.setuid(65534)\n"
        "try:\n"
        "    with open_database(sys.argv[1]).session() as session:\n"
        "        session.add(PriceTally(source='a', pair='p', verdict='used', count=0, last_ms=0))\n"
        "        session.commit()\n"
        "except Exception as error: print(type(error).__name__, error)\n"
    )
    for folder in Path(url.removeprefix("sqlite:///")).parents:
        if folder.name and os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            folder.chmod(folder.stat().st_mode | 0o055 if folder != Path("/tmp") else folder.stat().st_mode)
        if folder == Path("/tmp"):
            break
    done = subprocess.run([sys.executable, "-c", code, url], capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def _increment(database: Database, times: int) -> None:
    for _ in range(times):
        with database.session() as session:
            row = session.exec(select(PriceTally)).one()
            row.count += 1
            session.add(row)
            session.commit()
