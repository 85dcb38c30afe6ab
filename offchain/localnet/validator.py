"""Solana's own test validator as a chain: for checks that the local chain agrees with the real thing."""

import subprocess
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

import httpx
from solders.pubkey import Pubkey

from offchain.localnet.endpoints import HOST, Endpoints, local_endpoints
from offchain.localnet.errors import LocalnetError
from offchain.localnet.ports import free_block
from offchain.localnet.validator_binary import require_validator

NO_SBPF_V0_DEPLOYMENTS = Pubkey.from_string("B8JJXCy5amZyWG9r7EnUYLwzXSXTxG7GZ1qZ1qggo83g")
"""The feature with which no program of the bytecode's version 0, such as ours, can be deployed any more."""

_START_SECONDS = 90.0
_STOP_SECONDS = 10.0
_DYNAMIC_PORTS = 30
"""Ports for gossip, repair and the like; the validator asks for 25 or more."""

_FIXED_PORTS = 4
"""RPC, WebSocket, faucet, gossip."""

_LAST_LINES = 600
"""Characters of the validator's output that an error message quotes."""


@contextmanager
def running_validator(
    programs: Mapping[Pubkey, Path] | None = None,
    authority: Pubkey | None = None,
    ticks_per_slot: int | None = None,
    slots_per_epoch: int | None = None,
    without: Iterable[Pubkey] = (),
    accounts: Mapping[Pubkey, Path] | None = None,
) -> Iterator[Endpoints]:
    """Run a fresh validator on free ports, with a ledger of its own, until the block ends.

    `programs` maps program ids to `.so` files, upgradeable by `authority` or by nobody. A tick is 6.25 ms: 64 of them
    make the usual slot of 0.4 s, 16 one of 0.1 s. `without` names features that are to stay off: a test validator has
    all of them, also those that no public cluster has. `accounts` maps addresses to the JSON of an account that is to
    exist from the start, as `solana account --output json` writes it.

    Raises LocalnetError if there is no validator or it does not start.
    """
    binary = require_validator()
    with TemporaryDirectory(prefix="percosec-validator-") as folder:
        output = Path(folder) / "output.log"
        port = free_block(_FIXED_PORTS + _DYNAMIC_PORTS)
        command = [str(binary), *_arguments(Path(folder), port)]
        for program, path in (programs or {}).items():
            command += ["--upgradeable-program", str(program), str(path), str(authority) if authority else "none"]
        for address, path in (accounts or {}).items():
            command += ["--account", str(address), str(path)]
        for feature in without:
            command += ["--deactivate-feature", str(feature)]
        if ticks_per_slot is not None:
            command += ["--ticks-per-slot", str(ticks_per_slot)]
        if slots_per_epoch is not None:
            command += ["--slots-per-epoch", str(slots_per_epoch)]
        with output.open("wb") as log:
            process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            endpoints = local_endpoints(port, port + 1)
            _wait_ready(process, endpoints.http, output)
            yield endpoints
        finally:
            _stop(process)


def _arguments(folder: Path, port: int) -> list[str]:
    dynamic = port + _FIXED_PORTS
    return [
        "--quiet",
        *("--ledger", str(folder / "ledger")),
        *("--bind-address", HOST),
        *("--rpc-port", str(port)),
        *("--faucet-port", str(port + 2)),
        *("--gossip-port", str(port + 3)),
        *("--dynamic-port-range", f"{dynamic}-{dynamic + _DYNAMIC_PORTS}"),
    ]


def _wait_ready(process: subprocess.Popen[bytes], url: str, output: Path) -> None:
    deadline = monotonic() + _START_SECONDS
    while not _confirms(url):
        if process.poll() is not None or monotonic() > deadline:
            said = output.read_text(errors="replace")[-_LAST_LINES:].strip()
            raise LocalnetError(f"solana-test-validator did not start: {said or 'it printed nothing'}")
        sleep(0.1)


def _confirms(url: str) -> bool:
    """Whether the validator is healthy and has confirmed a first slot."""
    request = {"jsonrpc": "2.0", "id": 1, "method": "getSlot", "params": [{"commitment": "confirmed"}]}
    try:
        healthy = httpx.get(f"{url}/health", timeout=2).text == "ok"
        return healthy and httpx.post(url, json=request, timeout=2).json().get("result", 0) > 0
    except (httpx.HTTPError, ValueError):
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
