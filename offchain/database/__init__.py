"""The services' database: tables, migrations and sessions, on SQLite or PostgreSQL."""
