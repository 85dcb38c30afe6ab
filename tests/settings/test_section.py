"""A section of the settings: exact types, unknown names, and where each value came from."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from offchain.settings.section import read_section, trace_section
from offchain.settings.table import SettingsError, Table


@dataclass(frozen=True)
class Part:
    """A table inside."""

    size: int = 3


@dataclass(frozen=True)
class Sample:
    """One field of each type."""

    count: int
    name: str = "none"
    fast: bool = False
    hosts: tuple[str, ...] = ()
    limit: int | None = None
    parts: dict[str, Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """A bound."""
        if self.count < 0:
            raise ValueError(f"count can't be negative: {self.count}")


def read(values: dict[str, Any], environment: dict[str, str] | None = None, **flags: object) -> Sample:
    return read_section(Sample, Table(values, "sample"), environment or {}, "PERCOSEC_SAMPLE_", flags)


def test_every_type_from_the_file() -> None:
    values = {"count": 1, "name": "x", "fast": True, "hosts": ["a", "b"], "limit": 7, "parts": {"p": {"size": 9}}}
    assert read(values) == Sample(1, "x", True, ("a", "b"), 7, {"p": Part(9)})


def test_every_type_from_the_environment() -> None:
    names = {"COUNT": "1_000", "NAME": "x", "FAST": "false", "HOSTS": "a, b,", "LIMIT": "-7"}
    environment = {f"PERCOSEC_SAMPLE_{name}": value for name, value in names.items()}
    assert read({"fast": True}, environment) == Sample(1_000, "x", False, ("a", "b"), -7)


def test_sources_are_told() -> None:
    _, sources = trace_section(
        Sample, Table({"count": 1}, "sample"), {"PERCOSEC_SAMPLE_NAME": "x"}, "PERCOSEC_SAMPLE_", {"fast": True}
    )
    assert sources["count"] == "seahorse.toml"
    assert sources["name"] == "PERCOSEC_SAMPLE_NAME"
    assert sources["fast"] == "--fast"
    assert sources["limit"] == "default"


@pytest.mark.parametrize(
    ("values", "environment", "complaint"),
    [
        ({}, {}, "sample.count is missing: write it into seahorse.toml or set PERCOSEC_SAMPLE_COUNT"),
        ({"count": 1, "cuont": 2}, {}, "sample.cuont is unknown"),
        ({"count": "1"}, {}, "sample.count in seahorse.toml must be an integer, not '1'"),
        ({"count": True}, {}, "must be an integer, not True"),
        ({"count": 1.0}, {}, "must be an integer, not 1.0"),
        ({"count": -1}, {}, "[sample] count can't be negative"),
        ({"count": 1, "hosts": "a"}, {}, "must be a list of strings"),
        ({"count": 1, "hosts": [1]}, {}, "must be a list of strings"),
        ({"count": 1, "parts": {"p": {"size": "9"}}}, {}, "sample.parts.p.size in seahorse.toml must be an integer"),
        ({"count": 1, "parts": {"p": {"sise": 9}}}, {}, "sample.parts.p.sise is unknown"),
        ({"count": 1}, {"PERCOSEC_SAMPLE_CUONT": "1"}, "PERCOSEC_SAMPLE_CUONT is no setting"),
        ({"count": 1}, {"PERCOSEC_SAMPLE_COUNT": "1.5"}, "must be an integer, not '1.5'"),
        ({"count": 1}, {"PERCOSEC_SAMPLE_FAST": "yes"}, "must be true or false, not 'yes'"),
        ({"count": 1}, {"PERCOSEC_SAMPLE_PARTS": "x"}, "can't be set in the environment"),
    ],
)
def test_mistakes_name_key_and_source(values: dict[str, Any], environment: dict[str, str], complaint: str) -> None:
    with pytest.raises(SettingsError) as refused:
        read(values, environment)
    assert complaint in str(refused.value)
