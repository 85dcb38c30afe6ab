"""Bringing transactions to the chain over nodes that lie, die and forget; each tale is told by a scripted chain."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from solders.hash import Hash
from solders.keypair import Keypair
from solders.signature import Signature
from solders.system_program import TransferParams, transfer
from solders.transaction import VersionedTransaction

from offchain.chain.backends.landed import Status
from offchain.chain.backends.node import NodeDownError, RefusedError
from offchain.chain.errors import ProgramError, program_error
from offchain.chain.transactions import Options, build
from offchain.keeper import courier as module
from offchain.keeper.courier import SLACK_BLOCKS, Courier
from tests.support.patience import PATIENCE, until

LANDED = Status(7, None, True)
PROCESSED = Status(7, None, False)
REFUSAL: ProgramError = program_error({"InstructionError": [0, "InvalidAccountData"]}, [])


class Nodes:
    """Counts failures as the real ones do."""

    failures = 0


class Tale:
    """A chain that does as it is told: what `submit` raises, what `statuses` says, how high the blocks are."""

    def __init__(self) -> None:
        self.nodes = Nodes()
        self.refusals: list[Exception | None] = []
        self.status: Status | None = None
        self.in_history: Status | None = None
        self.height = 0
        self.sent: list[bool] = []
        self.unreachable = 0

    async def submit(self, transaction: VersionedTransaction, preflight: bool = True) -> None:
        self.sent.append(preflight)
        refusal = self.refusals.pop(0) if self.refusals else None
        if isinstance(refusal, NodeDownError):
            self.nodes.failures += 1
        if refusal is not None:
            raise refusal

    async def statuses(self, signatures: Sequence[Signature], history: bool = False) -> list[Status | None]:
        if self.unreachable:
            self.unreachable -= 1
            raise NodeDownError("down")
        return [self.in_history if history else self.status for _ in signatures]

    async def block_height(self) -> int:
        return self.height


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Poll and send again without pauses."""
    monkeypatch.setattr(module, "POLL_SECONDS", 0.005)
    monkeypatch.setattr(module, "AGAIN_SECONDS", 0.01)


@pytest.fixture
def transaction() -> VersionedTransaction:
    """Any signed transaction."""
    pair = Keypair()
    step = transfer(TransferParams(from_pubkey=pair.pubkey(), to_pubkey=pair.pubkey(), lamports=1))
    return build([step], [pair], Hash.default(), Options())


@asynccontextmanager
async def delivering(tale: Tale, transaction: VersionedTransaction) -> AsyncIterator[asyncio.Task[Status | None]]:
    """A delivery under way, good until height 100."""
    courier = Courier(tale)  # type: ignore[arg-type]
    running = asyncio.create_task(courier.run())
    try:
        yield asyncio.create_task(courier.deliver(transaction, 100))
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_it_waits_until_the_transaction_is_confirmed_not_only_processed(
    transaction: VersionedTransaction,
) -> None:
    tale = Tale()
    tale.status = PROCESSED
    async with delivering(tale, transaction) as task:
        await asyncio.sleep(0.05)
        assert not task.done()
        tale.status = LANDED
        assert await asyncio.wait_for(task, PATIENCE) == LANDED


async def test_it_sends_the_same_bytes_again_until_they_land(transaction: VersionedTransaction) -> None:
    tale = Tale()
    async with delivering(tale, transaction) as task:
        await until(lambda: len(tale.sent) > 2, "a third sending")
        assert tale.sent[0] is True and not any(tale.sent[1:])
        tale.status = LANDED
        assert await asyncio.wait_for(task, PATIENCE) == LANDED


async def test_it_gives_up_only_when_the_blockhash_has_surely_expired_and_nobody_knows_the_transaction(
    transaction: VersionedTransaction,
) -> None:
    tale = Tale()
    tale.height = 100 + SLACK_BLOCKS
    async with delivering(tale, transaction) as task:
        await asyncio.sleep(0.05)
        assert not task.done()
        tale.height += 1
        assert await asyncio.wait_for(task, PATIENCE) is None


async def test_one_that_landed_at_the_last_moment_is_found_in_the_history(transaction: VersionedTransaction) -> None:
    tale = Tale()
    tale.height, tale.in_history = 1_000, LANDED
    async with delivering(tale, transaction) as task:
        assert await asyncio.wait_for(task, PATIENCE) == LANDED


async def test_a_refusal_by_preflight_is_the_end(transaction: VersionedTransaction) -> None:
    tale = Tale()
    tale.refusals = [REFUSAL]
    async with delivering(tale, transaction) as task:
        with pytest.raises(ProgramError):
            await task


async def test_a_refusal_after_a_node_died_may_be_about_its_own_success(transaction: VersionedTransaction) -> None:
    tale = Tale()
    tale.status = LANDED

    async def submit(_transaction: VersionedTransaction, preflight: bool = True) -> None:
        tale.nodes.failures += 1
        raise REFUSAL

    tale.submit = submit  # type: ignore[method-assign]
    async with delivering(tale, transaction) as task:
        assert await asyncio.wait_for(task, PATIENCE) == LANDED


async def test_when_no_node_answered_the_outcome_is_looked_up_and_not_assumed(
    transaction: VersionedTransaction,
) -> None:
    tale = Tale()
    tale.refusals, tale.unreachable = [NodeDownError("down")], 3
    tale.status = LANDED
    async with delivering(tale, transaction) as task:
        assert await asyncio.wait_for(task, PATIENCE) == LANDED
        assert tale.sent == [True]


async def test_nonsense_is_said_at_once(transaction: VersionedTransaction) -> None:
    tale = Tale()
    tale.refusals = [RefusedError("sendTransaction", -32602, "too large", None)]
    async with delivering(tale, transaction) as task:
        with pytest.raises(RefusedError, match="too large"):
            await task
