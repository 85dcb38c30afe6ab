"""`seahorse.toml` as typed, frozen dataclasses: program names, addresses, tools, profiles and parameters."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from offchain.settings.markets import MarketSettings, market_defaults, read_markets
from offchain.settings.oracles import OracleSettings, read_oracles
from offchain.settings.parameters import Parameters, read_parameters
from offchain.settings.paths import PROJECT_FILE
from offchain.settings.table import SettingsError, Table

ADAPTERS = ("pyth", "switchboard")
"""Oracles that an adapter program of ours reads."""

SECTIONS = ("keeper", "prices", "serve", "stage", "api", "live", "monitoring")
"""Tables of seahorse.toml that belong to processes, not to the programs; each may be missing."""


@dataclass(frozen=True)
class Program:
    """One on-chain program."""

    name: str
    source: str
    """Path of its root Seahorse file, from the top of the repository."""
    summary: str


@dataclass(frozen=True)
class Cluster:
    """One chain and what stands on it. An empty address means: not deployed there."""

    name: str
    rpc_url: str
    ws_url: str
    admin: str
    """Public key that alone can initialise the configs; compiled into the programs."""
    guardian: str
    """Public key that may stop deposits and registrations for a while."""
    treasury: str
    """Public key that collects the protocol's share of performance fees."""
    publisher: str
    """Public key that writes the feeds of source `publisher`; only development builds have such feeds."""
    usdc_mint: str
    genesis_hash: str
    """The chain's name as `getGenesisHash` gives it; empty where every chain has its own."""
    programs: dict[str, str]
    """Program name -> program id, base58."""
    adapters: dict[str, str]
    """Foreign oracle (`ADAPTERS`) -> program id of the adapter that reads it, base58."""
    markets: tuple[MarketSettings, ...]
    """What a deployment registers."""


@dataclass(frozen=True)
class Profile:
    """One way to build the programs: which cluster they are for and the bounds compiled into them."""

    name: str
    cluster: str
    dev: bool
    """True in builds that carry development conveniences; the programs' configs show it to every client."""
    parameters: Parameters


@dataclass(frozen=True)
class Project:
    """Everything `seahorse.toml` says."""

    name: str
    version: str
    tools: dict[str, str]
    programs: dict[str, Program]
    clusters: dict[str, Cluster]
    profiles: dict[str, Profile]
    cpi_calls: tuple[str, ...]
    """`program.instruction` of each instruction that another program calls."""
    oracles: OracleSettings
    sections: dict[str, Table]
    """The tables of `SECTIONS`, as they stand; `offchain.settings.tree` reads them."""

    def profile(self, name: str) -> Profile:
        """The named profile; an unknown name raises SettingsError."""
        if name not in self.profiles:
            raise SettingsError(f"no profile {name!r} in seahorse.toml: choose one of {', '.join(self.profiles)}")
        return self.profiles[name]

    def cluster(self, name: str) -> Cluster:
        """The named cluster; an unknown name raises SettingsError."""
        if name not in self.clusters:
            raise SettingsError(f"no cluster {name!r} in seahorse.toml: choose one of {', '.join(self.clusters)}")
        return self.clusters[name]

    def program_id(self, program: str, cluster: str = "localnet") -> str:
        """The address of a program on a cluster, base58; raises SettingsError where it is not set."""
        address = self.cluster(cluster).programs.get(program, "")
        if not address:
            raise SettingsError(
                f"clusters.{cluster}.programs.{program} is not set in seahorse.toml: fill in its address"
            )
        return address

    def adapter_id(self, oracle: str, cluster: str = "localnet") -> str:
        """The address of the adapter for an oracle of `ADAPTERS`, base58; raises SettingsError where it is not set."""
        address = self.cluster(cluster).adapters.get(oracle, "")
        if not address:
            raise SettingsError(
                f"clusters.{cluster}.adapters.{oracle} is not set in seahorse.toml: fill in its address"
            )
        return address

    def deployable(self, cluster: str = "localnet") -> dict[str, str]:
        """Name -> address of each program and adapter (`pyth_adapter`, ...) that has an address on a cluster."""
        found = self.cluster(cluster)
        adapters = {adapter_name(oracle): address for oracle, address in found.adapters.items()}
        return {name: address for name, address in (found.programs | adapters).items() if address}


def adapter_name(oracle: str) -> str:
    """The name of the program that reads an oracle of `ADAPTERS`; its artifacts and its client are called so."""
    return f"{oracle}_adapter"


def read_project(path: Path) -> Project:
    """Parse and check a project file; SettingsError names the key that is wrong."""
    try:
        document = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path.name} can't be read ({error.strerror}): run from a complete clone") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} is not valid TOML: {error}") from error
    root = Table(document)
    about = root.table("project")
    programs = {name: _program(name, table) for name, table in root.table("programs").tables()}
    common = root.table("parameters")
    terms = market_defaults(read_parameters(common, Table({})))
    clusters = {name: _cluster(name, table, programs, terms) for name, table in root.table("clusters").tables()}
    profiles = {name: _profile(name, table, common, clusters) for name, table in root.table("profiles").tables()}
    project = Project(
        name=about.text("name"),
        version=about.text("version"),
        tools=root.table("tools").texts(),
        programs=programs,
        clusters=clusters,
        profiles=profiles,
        cpi_calls=root.table("cpi").text_list("calls"),
        oracles=read_oracles(root.table("oracles"), clusters),
        sections={name: root.table(name) for name in SECTIONS if name in root.values},
    )
    _check_calls(project)
    return project


@cache
def load_project() -> Project:
    """The repository's own project file, read once."""
    return read_project(PROJECT_FILE)


def _program(name: str, table: Table) -> Program:
    return Program(name=name, source=table.text("source"), summary=table.text("summary"))


def _cluster(name: str, table: Table, programs: dict[str, Program], terms: dict[str, int]) -> Cluster:
    addresses = table.table("programs")
    known = {program: addresses.address(program) for program in programs}
    addresses.refuse_others(known)
    readers = table.table("adapters")
    adapters = {oracle: readers.address(oracle) for oracle in ADAPTERS}
    readers.refuse_others(adapters)
    return Cluster(
        name=name,
        rpc_url=table.text("rpc_url"),
        ws_url=table.text("ws_url"),
        admin=table.address("admin"),
        guardian=table.address("guardian"),
        treasury=table.address("treasury"),
        publisher=table.address("publisher"),
        usdc_mint=table.address("usdc_mint"),
        genesis_hash=table.address("genesis_hash"),
        programs=known,
        adapters=adapters,
        markets=read_markets(table, terms),
    )


def _profile(name: str, table: Table, common: Table, clusters: dict[str, Cluster]) -> Profile:
    cluster = table.text("cluster")
    if cluster not in clusters:
        raise SettingsError(f"{table.key('cluster')} names the cluster {cluster!r}, which has no [clusters.{cluster}]")
    return Profile(name, cluster, table.flag("dev"), read_parameters(common, table.table("parameters")))


def _check_calls(project: Project) -> None:
    for call in project.cpi_calls:
        program, _, instruction = call.partition(".")
        if program not in project.programs or not instruction.isidentifier():
            raise SettingsError(f"cpi.calls holds {call!r}: write PROGRAM.INSTRUCTION with a program of [programs]")
    if len(set(project.cpi_calls)) != len(project.cpi_calls):
        raise SettingsError("cpi.calls names an instruction twice")
