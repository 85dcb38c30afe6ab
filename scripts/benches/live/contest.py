"""One contender on one fresh copy of the chain: connect everybody, deposit again and again, see when it arrives."""

import json
import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from time import monotonic, sleep

import httpx
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain import tokens, transactions
from offchain.chain.accounts import decode_account
from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from offchain.chain.instructions import insurance_pool
from offchain.localnet.ports import free_block
from offchain.settings.paths import ROOT
from scripts.benches.errors import BenchError
from scripts.benches.keeper.contest import hosted
from scripts.benches.keeper.workload import FIRST_EPOCH, USDC, Workload, person
from scripts.benches.live.contenders import Contender
from scripts.benches.live.figures import Figures, latencies
from scripts.benches.processes import python, running, tail

READY_SECONDS = 180.0
DRAIN_SECONDS = 5.0
AMOUNT = 10 * USDC
TICKS = os.sysconf("SC_CLK_TCK")


def contest(
    state: Path, start: int, workload: Workload, contender: Contender, folder: Path, clients: int, gaps: Sequence[float]
) -> Figures:
    """Deposit once after each of `gaps` (seconds); BenchError when a contender does not get ready."""
    trace, output, log = folder / "trace.jsonl", folder / "arrivals.json", folder / "server.log"
    port = free_block(1)
    with (
        hosted(state, start, folder, trace) as node,
        closing(RpcChain.connect(node.http)) as chain,
        running(contender.command(node, port), log, contender.environment) as server,
    ):
        _until_healthy(server, port, log)
        if contender.indexes:
            _until_indexed(port, workload)
        with _load(f"ws://127.0.0.1:{port}/v1/ws", clients, contender.ask, output, folder) as load:
            _until_ready(load, server, log)
            before = _cpu_ms(server.pid)
            sent = [_deposit(chain, workload.market_id(0), gap) for gap in gaps]
            sleep(DRAIN_SECONDS)
            cpu, memory = _cpu_ms(server.pid) - before, _memory_kb(server.pid)
    landed = _landed(trace)
    found = json.loads(output.read_text(encoding="utf-8"))
    moments = {shares: landed[signature] for shares, signature in sent}
    delivered = latencies(moments, found["arrivals"])
    missing = clients * len(gaps) - len(delivered)
    return Figures(contender.name, clients, len(gaps), delivered, missing, found["lost"], cpu, memory)


def even(updates: int) -> list[float]:
    """One a second."""
    return [1.0] * updates


def uneven(updates: int, seed: int = 7) -> list[float]:
    """Between 0.1 and 0.5 seconds, so that no rhythm of a server's favours it."""
    dice = Random(seed)  # noqa: S311  # a workload
    return [dice.uniform(0.1, 0.5) for _ in range(updates)]


def _deposit(chain: RpcChain, market: Pubkey, gap: float) -> tuple[str, str]:
    """Shares of the pool after one more deposit, and its signature."""
    began = monotonic()
    provider: Keypair = person("provider")
    token = tokens.associated(provider.pubkey(), person("mint").pubkey())
    step = insurance_pool.top_up(provider.pubkey(), market, token, AMOUNT, 1, FIRST_EPOCH)
    signature = str(transactions.send(chain, [step], [provider]).signature)
    pool = LOCALNET.market(market).pool
    shares = decode_account(InsurancePool, chain.account(pool), LOCALNET.insurance_pool, pool).total_shares
    sleep(max(0.0, gap - (monotonic() - began)))
    return str(shares), signature


@contextmanager
def _load(url: str, clients: int, ask: str, output: Path, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    command = python("-m", "scripts.benches.live.load", url, str(clients), ask, str(output))
    with (folder / "load.log").open("ab") as log:
        load = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log)
    with load:
        try:
            yield load
        finally:
            if load.stdin is not None:
                load.stdin.close()
            load.wait(READY_SECONDS)


def _until_ready(load: subprocess.Popen[bytes], server: subprocess.Popen[bytes], log: Path) -> None:
    if load.stdout is None or load.stdout.readline() != b"ready\n":
        raise BenchError(f"not every client was served (the server's exit code: {server.poll()}): {tail(log)}")


def _until_healthy(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = monotonic() + READY_SECONDS
    while monotonic() < deadline and server.poll() is None:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/v1/health", timeout=2).status_code == 200:
                return
        except httpx.HTTPError:
            sleep(0.1)
    raise BenchError(f"the server did not start: {tail(log)}")


def _until_indexed(port: int, workload: Workload) -> None:
    """Until the API shows the market."""
    url = f"http://127.0.0.1:{port}/v1/pools/{workload.market_id(0)}"
    deadline = monotonic() + READY_SECONDS
    while httpx.get(url, timeout=READY_SECONDS).status_code != 200:
        if monotonic() > deadline:
            raise BenchError("the server has not indexed the chain in time")
        sleep(0.2)


def _landed(trace: Path) -> dict[str, int]:
    """Signature -> nanoseconds at which it landed, as the chain's process noted."""
    lines = trace.read_text(encoding="utf-8").splitlines()
    return {line["signature"]: line["ns"] for line in map(json.loads, lines) if not line["failed"]}


def _cpu_ms(process: int) -> int:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1_000 // TICKS


def _memory_kb(process: int) -> int:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS")))
