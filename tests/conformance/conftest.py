"""Every test that asks for `leg` runs against the embedded chain in process and on a port, and a real validator."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack

import pytest
from solana.rpc.async_api import AsyncClient

from offchain.localnet import LocalnetError
from offchain.localnet.validator_binary import NAME
from tests.conformance.legs import LEGS, LEGS_WITH_SOCKETS, Leg, NoValidatorError, absence, open_leg


@pytest.fixture(scope="module")
def chains() -> Iterator[Callable[[str], Leg]]:
    """Opens a leg by name; each runs once for a module: even an idle validator takes half a core of the other tests."""
    opened: dict[str, Leg] = {}
    with ExitStack() as stack:

        def chain(name: str) -> Leg:
            if name not in opened:
                opened[name] = stack.enter_context(open_leg(name))
            return opened[name]

        yield chain


@pytest.fixture(params=LEGS)
def leg(request: pytest.FixtureRequest, chains: Callable[[str], Leg]) -> Leg:
    """One of the three chains."""
    return _leg(chains, request.param)


@pytest.fixture(params=LEGS_WITH_SOCKETS)
def socket_leg(request: pytest.FixtureRequest, chains: Callable[[str], Leg]) -> Leg:
    """One of the chains that can be reached by socket."""
    return _leg(chains, request.param)


@pytest.fixture
async def client(leg: Leg) -> AsyncIterator[AsyncClient]:
    """A client of the leg."""
    async with leg.connect() as connected:
        yield connected


@pytest.fixture
async def socket_client(socket_leg: Leg) -> AsyncIterator[AsyncClient]:
    """A client of the leg with sockets."""
    async with socket_leg.connect() as connected:
        yield connected


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say plainly whether the comparison with a real validator took place."""
    finished = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    count = sum(
        "tests/conformance/" in report.nodeid and "validator" in report.nodeid.partition("[")[2] for report in finished
    )
    if count:
        terminalreporter.write_line(f"conformance: {count} tests ran against {NAME}")
    else:
        line = f"conformance: THE VALIDATOR LEG DID NOT RUN: {_why_not()}"
        terminalreporter.write_line(line, yellow=True, bold=True)


def _why_not() -> str:
    try:
        return absence() or "its tests were not selected, or it did not start"
    except LocalnetError as error:
        return str(error)


def _leg(chains: Callable[[str], Leg], name: str) -> Leg:
    try:
        return chains(name)
    except NoValidatorError as error:
        pytest.skip(str(error))
