"""Everything a process can be told, in one typed tree: seahorse.toml, then `PERCOSEC_*`, then flags."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from offchain.api.options import ApiOptions
from offchain.settings.keeper import KeeperSettings
from offchain.settings.live import LiveSettings
from offchain.settings.monitoring import MonitoringSettings
from offchain.settings.prices import PriceSettings
from offchain.settings.project import SECTIONS, Project, load_project
from offchain.settings.safety import check_database, check_key_file, check_rpc, check_websocket
from offchain.settings.section import DEFAULT, FILE, exact, parse, trace_section
from offchain.settings.serve import ServeSettings
from offchain.settings.stage import StageSettings
from offchain.settings.table import SettingsError, Table
from offchain.settings.urls import websocket_of

T = TypeVar("T")
DEFAULT_CLUSTER = "localnet"
CLUSTER, RPC, WS, KEYPAIR, DATABASE = (f"PERCOSEC_{name}" for name in ("CLUSTER", "RPC", "WS", "KEYPAIR", "DATABASE"))
SECTION_PREFIXES = tuple(f"PERCOSEC_{name.upper()}_" for name in SECTIONS)
ENVIRONMENT = frozenset(
    {
        *(CLUSTER, RPC, WS, KEYPAIR, DATABASE),
        *("PERCOSEC_ARTIFACTS", "PERCOSEC_VALIDATOR", "PERCOSEC_REQUIRE_VALIDATOR", "PERCOSEC_EVIDENCE"),
        "PERCOSEC_CHROMIUM",
    }
)
"""Every variable that means something, apart from those of the sections; the last five are the tests' and builds'."""
KINDS: dict[str, Any] = {
    "keeper": KeeperSettings,
    "prices": PriceSettings,
    "serve": ServeSettings,
    "stage": StageSettings,
    "api": ApiOptions,
    "live": LiveSettings,
    "monitoring": MonitoringSettings,
}
"""Section -> the dataclass of its values."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process."""

    cluster: str
    """Name of a cluster of seahorse.toml."""
    rpc_urls: tuple[str, ...]
    """Nodes, the preferred one first."""
    ws_url: str
    """Where to subscribe."""
    keypair: Path | None
    """Solana JSON file of the signing key; None when no command may sign."""
    database: str
    """SQLAlchemy URL."""
    keeper: KeeperSettings
    prices: PriceSettings
    serve: ServeSettings
    stage: StageSettings
    api: ApiOptions
    live: LiveSettings
    monitoring: MonitoringSettings


Sources = dict[str, str]
"""Dotted name of a setting -> where its value comes from."""


def read_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] = os.environ,
    project: Project | None = None,
) -> Settings:
    """The settings in force, see `trace_settings`."""
    return trace_settings(flags, environment, project)[0]


def trace_settings(
    flags: Mapping[str, object] | None = None,
    environment: Mapping[str, str] = os.environ,
    project: Project | None = None,
) -> tuple[Settings, Sources]:
    """The settings in force, and where each comes from.

    `flags` are what the command line says: cluster, rpc (a list), ws, keypair, database, and `SECTION.FIELD` such as
    `keeper.cycle_ms`; None means not given. SettingsError for a wrong value or an unsafe combination.
    """
    project = project or load_project()
    reader = _Reader(flags or {}, environment)
    cluster = project.cluster(reader.text("cluster", CLUSTER, DEFAULT_CLUSTER))
    rpc_urls = reader.urls(cluster.rpc_url)
    given = reader.sources["rpc"] != FILE
    ws_url = reader.text(
        "ws", WS, websocket_of(rpc_urls[0]) if given else cluster.ws_url, "derived from rpc" if given else FILE
    )
    keypair = reader.path("keypair", KEYPAIR)
    database = reader.text("database", DATABASE, default_database(cluster.name, environment))
    sections = {name: reader.section(kind, project.sections.get(name), name) for name, kind in KINDS.items()}
    for url in rpc_urls:
        check_rpc(cluster.name, url)
    check_websocket(cluster.name, ws_url)
    check_database(database)
    if keypair is not None:
        check_key_file(cluster.name, keypair)
    return Settings(cluster.name, rpc_urls, ws_url, keypair, database, **sections), reader.sources


def default_database(cluster: str, environment: Mapping[str, str] = os.environ) -> str:
    """One SQLite file for each cluster in the user's data folder; nothing is created here."""
    chosen = environment.get("XDG_DATA_HOME")
    home = Path(chosen) if chosen else Path.home() / ".local" / "share"
    return f"sqlite:///{home / 'percosec' / f'{cluster}.db'}"


class _Reader:
    """Picks each value from flag, environment or default and remembers which."""

    def __init__(self, flags: Mapping[str, object], environment: Mapping[str, str]) -> None:
        self.flags = flags
        self.environment = environment
        self.sources: Sources = {}

    def text(self, name: str, variable: str, default: str, source: str = DEFAULT) -> str:
        """A string that must not be empty."""
        value = self._given(name, variable)
        if value is None:
            value, self.sources[name] = default, source
        if not isinstance(value, str) or not value:
            raise SettingsError(f"{self.sources[name]} is empty: give a value or leave it out")
        return value

    def urls(self, default: str) -> tuple[str, ...]:
        """The nodes."""
        value = self._given("rpc", RPC)
        if value is None or value == ():
            self.sources["rpc"] = FILE
            return (default,)
        source = self.sources["rpc"]
        found: tuple[str, ...] = parse(value, tuple, source) if isinstance(value, str) else exact(value, tuple, source)
        if not found:
            raise SettingsError(f"{source} is empty: give the URL of a node or leave it out")
        return found

    def path(self, name: str, variable: str) -> Path | None:
        """A file, `~` expanded."""
        value = self._given(name, variable)
        if value is None or value == "":
            self.sources[name] = DEFAULT
            return None
        return Path(str(value)).expanduser()

    def section(self, kind: type[T], table: Table | None, name: str) -> T:
        """One dataclass of the tree."""
        flags = {key.partition(".")[2]: value for key, value in self.flags.items() if key.startswith(f"{name}.")}
        found, sources = trace_section(
            kind, table or Table({}, name), self.environment, f"PERCOSEC_{name.upper()}_", flags
        )
        self.sources |= {f"{name}.{field}": source for field, source in sources.items()}
        return found

    def _given(self, name: str, variable: str) -> object:
        """What a flag or the environment says, None when neither does."""
        value = self.flags.get(name)
        if value is not None and value != ():
            self.sources[name] = f"--{name}"
            return value
        if variable in self.environment:
            self.sources[name] = variable
            return self.environment[variable]
        return None
