"""Run by Alembic, on the connection and in the transaction of `offchain.database.migrate`."""

from alembic import context

from offchain.database.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata(),
    version_table="percosec_version",
    transactional_ddl=True,  # SQLite's own default in Alembic is off, for drivers that commit before each DDL statement
    render_as_batch=True,
)
context.run_migrations()
