"""A TOML table that knows its own path, so that every error names the key."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from offchain.errors import PercosecError

BASE58_KEY = re.compile(r"[1-9A-HJ-NP-Za-km-z]{32,44}")


class SettingsError(PercosecError):
    """A setting is missing, unknown or has the wrong type."""

    retry = False


class Table:
    """Typed access to one table of a TOML document."""

    def __init__(self, values: dict[str, Any], path: str = "") -> None:
        self.values = values
        self.path = path

    def key(self, name: str) -> str:
        """The full dotted name of a key of this table."""
        return f"{self.path}.{name}" if self.path else name

    def text(self, name: str) -> str:
        """A string that must not be empty."""
        value = self._get(name, str, "a string")
        if not value:
            raise SettingsError(f"{self.key(name)} is empty in seahorse.toml")
        return str(value)

    def address(self, name: str) -> str:
        """A public key in base58, or an empty string where none is set yet."""
        value = str(self._get(name, str, "a string"))
        if value and not BASE58_KEY.fullmatch(value):
            raise SettingsError(f"{self.key(name)} is no base58 public key in seahorse.toml: {value!r}")
        return value

    def flag(self, name: str) -> bool:
        """A boolean."""
        return bool(self._get(name, bool, "true or false"))

    def integer(self, name: str, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        value = self.get(name)
        if type(value) is not int or not low <= value <= high:
            raise SettingsError(
                f"{self.key(name)} must be an integer from {low} to {high} in seahorse.toml, not {value!r}"
            )
        return value

    def text_list(self, name: str) -> tuple[str, ...]:
        """A list of strings."""
        values = self._get(name, list, "a list of strings")
        if not all(isinstance(value, str) for value in values):
            raise SettingsError(f"{self.key(name)} must be a list of strings in seahorse.toml")
        return tuple(values)

    def table(self, name: str) -> "Table":
        """A sub-table."""
        return Table(self._get(name, dict, "a table"), self.key(name))

    def tables(self) -> Iterator[tuple[str, "Table"]]:
        """All sub-tables, in the file's order."""
        return ((name, self.table(name)) for name in self.values)

    def texts(self) -> dict[str, str]:
        """All keys, each of which must be a string."""
        return {name: self.text(name) for name in self.values}

    def refuse_others(self, known: Iterable[str]) -> None:
        """Raise for a key that nobody reads: most likely a misspelt one."""
        others = sorted(set(self.values) - set(known))
        if others:
            raise SettingsError(f"{self.key(others[0])} is unknown in seahorse.toml: remove it or correct its name")

    def get(self, name: str) -> Any:
        """A value of any type; raises when it is missing."""
        if name not in self.values:
            raise SettingsError(f"{self.key(name)} is missing in seahorse.toml")
        return self.values[name]

    def _get(self, name: str, kind: type, description: str) -> Any:
        value = self.get(name)
        if type(value) is not kind:
            raise SettingsError(f"{self.key(name)} must be {description} in seahorse.toml, not {value!r}")
        return value
