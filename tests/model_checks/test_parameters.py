"""The twin's numbers and the project's come from two pages; they must agree."""

import tomllib
from pathlib import Path

from tests.model import parameters

PROJECT_FILE = Path(__file__).resolve().parents[2] / "seahorse.toml"


def project_numbers() -> dict[str, object]:
    return dict(tomllib.loads(PROJECT_FILE.read_text())["parameters"])


def test_every_parameter_of_the_project_has_the_twins_value() -> None:
    for name, value in project_numbers().items():
        expected = tuple(value) if isinstance(value, list) else value
        assert getattr(parameters, name.upper()) == expected, name


def test_the_twin_knows_no_parameter_that_the_project_does_not() -> None:
    own_units = {"ONE", "BPS"}
    names = {name for name in vars(parameters) if name.isupper()} - own_units
    assert names == {name.upper() for name in project_numbers()}
