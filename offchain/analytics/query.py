"""What a chart is asked with, and how its numbers are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

DAY = 86_400


class Unit(StrEnum):
    """What a column holds. Everything is an integer or a text; nothing is rounded but where the SQL divides."""

    TEXT = "text"
    MARKET = "market"
    """A market_id, shown by its name where it has one."""
    KEY = "key"
    """An address."""
    COUNT = "count"
    ATOMS = "atoms"
    """USDC, 6 decimals."""
    LAMPORTS = "lamports"
    BPS = "bps"
    """1e4 = all."""
    E6 = "e6"
    """1e6 = 1.0."""
    DAY = "day"
    """Days since 1970, UTC."""
    MICROS = "micros"
    """Microseconds."""


@dataclass(frozen=True)
class Draw:
    """How the rows become bars: one picture for each value of `split`, a group for each row, a bar for each series."""

    label: tuple[str, ...]
    series: tuple[str, ...]
    split: str = ""
    over_time: bool = False
    """Labels are days, from left to right."""


@dataclass(frozen=True)
class Query:
    """One chart. The statement runs on SQLite and PostgreSQL alike."""

    name: str
    """As in its address."""
    title: str
    about: str
    """What it shows and how to read it, in a sentence or two."""
    sql: str
    """`:since` is the first block time that counts, unix seconds; `:sol_price` micro-USD for one SOL."""
    columns: Mapping[str, Unit]
    draw: Draw

    @property
    def parameters(self) -> list[str]:
        """Those that the statement names."""
        return [name for name in ("since", "sol_price") if f":{name}" in self.sql]

    def runnable(self, values: Mapping[str, int]) -> str:
        """The statement with its parameters filled in, for psql or sqlite3."""
        text = self.sql
        for name in self.parameters:
            text = text.replace(f":{name}", str(int(values[name])))
        return f"-- {self.title}\n{text.strip()};\n"
