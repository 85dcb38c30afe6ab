"""`percosec prices run`."""

import asyncio
import signal
from dataclasses import asdict, replace

import click
from rich.live import Live
from solders.pubkey import Pubkey

from offchain.chain.keys import dev_key
from offchain.commands.context import Context, with_context
from offchain.commands.faucet import airdrop
from offchain.commands.prices.moments import MOMENT
from offchain.commands.prices.view import line, view
from offchain.database.database import Database, open_database
from offchain.prices.running import Keys, running_prices
from offchain.prices.service import PriceService
from offchain.prices.status import ServiceStatus
from offchain.settings.prices import PriceSettings
from offchain.settings.safety import LOCALNET

SIGNALS = (signal.SIGINT, signal.SIGTERM)
LEAST_LAMPORTS = 10**8
GIVEN_LAMPORTS = 10 * 10**9
LOOK_SECONDS = 0.5
LINE_SECONDS = 60
"""Elsewhere than on a terminal it says a line a minute."""


@click.command("run")
@click.option("--bot/--no-bot", default=True, show_default=True, help="Write the markets' feeds on chain as well.")
@click.option("--rounds", type=click.IntRange(1), help="Stop by itself after so many captures.")
@click.option("--speed", type=click.IntRange(1), help="Recorded seconds that a recording plays in one second.")
@click.option("--start", type=MOMENT, help="Recorded time at which a recording starts.")
@with_context
def command(context: Context, bot: bool, rounds: int | None, speed: int | None, start: int | None) -> None:
    """Capture prices every second and write them on chain, until told to stop (Ctrl-C or SIGTERM).

    On localnet a recording plays, and the feeds are written with the public development key of the publisher, or paid
    for by --keypair. Elsewhere --keypair signs and pays.
    """
    settings = context.settings.prices
    settings = replace(settings, speed=speed or settings.speed, start=settings.start if start is None else start)
    keys = _keys(context) if bot else None
    with open_database(context.settings.database) as database:
        status = asyncio.run(_main(context, settings, database, keys, rounds))
    summary = (
        f"stopped after {status.rounds} captures; percosec prices show, history and sources tell what was captured"
    )
    context.emit(asdict(status), summary)


async def _main(
    context: Context, settings: PriceSettings, database: Database, keys: Keys | None, rounds: int | None
) -> ServiceStatus:
    whole = replace(context.settings, prices=settings)
    async with running_prices(whole, context.project, context.parameters, context.at, database, keys) as service:
        await _watch(context, service, rounds)
    return service.status()


async def _watch(context: Context, service: PriceService, rounds: int | None) -> None:
    """Show how it goes until a signal comes, or so many captures are done."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, _asked_to_stop, stop, loop)
    is_live = context.console.is_terminal and not context.as_json
    said = loop.time()
    with Live(console=context.console, auto_refresh=False, transient=True) if is_live else _Quiet() as screen:
        while not stop.is_set() and (rounds is None or service.status().rounds < rounds):
            if isinstance(screen, Live):
                screen.update(view(service.status()), refresh=True)
            elif loop.time() - said >= LINE_SECONDS:
                said = loop.time()
                click.echo(line(service.status()), err=True)
            try:
                await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
            except TimeoutError:
                continue


class _Quiet:
    """In place of a live view."""

    def __enter__(self) -> "_Quiet":
        return self

    def __exit__(self, *_: object) -> None:
        pass


def _asked_to_stop(stop: asyncio.Event, loop: asyncio.AbstractEventLoop) -> None:
    """The second signal finds the default handlers again."""
    for number in SIGNALS:
        loop.remove_signal_handler(number)
    stop.set()


def _keys(context: Context) -> Keys:
    """The publisher's public key on localnet, else the user's own; PercosecError where none is given."""
    if context.settings.cluster != LOCALNET:
        own = context.keypair()
        return Keys(own, own)
    publisher = dev_key("publisher")
    payer = publisher if context.settings.keypair is None else context.keypair()
    if payer is publisher and _lamports(context, payer.pubkey()) < LEAST_LAMPORTS:
        airdrop(context, payer.pubkey(), GIVEN_LAMPORTS)
    return Keys(payer, publisher)


def _lamports(context: Context, key: Pubkey) -> int:
    account = context.chain().account(key)
    return account.lamports if account else 0
