"""One section of the settings as a frozen dataclass, each value from the first of: flag, environment, file, default."""

import re
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from offchain.settings.table import SettingsError, Table

T = TypeVar("T")
INTEGER = re.compile(r"-?[0-9][0-9_]*")
FLAGS = {"true": True, "false": False}
FILE, DEFAULT = "seahorse.toml", "default"


def read_section(
    kind: type[T],
    table: Table,
    environment: Mapping[str, str],
    prefix: str,
    flags: Mapping[str, object],
) -> T:
    """Fill the dataclass `kind`, see `trace_section`."""
    return trace_section(kind, table, environment, prefix, flags)[0]


def trace_section(
    kind: type[T],
    table: Table,
    environment: Mapping[str, str],
    prefix: str,
    flags: Mapping[str, object],
) -> tuple[T, dict[str, str]]:
    """The section, and for each field where its value comes from: `--flag`, a variable's name, a file or `default`.

    Fields are int, bool, str or tuple[str, ...], each optional with None; `dict[str, D]` of a dataclass D takes
    sub-tables of the file. Environment variables are `prefix` + FIELD; flags that are None count as not given.
    SettingsError names the key and its source when a value is missing, unknown or of another type.
    """
    known = {field.name: field for field in fields(kind)}  # type: ignore[arg-type]
    table.refuse_others(known)
    _refuse_unknown(known, environment, prefix)
    hints = get_type_hints(kind)
    values, sources = {}, {}
    for name, field in known.items():
        values[name], sources[name] = _value(field, hints[name], table, environment, prefix, flags)
    try:
        return kind(**values), sources
    except ValueError as error:
        raise SettingsError(f"[{table.path}] {error}") from error


def _value(
    field: "Field[Any]",
    hint: Any,
    table: Table,
    environment: Mapping[str, str],
    prefix: str,
    flags: Mapping[str, object],
) -> tuple[Any, str]:
    name, variable = field.name, prefix + field.name.upper()
    if flags.get(name) is not None:
        flag = "--" + name.replace("_", "-")
        return exact(flags[name], hint, flag), flag
    if variable in environment:
        return parse(environment[variable], hint, variable), variable
    if name in table.values:
        key = f"{table.key(name)} in {FILE}"
        return _from_file(table, name, hint, key), FILE
    if field.default is not MISSING:
        return field.default, DEFAULT
    if field.default_factory is not MISSING:
        return field.default_factory(), DEFAULT
    raise SettingsError(f"{table.key(name)} is missing: write it into {FILE} or set {variable}")


def _from_file(table: Table, name: str, hint: Any, key: str) -> Any:
    if get_origin(hint) is dict:
        inner = get_args(hint)[1]
        return {label: read_section(inner, each, {}, "", {}) for label, each in table.table(name).tables()}
    return exact(table.values[name], hint, key)


def exact(value: object, hint: Any, key: str) -> Any:
    """`value`, which must have exactly the type of the hint (a list will do for a tuple)."""
    kind = plain(hint)
    if kind is tuple:
        if not isinstance(value, list | tuple) or not all(type(item) is str for item in value):
            raise SettingsError(f"{key} must be a list of strings, not {value!r}")
        return tuple(value)
    if type(value) is not kind:
        raise SettingsError(f"{key} must be {_words(kind)}, not {value!r}")
    return value


def parse(text: str, hint: Any, key: str) -> Any:
    """The value that an environment variable gives: digits, true or false, words, or words with commas between."""
    kind = plain(hint)
    if kind is bool:
        if text.lower() not in FLAGS:
            raise SettingsError(f"{key} must be true or false, not {text!r}")
        return FLAGS[text.lower()]
    if kind is int:
        if not INTEGER.fullmatch(text):
            raise SettingsError(f"{key} must be an integer, not {text!r}")
        return int(text.replace("_", ""))
    if kind is tuple:
        return tuple(part.strip() for part in text.split(",") if part.strip())
    if kind is str:
        return text
    raise SettingsError(f"{key} can't be set in the environment: write it into {FILE}")


def plain(hint: Any) -> type:
    """The class behind a type hint, without `| None` and without what a container holds."""
    if get_origin(hint) in (Union, UnionType):
        hint = next(part for part in get_args(hint) if part is not NoneType)
    found: type = get_origin(hint) or hint
    return found


def _words(kind: type) -> str:
    return {int: "an integer", bool: "true or false", str: "a string", dict: "a table"}.get(kind, kind.__name__)


def _refuse_unknown(known: Mapping[str, object], environment: Mapping[str, str], prefix: str) -> None:
    if not prefix:
        return
    names = {prefix + name.upper() for name in known}
    others = sorted(name for name in environment if name.startswith(prefix) and name not in names)
    if others:
        raise SettingsError(f"{others[0]} is no setting: unset it or correct its name ({', '.join(sorted(names))})")
