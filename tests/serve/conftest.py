"""PostgreSQL for those who share a database."""

from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]
