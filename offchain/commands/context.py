"""What every command has: settings, addresses, chain, key, output, and the question before something is sent.

@click.command("pools")
@with_context
def command(context: Context) -> None:
    ...
    context.emit({"pools": [...]}, table)
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console, RenderableType
from rich.progress import Progress
from solders.keypair import Keypair

from offchain.chain.addresses import Addresses, addresses
from offchain.chain.backends.rpc import AsyncRpcChain, RpcChain
from offchain.chain.keys import development_keys, read_keypair
from offchain.commands.reach import first_answering
from offchain.errors import PercosecError
from offchain.settings.parameters import Parameters
from offchain.settings.project import Cluster, Project, load_project
from offchain.settings.safety import LOCALNET
from offchain.settings.tree import Settings, Sources, trace_settings

PLAIN_WIDTH = 200
"""Columns of tables in a pipe or a file, where nobody can say how wide it is."""
TIMEOUT = 30.0
"""Seconds to wait for a node's answer."""


@dataclass
class Context:
    """One run of a command."""

    settings: Settings
    sources: Sources
    """Where each setting comes from."""
    project: Project
    as_json: bool = False
    yes: bool = False
    flags: Mapping[str, object] = field(default_factory=dict)
    """What the command line said of the settings."""
    _closing: list[Callable[[], None]] = field(default_factory=list)

    @cached_property
    def at(self) -> Addresses:
        """The programs' addresses on the cluster; SettingsError where they are not deployed."""
        return addresses(self.settings.cluster)

    @property
    def cluster(self) -> Cluster:
        """The cluster's table of seahorse.toml."""
        return self.project.cluster(self.settings.cluster)

    @property
    def parameters(self) -> Parameters:
        """The parameters that the cluster's programs are built with."""
        built = [each for each in self.project.profiles.values() if each.cluster == self.settings.cluster]
        return (built or [self.project.profile("release")])[0].parameters

    @cached_property
    def console(self) -> Console:
        """Where to print for people: standard output, or standard error beside a JSON document."""
        console = Console(stderr=self.as_json, highlight=False)
        if console.is_terminal:
            return console
        return Console(stderr=self.as_json, highlight=False, width=PLAIN_WIDTH)

    @cached_property
    def rpc_url(self) -> str:
        """The node to use: of several the first that answers."""
        return first_answering(self.settings.rpc_urls)

    def chain(self) -> RpcChain:
        """The chain behind that node, closed when the command ends."""
        return self._chain

    def async_chain(self) -> AsyncRpcChain:
        """The same for asyncio; the caller closes it."""
        return AsyncRpcChain.connect(self.rpc_url, TIMEOUT)

    def keypair(self) -> Keypair:
        """The signing key; PercosecError says how to give one. Development keys sign on local chains only."""
        path = self.settings.keypair
        if path is None:
            raise PercosecError("no key to sign with: give --keypair FILE or set PERCOSEC_KEYPAIR")
        key = read_keypair(path)
        if self.settings.cluster != LOCALNET and key.pubkey() in development_keys():
            raise PercosecError(
                f"{key.pubkey()} is a public development key, anyone can sign with it: "
                f"take a key of your own on {self.settings.cluster}"
            )
        return key

    def emit(self, document: dict[str, Any], *renderables: RenderableType) -> None:
        """Print one JSON document (with --json) or the renderables. Amounts are integers, never floats."""
        if not self.as_json:
            for part in renderables:
                self.console.print(part)
            return
        refuse_floats(document)
        click.echo(json.dumps(document, indent=2, default=str))

    def confirm(self, question: str) -> None:
        """Ask before something happens; PercosecError unless the answer, or --yes, is yes."""
        if self.yes:
            return
        if self.as_json or not sys.stdin.isatty():
            raise PercosecError(f"{question} Nothing was sent: add --yes to answer in advance")
        if not click.confirm(question, default=False, err=True):
            raise PercosecError("nothing was sent: you said no")

    def progress(self) -> Progress:
        """A progress bar on standard error, which disappears when done; hidden with --json."""
        return Progress(console=Console(stderr=True), transient=True, disable=self.as_json)

    def with_flags(self, flags: Mapping[str, object]) -> "Context":
        """The same command with these flags of a section as well, see `trace_settings`; for its very beginning."""
        return make_context({**self.flags, **flags}, self.as_json, self.yes)

    def close(self) -> None:
        """Close what was opened."""
        while self._closing:
            self._closing.pop()()

    @cached_property
    def _chain(self) -> RpcChain:
        chain = RpcChain.connect(self.rpc_url, TIMEOUT)
        self._closing.append(chain.close)
        return chain


def with_context(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add --cluster, --rpc, --keypair, --json and --yes, and pass a `Context` as first argument."""

    @wraps(function)
    def run(
        cluster: str | None,
        rpc: tuple[str, ...],
        keypair: Path | None,
        as_json: bool,
        yes: bool,
        **others: Any,
    ) -> Any:
        flags = {"cluster": cluster, "rpc": rpc or None, "keypair": str(keypair) if keypair else None}
        context = make_context(flags, as_json, yes)
        try:
            return function(context, **others)
        finally:
            context.close()

    for option in reversed(_OPTIONS):
        run = option(run)
    return run


def make_context(flags: Mapping[str, object], as_json: bool = False, yes: bool = False) -> Context:
    """A context from flags (see `trace_settings`) and the environment."""
    project = load_project()
    settings, sources = trace_settings(flags, project=project)
    return Context(settings, sources, project, as_json, yes, flags)


def refuse_floats(value: object, path: str = "document") -> None:
    """TypeError where a document holds a float: money and prices are integers or decimal strings."""
    if isinstance(value, float):
        raise TypeError(f"{path} is a float: give an integer or a decimal string")
    if isinstance(value, dict):
        for key, item in value.items():
            refuse_floats(item, f"{path}.{key}")
    if isinstance(value, list | tuple):
        for number, item in enumerate(value):
            refuse_floats(item, f"{path}[{number}]")


_OPTIONS = (
    click.option("--cluster", help="A cluster of seahorse.toml.  [default: localnet; PERCOSEC_CLUSTER]"),
    click.option("--rpc", multiple=True, help="URL of a node; may be repeated, preferred first.  [PERCOSEC_RPC]"),
    click.option(
        "--keypair", type=click.Path(path_type=Path), help="Solana key file that signs and pays.  [PERCOSEC_KEYPAIR]"
    ),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON document, amounts in atoms."),
    click.option("--yes", is_flag=True, help="Don't ask before sending."),
)
