"""One contender on one fresh copy of the prepared chain: wait until it is ready, let the price fall, watch it pay."""

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from solders.keypair import Keypair

from offchain.chain import transactions
from offchain.chain.backends.rpc import RpcChain
from offchain.localnet.endpoints import Endpoints, local_endpoints
from offchain.localnet.ports import free_block
from offchain.settings.project import load_project
from offchain.verify.evidence.node import Node
from scripts.benches.chain_process import wait_healthy
from scripts.benches.errors import BenchError
from scripts.benches.keeper.figures import Figures, Landed, figures, released
from scripts.benches.keeper.population import crash
from scripts.benches.keeper.workload import Workload, person
from scripts.benches.processes import python, running, tail

FUNDS = 10 * 10**9
POLL_SECONDS = 0.2
QUIET_SECONDS = 8.0
"""A contender that has sent nothing for so long has done what was due before."""
READY_SECONDS = 300.0
PAID_SECONDS = 300.0
PUBLISH_SECONDS = 30.0
"""As a price bot does at least every minute."""
PROFILE = "keeper.profile"
"""Where the keeper's profile is left, in its folder."""


@dataclass(frozen=True)
class Contender:
    """A program that is to pay the claims."""

    name: str
    command: Callable[[Endpoints, Path], Sequence[str]]
    """Its command line for a node and a key file."""
    environment: Mapping[str, str]


def keeper(folder: Path, profile: bool = False) -> Contender:
    """The project's keeper with its defaults; only the caps on spending are lifted, for fifty claims in a second."""
    profiling = ("-m", "cProfile", "-o", str(folder / PROFILE)) if profile else ()

    def command(endpoints: Endpoints, key: Path) -> list[str]:
        return python(*profiling, "-m", "offchain.cli", "keeper", "run", "--rpc", endpoints.http, "--keypair", str(key))

    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PERCOSEC_")}
    settings = {
        "PERCOSEC_CLUSTER": "localnet",
        "PERCOSEC_DATABASE": f"sqlite:///{folder / 'keeper.db'}",
        "PERCOSEC_KEEPER_MAX_LAMPORTS_CYCLE": "5000000000",
        "PERCOSEC_KEEPER_MAX_LAMPORTS_HOUR": "5000000000",
    }
    return Contender("percosec keeper", command, inherited | settings)


def plain_loop() -> Contender:
    """What one would write instead."""

    def command(endpoints: Endpoints, key: Path) -> list[str]:
        return python("-m", "scripts.benches.keeper.plain_loop", endpoints.http, str(key))

    return Contender("plain loop", command, dict(os.environ))


def contest(state: Path, start: int, workload: Workload, contender: Contender, folder: Path) -> Figures:
    """Run one contender; BenchError when it does not pay every claim, or pays one twice."""
    key = Keypair()
    key_file = folder / "key.json"
    key_file.write_text(key.to_json())
    key_file.chmod(0o600)
    trace = folder / "trace.jsonl"
    with hosted(state, start, folder, trace) as endpoints:
        with closing(Node(endpoints.http)) as node:
            node.ask("requestAirdrop", str(key.pubkey()), FUNDS)
        environment = {**contender.environment, "PERCOSEC_WS": endpoints.ws}
        log = folder / "contender.log"
        with running(contender.command(endpoints, key_file), log, environment) as process:

            def check() -> None:
                if process.poll() is not None:
                    raise BenchError(f"{contender.name} ended by itself: {tail(log)}")

            _until_quiet(trace, str(key.pubkey()), check)
            price = _fall(endpoints, workload, start)
            _until_paid(endpoints, trace, workload, check, log)
    markets = [workload.market_id(number) for number in range(workload.breaching)]
    return figures(contender.name, landed_in(trace), price, str(key.pubkey()), markets)


def landed_in(trace: Path) -> list[Landed]:
    """What the chain's process has noted so far."""
    complete = trace.read_text(encoding="utf-8").rpartition("\n")[0].splitlines()
    return [_landed(json.loads(line)) for line in complete]


def _landed(line: dict[str, object]) -> Landed:
    return Landed(
        signature=str(line["signature"]),
        slot=int(str(line["height"])),
        milliseconds=int(str(line["ns"])) // 10**6,
        failed=bool(line["failed"]),
        payer=str(line["payer"]),
        lamports=int(str(line["lamports"])),
        logs=list(line["logs"]),  # type: ignore[call-overload]
    )


@contextmanager
def hosted(state: Path, start: int, folder: Path, trace: Path) -> Iterator[Endpoints]:
    """A copy of a prepared chain behind a port; each transaction that lands is noted in `trace`."""
    copy = folder / "chain.sqlite"
    shutil.copy(state, copy)
    port = free_block(2)
    endpoints = local_endpoints(port, port + 1)
    log = folder / "chain.log"
    command = python("-m", "scripts.benches.keeper.host", str(copy), str(start), str(port), str(trace))
    with running(command, log, os.environ) as process:
        wait_healthy(process, endpoints.http, log)
        yield endpoints


def _until_quiet(trace: Path, payer: str, check: Callable[[], None]) -> None:
    """Until the contender has been seen on the chain and has then sent nothing for a while."""
    deadline = monotonic() + READY_SECONDS
    seen, since = 0, monotonic()
    while monotonic() < deadline:
        check()
        count = sum(one.payer == payer for one in landed_in(trace))
        if count != seen:
            seen, since = count, monotonic()
        elif seen and monotonic() - since > QUIET_SECONDS:
            return
        sleep(POLL_SECONDS)
    raise BenchError(f"the contender was not ready in {READY_SECONDS:.0f} s: it has sent {seen} transactions")


def _fall(endpoints: Endpoints, workload: Workload, start: int) -> str:
    """Publish the lower price, and once more when the price before it no longer counts; returns that signature.

    A liquidation takes the better of the newest price and one some seconds older, so that the first of the two,
    published when the price of the set-up is old enough, makes no position breach.
    """
    publisher = person("publisher")
    wait = workload.schedule(start).wait(load_project().profile("development").parameters.lag_wait)
    with closing(RpcChain.connect(endpoints.http)) as chain:
        _until(chain, start + wait)
        transactions.send(chain, [crash(workload, chain.now())], [publisher])
        _until(chain, chain.now() + wait)
        outcome = transactions.send(chain, [crash(workload, chain.now())], [publisher])
    return str(outcome.signature)


def _until(chain: RpcChain, moment: int) -> None:
    while chain.now() <= moment:
        sleep(POLL_SECONDS)


def _until_paid(endpoints: Endpoints, trace: Path, workload: Workload, check: Callable[[], None], log: Path) -> None:
    """Wait for every payment; meanwhile the price is published again and again, as it is too old to act on else."""
    claims, publisher = workload.breaching, person("publisher")
    deadline, published = monotonic() + PAID_SECONDS, monotonic()
    with closing(RpcChain.connect(endpoints.http)) as chain:
        while (done := released(landed_in(trace))) < claims:
            check()
            if monotonic() > deadline:
                raise BenchError(f"{done} of {claims} claims were paid in {PAID_SECONDS:.0f} s: {tail(log)}")
            if monotonic() > published + PUBLISH_SECONDS:
                published = monotonic()
                transactions.send(chain, [crash(workload, chain.now())], [publisher])
            sleep(POLL_SECONDS)
