"""Running `percosec` and reading what it prints."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from offchain import cli
from tests.support.keys import User


@dataclass(frozen=True)
class Printed:
    """What one command printed, without colours."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line of an error."""
        lines = self.err.strip().splitlines()
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


class Terminal:
    """`percosec` in this process, through the entry point that the console script calls."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def run(self, *arguments: object, user: User | None = None) -> Printed:
        """One command; `user` signs."""
        given = [str(argument) for argument in arguments]
        if user is not None:
            given += ["--keypair", str(self.key_file(user))]
        self._capsys.readouterr()
        code = cli.run(given)
        printed = self._capsys.readouterr()
        return Printed(code, click.unstyle(printed.out), click.unstyle(printed.err))

    def text(self, *arguments: object, user: User | None = None) -> str:
        """What a command that must succeed prints for people."""
        printed = self.run(*arguments, user=user)
        assert printed.code == 0, printed.err
        return printed.out

    def json(self, *arguments: object, user: User | None = None, code: int = 0) -> Any:
        """The document of a command with --json; nothing else may stand on standard output."""
        printed = self.run(*arguments, "--json", user=user)
        assert printed.code == code, printed.err
        return json.loads(printed.out, parse_float=_no_floats)

    def send(self, *arguments: object, user: User) -> Any:
        """The document of a command that sends, the question answered in advance."""
        return self.json(*arguments, "--yes", user=user)

    def refused(self, *arguments: object, user: User | None = None) -> str:
        """The one red line of a command that must fail."""
        printed = self.run(*arguments, user=user)
        assert printed.code not in (0, None), printed.out
        return printed.complaint

    def key_file(self, user: User) -> Path:
        """The user's key as Solana's tools store it."""
        path = self.folder / f"{user.name.replace(' ', '-')}.json"
        path.write_text(json.dumps(list(bytes(user.pair))), encoding="utf-8")
        return path


def _no_floats(text: str) -> None:
    raise AssertionError(f"the document holds the float {text}")
