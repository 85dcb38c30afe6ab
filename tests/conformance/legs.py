"""The chains that every conformance test runs against."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from solana.rpc.async_api import AsyncClient
from solana.rpc.commitment import Confirmed
from solders.keypair import Keypair

from offchain.localnet import LocalChain
from offchain.localnet.connect import client_of
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.server import serving
from offchain.localnet.validator import NO_SBPF_V0_DEPLOYMENTS, running_validator
from offchain.localnet.validator_binary import NAME, VARIABLE, find_validator

REQUIRE = "PERCOSEC_REQUIRE_VALIDATOR"
LEGS = ("in-process", "port", "validator")
LEGS_WITH_SOCKETS = ("port", "validator")
_BANK_LAMPORTS = 1_000 * 10**9
_TICKS_PER_SLOT = 16


class NoValidatorError(Exception):
    """The validator leg cannot run on this machine."""


@dataclass(frozen=True)
class Leg:
    """One chain under test."""

    name: str
    connect: Callable[[], AsyncClient]
    """A new unmodified solana-py client at commitment `confirmed`."""
    ws: str | None
    """URL for WebSockets; None in process, where there are no sockets."""
    bank: Keypair
    """A key with plenty of lamports."""


@contextmanager
def open_leg(name: str) -> Iterator[Leg]:
    """Start the chain of this name with the project's programs on it. Raises NoValidatorError."""
    opened = {"in-process": _in_process, "port": _port, "validator": _validator}[name]
    with opened() as (connect, ws):
        bank = Keypair()
        asyncio.run(_fill(connect, bank))
        yield Leg(name, connect, ws, bank)


def absence() -> str | None:
    """Why the validator leg cannot run, or None. A required validator is never absent: its test then fails."""
    if find_validator() is not None or os.environ.get(REQUIRE) == "1":
        return None
    return f"no {NAME} on this machine (put it on PATH or name it in {VARIABLE}; {REQUIRE}=1 makes this a failure)"


Connection = tuple[Callable[[], AsyncClient], str | None]


@contextmanager
def _in_process() -> Iterator[Connection]:
    chain = LocalChain(clock="real", programs=project_programs(), authority=admin())
    yield lambda: client_of(chain), None


@contextmanager
def _port() -> Iterator[Connection]:
    chain = LocalChain(clock="real", programs=project_programs(), authority=admin())
    with serving(chain) as endpoints:
        yield lambda: AsyncClient(endpoints.http, Confirmed), endpoints.ws


@contextmanager
def _validator() -> Iterator[Connection]:
    reason = absence()
    if reason is not None:
        raise NoValidatorError(reason)
    without = (NO_SBPF_V0_DEPLOYMENTS,)
    with running_validator(project_programs(), admin(), ticks_per_slot=_TICKS_PER_SLOT, without=without) as endpoints:
        yield lambda: AsyncClient(endpoints.http, Confirmed), endpoints.ws


async def _fill(connect: Callable[[], AsyncClient], bank: Keypair) -> None:
    async with connect() as client:
        signature = (await client.request_airdrop(bank.pubkey(), _BANK_LAMPORTS)).value
        await client.confirm_transaction(signature, sleep_seconds=0.05)
