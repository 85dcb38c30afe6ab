"""The tables, one file each. All integers fit 63 bits, times are unix time; there are no floats."""

from importlib import import_module
from pkgutil import iter_modules

from sqlalchemy import MetaData
from sqlmodel import SQLModel


def metadata() -> MetaData:
    """The metadata of every table: imports each module of this package."""
    for found in iter_modules(__path__, f"{__name__}."):
        import_module(found.name)
    return SQLModel.metadata
