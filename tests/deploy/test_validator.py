"""The same deployment on Solana's own test validator: from nothing, killed, resumed, again, upgraded, and at work."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

import pytest
from solders.keypair import Keypair

from offchain.chain.addresses import LOCALNET
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.epochs import Schedule
from offchain.chain.keys import development_admin
from offchain.deploy.chunks import buffer_address
from offchain.deploy.loader_state import data_address, read_buffer, read_program_data
from offchain.deploy.node import Node
from offchain.localnet.validator import NO_SBPF_V0_DEPLOYMENTS, running_validator
from tests.conformance.legs import absence
from tests.deploy.artifacts import changed, copied, longer
from tests.deploy.life import live_a_little
from tests.deploy.stage import deploy, start
from tests.deploy.test_upgrade import ELF, NAME

EPOCH_SECONDS = 15
TICKS_PER_SLOT = 16


@contextmanager
def validator() -> Iterator[tuple[str, RpcChain, Node]]:
    """A fresh one, without any program of ours."""
    without = (NO_SBPF_V0_DEPLOYMENTS,)
    with running_validator(ticks_per_slot=TICKS_PER_SLOT, without=without) as endpoints:
        chain, node = RpcChain.connect(endpoints.http), Node(endpoints.http)
        try:
            yield endpoints.http, chain, node
        finally:
            chain.close()
            node.close()


def test_from_nothing_to_a_score_on_a_real_validator(tmp_path: Path) -> None:
    reason = absence()
    if reason is not None:
        pytest.skip(reason)
    with validator() as (url, chain, node):
        epochs = ("--epoch-seconds", str(EPOCH_SECONDS))
        _kill_in_the_middle_of_the_second_program(url, chain, *epochs)
        ended = deploy(url, *epochs)
        assert ended.code == 0, ended.errors
        assert "deploy risk_engine" not in ended.titles
        assert "deploy premium_manager" in ended.titles
        assert all(finding["ok"] for finding in ended.document["verified"])

        held = node.balance(development_admin().pubkey())
        again = deploy(url, *epochs)
        assert again.code == 0, again.errors
        assert again.titles == []
        assert node.balance(development_admin().pubkey()) == held
        live_a_little(chain, lambda key: node.airdrop(key.pubkey(), 10**9), lambda schedule: _wait(chain, schedule))

        artifacts, elf = copied(tmp_path), longer(ELF)
        changed(artifacts, NAME, elf)
        upgraded = deploy(url, artifacts=artifacts)
        assert upgraded.code == 0, upgraded.errors
        assert upgraded.titles == [f"upgrade {NAME}"]
        data = read_program_data(chain.account(data_address(LOCALNET.risk_engine)))
        assert data is not None
        assert data.holds(elf)

        heir = Keypair().pubkey()
        handed = deploy(url, "--hand-over", str(heir), artifacts=artifacts)
        assert handed.code == 0, handed.errors
        data = read_program_data(chain.account(data_address(LOCALNET.risk_engine)))
        assert data is not None
        assert data.authority == heir


def _kill_in_the_middle_of_the_second_program(url: str, chain: RpcChain, *arguments: str) -> None:
    process = start(url, "--json", "--yes", *arguments)
    buffer = buffer_address(development_admin().pubkey(), "premium_manager")
    deadline = monotonic() + 120
    while True:
        found = read_buffer(chain.account(buffer))
        if found is not None and sum(byte != 0 for byte in found.content[::100]) > 1_000:
            break
        assert process.poll() is None, process.communicate()
        assert monotonic() < deadline, "it never wrote the second program"
        sleep(0.05)
    process.kill()
    process.communicate()


def _wait(chain: RpcChain, schedule: Schedule) -> None:
    """Until the epoch after this one has begun."""
    goal = schedule.start(schedule.epoch(chain.now()) + 1)
    while chain.now() <= goal:
        sleep(0.2)
