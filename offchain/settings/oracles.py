"""`[oracles]` of `seahorse.toml`: whose accounts the adapter programs read, and within which bounds."""

from collections.abc import Iterable
from dataclasses import dataclass

from offchain.settings.table import SettingsError, Table


@dataclass(frozen=True)
class PythSettings:
    """Pyth's programs, the same on every cluster."""

    receiver: str
    """The program that owns price updates, base58."""
    push_oracle: str
    """The program from which the addresses of Pyth's own feed accounts are derived, base58."""
    decimals_max: int
    """Most digits after the point that a price may have."""


@dataclass(frozen=True)
class SwitchboardSettings:
    """Switchboard On-Demand."""

    programs: dict[str, str]
    """Cluster -> the program that owns pull feeds, base58."""
    min_samples: int
    """Fewest oracles behind a price that an admin may settle for."""
    max_slots: int
    """Most slots between an oracle's answer and its use."""


@dataclass(frozen=True)
class OracleSettings:
    """Everything `[oracles]` says."""

    divergence_bps: int
    """Most that two oracles may differ, basis points of the lower price."""
    pyth: PythSettings
    switchboard: SwitchboardSettings


def read_oracles(table: Table, clusters: Iterable[str]) -> OracleSettings:
    """Parse `[oracles]`; SettingsError names the key that is wrong."""
    table.refuse_others(("divergence_bps", "pyth", "switchboard"))
    pyth, switchboard = table.table("pyth"), table.table("switchboard")
    pyth.refuse_others(("receiver", "push_oracle", "decimals_max"))
    switchboard.refuse_others(("programs", "min_samples", "max_slots"))
    programs = switchboard.table("programs")
    programs.refuse_others(clusters)
    return OracleSettings(
        divergence_bps=table.integer("divergence_bps", 1, 10_000),
        pyth=PythSettings(
            receiver=_address(pyth, "receiver"),
            push_oracle=_address(pyth, "push_oracle"),
            decimals_max=pyth.integer("decimals_max", 0, 18),
        ),
        switchboard=SwitchboardSettings(
            programs={cluster: _address(programs, cluster) for cluster in clusters},
            min_samples=switchboard.integer("min_samples", 2, 32),
            max_slots=switchboard.integer("max_slots", 1, 10_000),
        ),
    )


def _address(table: Table, name: str) -> str:
    address = table.address(name)
    if not address:
        raise SettingsError(f"{table.key(name)} is empty in seahorse.toml: it is the oracle's own, look it up there")
    return address
