"""The frame of every command: its options, one document, and no sending unasked."""

import json

import click
import pytest
from rich.text import Text

from offchain.commands.context import Context, make_context, refuse_floats, with_context
from offchain.commands.options import KEY, PERCENT, SIZE, USDC, Units
from offchain.errors import PercosecError


@click.command()
@with_context
@click.option("--more", default=1)
def sample(context: Context, more: int) -> None:
    """Shows what it got."""
    context.emit({"cluster": context.settings.cluster, "more": more}, Text("for people"))


def test_a_command_prints_one_document_or_words(capsys: pytest.CaptureFixture[str]) -> None:
    sample.main(["--json", "--more", "3"], standalone_mode=False)
    assert json.loads(capsys.readouterr().out) == {"cluster": "localnet", "more": 3}
    sample.main([], standalone_mode=False)
    assert capsys.readouterr().out == "for people\n"


def test_beside_a_document_people_read_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    make_context({}, as_json=True).console.print("a remark")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "a remark\n")


def test_floats_never_get_out() -> None:
    with pytest.raises(TypeError, match=r"document.pools\[1\].nav is a float"):
        refuse_floats({"pools": [{"nav": 1}, {"nav": 1.0}]})
    refuse_floats({"amount": 1, "text": "1.5", "flag": True, "nothing": None, "list": [(1, 2)]})


def test_without_a_terminal_nothing_is_confirmed() -> None:
    make_context({}, yes=True).confirm("Send?")
    for as_json in (True, False):
        with pytest.raises(PercosecError, match="Send\\? Nothing was sent: add --yes"):
            make_context({}, as_json=as_json).confirm("Send?")


def test_the_parameters_are_those_of_the_clusters_build() -> None:
    assert make_context({}).parameters.lock_min == 1
    away = {"cluster": "devnet", "rpc": ("https://rpc.example",)}
    assert make_context(away).parameters.lock_min == 672


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [(USDC, "1500.25", 1_500_250_000), (SIZE, "0.000001", 1), (PERCENT, "0", 0), (PERCENT, "100", 10_000)],
)
def test_values_are_exact(kind: Units, text: str, value: int) -> None:
    assert kind.convert(text, None, None) == value


@pytest.mark.parametrize(
    ("kind", "text", "complaint"),
    [
        (USDC, "0", "give more than zero"),
        (USDC, "0.0000001", "more than 6 decimals"),
        (USDC, "-1", "can't be negative"),
        (USDC, "Infinity", "is no amount"),
        (PERCENT, "100.01", "is too much"),
        (PERCENT, "0.001", "more than 2 decimals"),
        (KEY, "me", "is no public key"),
        (KEY, "1" * 100, "is no public key"),
    ],
)
def test_what_is_no_value_is_refused(kind: click.ParamType, text: str, complaint: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        kind.convert(text, None, None)
    assert complaint in refused.value.message
