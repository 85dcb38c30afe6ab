"""The demo on a real solana-test-validator: time runs by itself there, so epochs are shortened."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from typing import Any

import httpx
from solders.pubkey import Pubkey

from offchain.chain.backends.base import Chain
from offchain.chain.backends.rpc import RpcChain
from offchain.chain.epochs import Schedule
from offchain.demo.errors import DemoError
from offchain.demo.stage import shortened
from offchain.demo.timeline import START_EPOCH
from offchain.localnet.chain import LocalChain
from offchain.localnet.project_programs import admin, project_programs
from offchain.localnet.validator import running_validator

EPOCH_SECONDS = 10
"""Length of an epoch where the user names none: what happens in one must fit into it."""

TICKS_PER_SLOT = 16
"""Slots of 0.1 s instead of 0.4 s."""

SET_UP_SECONDS = 75
"""Time for the set-up before the first epoch begins."""

POLL_SECONDS = 0.05
AIRDROP_SECONDS = 60.0


class ValidatorStage:
    """A running validator behind its RPC interface."""

    name = "test-validator"

    def __init__(self, url: str, epoch_seconds: int, set_up_seconds: int = SET_UP_SECONDS) -> None:
        """The first epoch played begins once the set-up should be done."""
        self._url = url
        self._rpc = RpcChain.connect(url)
        self._client = httpx.Client(timeout=30)
        self._ids = count(1)
        self.chain: Chain = self._rpc
        self.evidence: LocalChain | str = url
        start = self._rpc.now() + set_up_seconds
        self.schedule = Schedule(start - START_EPOCH * epoch_seconds, epoch_seconds)
        self.shortened: str | None = f"{shortened(epoch_seconds)} Slots last 0.1 s instead of 0.4 s."

    def fund(self, everyone: Sequence[Pubkey], lamports: int) -> None:
        """Airdrops from the validator's faucet, all at once; DemoError when one does not arrive."""
        for actor in everyone:
            self._ask("requestAirdrop", str(actor), lamports)
        deadline = time.monotonic() + AIRDROP_SECONDS
        for actor in everyone:
            while not self._ask("getBalance", str(actor), {"commitment": "confirmed"})["value"]:
                if time.monotonic() > deadline:
                    raise DemoError("the validator's faucet did not pay: start again, or use the embedded backend")
                time.sleep(POLL_SECONDS)

    def wait_until(self, moment: int) -> None:
        """Wait for the validator's clock; DemoError when it is an epoch ahead already."""
        now = self._rpc.now()
        if now >= moment + self.schedule.epoch_seconds:
            raise DemoError(
                f"this machine is too slow for epochs of {self.schedule.epoch_seconds} s on a validator: "
                "give a larger --epoch-seconds or a shorter window"
            )
        while now < moment:
            time.sleep(POLL_SECONDS)
            now = self._rpc.now()

    def keep(self) -> None:
        """Nothing: a validator's ledger goes with it."""

    def close(self) -> None:
        """Close the connections."""
        self._client.close()
        self._rpc.close()

    def _ask(self, method: str, *parameters: object) -> Any:
        request = {"jsonrpc": "2.0", "id": next(self._ids), "method": method, "params": parameters}
        answer = self._client.post(self._url, json=request).json()
        if "error" in answer:
            raise DemoError(f"the validator refuses {method}: {answer['error'].get('message')}")
        return answer["result"]


@contextmanager
def validator_stage(epoch_seconds: int) -> Iterator[ValidatorStage]:
    """Start a validator with the project's programs; LocalnetError when there is none on this machine."""
    with running_validator(project_programs(), admin(), ticks_per_slot=TICKS_PER_SLOT) as endpoints:
        stage = ValidatorStage(endpoints.http, epoch_seconds)
        try:
            yield stage
        finally:
            stage.close()
