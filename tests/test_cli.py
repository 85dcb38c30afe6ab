"""The `percosec` command turns every error into one line and an exit code."""

from collections.abc import Callable

import click
import pytest

from offchain import cli
from offchain.commands import lazy
from offchain.errors import PercosecError


class Module:
    """Stands for a subcommand's module, so that the wrapper can be tried with any error."""

    def __init__(self, error: BaseException) -> None:
        @click.command()
        def command() -> None:
            raise error

        self.command = command


@pytest.fixture
def fails_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[BaseException], None]:
    def arrange(error: BaseException) -> None:
        monkeypatch.setattr(lazy, "import_module", lambda name: Module(error))

    return arrange


@pytest.mark.parametrize(
    ("error", "exit_code", "line"),
    [
        (PercosecError("port 8899 is in use:\n  stop the other chain"), 2, "port 8899 is in use: stop the other chain"),
        (ValueError("odd"), 1, "unexpected error, ValueError: odd (percosec --debug ... shows the traceback)"),
        (KeyError(), 1, "unexpected error, KeyError (percosec --debug ... shows the traceback)"),
        (KeyboardInterrupt(), 130, "interrupted"),
        (click.UsageError("bad"), 2, "bad"),
    ],
)
def test_errors_are_one_line(
    fails_with: Callable[[BaseException], None],
    capsys: pytest.CaptureFixture[str],
    error: BaseException,
    exit_code: int,
    line: str,
) -> None:
    fails_with(error)
    assert cli.run(["demo"]) == exit_code
    assert click.unstyle(capsys.readouterr().err).strip() == f"percosec: {line}"


def test_debug_shows_the_traceback(
    fails_with: Callable[[BaseException], None], capsys: pytest.CaptureFixture[str]
) -> None:
    fails_with(ValueError("odd"))
    assert cli.run(["--debug", "demo"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "line"), [(["dance"], "No such command 'dance'."), (["--loud"], "No such option: --loud")]
)
def test_wrong_arguments_are_one_line(capsys: pytest.CaptureFixture[str], arguments: list[str], line: str) -> None:
    assert cli.run(arguments) == 2
    assert click.unstyle(capsys.readouterr().err).startswith(f"percosec: {line}")


@pytest.mark.parametrize("name", sorted(cli.COMMANDS))
def test_every_subcommand_is_there(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([name, "--help"]) == 0
    assert "Usage" in capsys.readouterr().out


def test_the_exit_code_of_a_subcommand_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    class Leaving(Module):
        def __init__(self) -> None:
            @click.command()
            @click.pass_context
            def command(ctx: click.Context) -> None:
                ctx.exit(3)

            self.command = command

    monkeypatch.setattr(lazy, "import_module", lambda name: Leaving())
    assert cli.run(["verify"]) == 3
