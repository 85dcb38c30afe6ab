"""`percosec config`: every setting with where it comes from, and a check for mistakes."""

import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource
from rich.markup import escape
from rich.table import Table

from offchain.commands.context import Context, with_context
from offchain.errors import PercosecError
from offchain.settings.project import SECTIONS
from offchain.settings.tree import ENVIRONMENT, SECTION_PREFIXES
from offchain.settings.urls import shown


@click.group("config", invoke_without_command=True)
@with_context
def command(context: Context) -> None:
    """Show the settings in force and where each comes from, or check them."""
    group = click.get_current_context()
    if group.invoked_subcommand is None:
        _show(context)
    elif any(group.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in group.params):
        raise click.UsageError(f"give options after the subcommand: percosec config {group.invoked_subcommand} ...")


@command.command("show")
@with_context
def show(context: Context) -> None:
    """Show every setting, its value and its source: file, environment, flag or default."""
    _show(context)


def _show(context: Context) -> None:
    found = [
        {"name": name, "value": value, "source": context.sources.get(name, "default")}
        for name, value in effective(context)
    ]
    table = Table("setting", "value", "from")
    for each in found:
        table.add_row(each["name"], escape(_text(each["value"])), each["source"])
    context.emit({"cluster": context.settings.cluster, "settings": found}, table)


@command.command("check")
@with_context
def check(context: Context) -> None:
    """Check the settings: combinations, key file, and misspelt variables; nothing is sent anywhere."""
    unknown = unknown_variables(dict(os.environ))
    if unknown:
        raise PercosecError(f"{unknown[0]} is no setting: unset it or correct its name, percosec config lists them")
    key = str(context.keypair().pubkey()) if context.settings.keypair else None
    document = {"ok": True, "cluster": context.settings.cluster, "key": key}
    lines = [
        f"cluster   {context.settings.cluster}",
        f"node      {', '.join(shown(url) for url in context.settings.rpc_urls)}",
        f"key       {key or 'none: commands that sign will ask for --keypair'}",
        "[green]the settings are in order[/green], percosec doctor looks at the chain too",
    ]
    context.emit(document, *lines)


def effective(context: Context) -> Iterator[tuple[str, Any]]:
    """(dotted name, value) of each setting; secrets are cut to what may be shown."""
    settings = context.settings
    yield "cluster", settings.cluster
    yield "rpc", [shown(url) for url in settings.rpc_urls]
    yield "ws", shown(settings.ws_url)
    yield "keypair", str(settings.keypair) if settings.keypair else None
    yield "database", _database(settings.database)
    for section in SECTIONS:
        for field in fields(getattr(settings, section)):
            yield f"{section}.{field.name}", _plain(getattr(getattr(settings, section), field.name))


def unknown_variables(environment: dict[str, str]) -> list[str]:
    """PERCOSEC_ variables that nothing reads."""
    return sorted(
        name
        for name in environment
        if name.startswith("PERCOSEC_") and name not in ENVIRONMENT and not name.startswith(SECTION_PREFIXES)
    )


def _database(url: str) -> str:
    return url if url.startswith("sqlite:") else shown(url)


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, str) and "://" in value:
        return shown(value)
    return str(value) if isinstance(value, Path) else value


def _text(value: Any) -> str:
    if value is None:
        return "not set"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value) or "none"
    if isinstance(value, dict):
        return "; ".join(f"{key}: {_inner(item)}" for key, item in value.items())
    return str(value).lower() if isinstance(value, bool) else str(value)


def _inner(item: Any) -> str:
    if not isinstance(item, dict):
        return str(item)
    return ", ".join(f"{key} {value}" for key, value in item.items() if value)
