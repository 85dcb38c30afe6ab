"""What the tables share: the names of their constraints and the types of their columns."""

from typing import Any

from sqlalchemy import JSON, BigInteger, Integer
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

BIG_ID = BigInteger().with_variant(Integer, "sqlite")
"""A row number; SQLite counts only columns of its own INTEGER type."""


def json_type() -> Any:
    """JSON on SQLite, JSONB on PostgreSQL; None is NULL. Integers in it are exact, no float belongs there."""
    return JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")


def json_field(**options: Any) -> Any:
    """A column of `json_type`."""
    return Field(sa_type=json_type(), **options)


def big_id() -> Any:
    """The primary key of a table whose rows are numbered by the database."""
    return Field(default=None, primary_key=True, sa_type=BIG_ID)


def big(**options: Any) -> Any:
    """An integer of 63 bits and a sign."""
    return Field(sa_type=BigInteger, **options)
