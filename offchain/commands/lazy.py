"""A group of commands that imports a subcommand's module only when that subcommand is asked for."""

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click


class LazyGroup(click.Group):
    """A click group over a table: name of a subcommand -> module that holds it as `command`."""

    def __init__(self, *arguments: Any, modules: Mapping[str, str], **settings: Any) -> None:
        super().__init__(*arguments, **settings)
        self.modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All subcommands by name."""
        return sorted(self.modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The subcommand, or None when there is none of that name."""
        if cmd_name not in self.modules:
            return None
        command = import_module(self.modules[cmd_name]).command
        if not isinstance(command, click.Command):
            raise TypeError(f"{self.modules[cmd_name]}.command is no click command")
        return command
