"""Bringing a database to the newest tables; several processes may try at once."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from offchain.database.errors import DatabaseError
from offchain.database.tables import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
VERSION_TABLE = "percosec_version"
_LOCK = 0x50435343
"""PostgreSQL advisory lock of whoever migrates."""


def migrate(engine: Engine, target: str = "head") -> None:
    """Apply what is missing, in one transaction; DatabaseError when the database is newer than this code or foreign."""
    scripts = ScriptDirectory.from_config(_config())
    wanted = scripts.get_current_head() if target == "head" else target
    with _looking(engine) as connection:
        if _checked(connection, scripts) == wanted:
            return
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        if _checked(connection, scripts) != wanted:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, target)


def revisions() -> list[str]:
    """All revisions, oldest first."""
    return [script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()][::-1]


def _looking(engine: Engine) -> Connection:
    """Sees one moment: not the version from before another process's migration, and the tables from after it."""
    options: dict[str, str] = {"percosec_begin": "DEFERRED"}
    if engine.dialect.name == "postgresql":
        options["isolation_level"] = "REPEATABLE READ"
    return engine.connect().execution_options(**options)


def _checked(connection: Connection, scripts: ScriptDirectory) -> str | None:
    """The database's revision, None when it is empty."""
    current = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    if current is None:
        _refuse_foreign(connection)
    elif current not in {script.revision for script in scripts.walk_revisions()}:
        raise DatabaseError(
            f"the database was written by a newer version of percosec (its tables are {current!r}): "
            "update percosec, or choose another database"
        )
    return current


def _refuse_foreign(connection: Connection) -> None:
    tables = set(inspect(connection).get_table_names())
    # A PostgreSQL database may be shared; a file belongs to one program.
    foreign = tables if connection.dialect.name == "sqlite" else tables & set(metadata().tables)
    if foreign - {VERSION_TABLE}:
        raise DatabaseError(f"the database holds another program's tables ({min(foreign)}, ...): choose another one")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
