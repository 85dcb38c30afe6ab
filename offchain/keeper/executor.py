"""Does one job: simulates, sends, confirms, records, and says what came of it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, TypeVar

from solders.signature import Signature

from offchain.chain import tokens
from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.landed import Landed
from offchain.chain.backends.rpc import RpcError
from offchain.chain.errors import ProgramError, program_error
from offchain.chain.transactions import build
from offchain.keeper import journal
from offchain.keeper.blockhashes import Blockhashes
from offchain.keeper.budget import HOUR_MS, Budget, Entry
from offchain.keeper.courier import Courier
from offchain.keeper.fees import PriorityFees
from offchain.keeper.income import earned
from offchain.keeper.job import Job, Lane
from offchain.keeper.journal import Journal
from offchain.keeper.ledger import EXPIRED, REFUSED, Ledger, cost, now_ms
from offchain.keeper.plan import Plan, choose
from offchain.keeper.wallet import Wallet
from offchain.settings.keeper import KeeperSettings

T = TypeVar("T")
TOO_OLD = "EXPIRED"
"""What a node says of a blockhash that it no longer takes."""
SHOW_SECONDS = 10.0
SHOW_POLL = 0.1
FORGET_MS = 180_000
"""A transaction that has not landed so long after it was sent never will."""


class TooOld(RpcError):
    """The blockhash of a transaction had expired before it was sent."""


class Held(Exception):
    """A job is not done, and nothing is wrong with it: `reason` is `dry`, `unprofitable`, `halted` or `reserve`."""

    def __init__(self, reason: str, plan: Plan) -> None:
        super().__init__(reason)
        self.reason = reason
        self.plan = plan
        """What would have been sent."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A transaction that is confirmed and not in the book yet."""

    plan: Plan
    signature: Signature
    entry: Entry


@dataclass(frozen=True, slots=True)
class Done:
    """A transaction that landed and succeeded."""

    landed: Landed
    usdc: int
    """Earned, atoms."""


class Executor:
    """Shared by all workers."""

    def __init__(
        self,
        chain: FailoverChain,
        at: Addresses,
        wallet: Wallet,
        ledger: Ledger,
        settings: KeeperSettings,
        log: Journal,
    ) -> None:
        self._chain = chain
        self._at = at
        self._wallet = wallet
        self._ledger = ledger
        self._settings = settings
        self._log = log
        self._courier = Courier(chain)
        self._fees = PriorityFees(chain, settings.priority_percentile, settings.max_priority)
        self._blockhashes = Blockhashes(chain)
        self._expired: dict[str, int] = {}
        """Key of a job -> how many of its transactions have expired in a row."""
        self._book = ThreadPoolExecutor(1, "keeper-ledger")
        self.budget = Budget(settings.max_lamports_cycle, settings.max_lamports_hour)
        self.halted: str | None = None
        """Why nothing is sent, None while things are."""

    async def run(self) -> None:
        """The courier's rounds; cancel it to end them."""
        await self._courier.run()

    async def deliver(self, job: Job, cycle: int) -> Delivered:
        """Simulate a job, send it and wait until it is confirmed; `record` comes next.

        ProgramError when it is refused, Held when it is left, RpcError when no node answers or it expired.
        """
        priority = await self._fees.current(self._expired.get(job.key, 0))
        plan = await choose(job, self._chain, self._wallet.key, self._at, priority)
        self._note(journal.SIMULATED, job, units=plan.options.units, lamports=plan.lamports, usdc=plan.usdc)
        entry = await self._approve(job, plan, cycle)
        try:
            return await self._send(job, plan, cycle, entry)
        except TooOld:
            # The chain has moved on since the blockhash was taken, as a driven clock does: with a new one it goes.
            self._blockhashes.forget()
            return await self._send(job, plan, cycle, entry)

    async def open_account(self) -> None:
        """Make the wallet's USDC account and book what that costs; ProgramError, RpcError."""
        create = tokens.create_associated(self._wallet.key, self._wallet.key, self._wallet.mint)
        job = Job("account", self._wallet.token, "account", ((create,),), Lane.URGENT, always=True)
        blockhash, _ = await self._blockhashes.current()
        transaction = build([create], [self._wallet.keypair], blockhash)
        await self.in_book(self._ledger.sent, str(transaction.signatures[0]), job, 0)
        try:
            outcome = await self._chain.send(transaction)
        except ProgramError as error:
            await self.in_book(self._ledger.never_landed, str(transaction.signatures[0]), REFUSED, error.code)
            if error.code != TOO_OLD:
                raise
            self._blockhashes.forget()
            await self.open_account()
            return
        await self._write(await self._shown(outcome.signature))
        if outcome.err is not None:
            raise program_error(outcome.err, outcome.logs, self._at)
        await self._wallet.look(self._chain)

    async def _send(self, job: Job, plan: Plan, cycle: int, entry: Entry) -> Delivered:
        entry.lamports = plan.lamports
        blockhash, last_height = await self._blockhashes.current()
        transaction = build(plan.steps, [self._wallet.keypair], blockhash, plan.options)
        signature = transaction.signatures[0]
        await self.in_book(self._ledger.sent, str(signature), job, cycle)
        self._note(journal.SENT, job, signature=signature)
        try:
            status = await self._courier.deliver(transaction, last_height)
        except ProgramError as error:
            entry.lamports = 0
            await self.in_book(self._ledger.never_landed, str(signature), REFUSED, error.code)
            if error.code == TOO_OLD:
                raise TooOld(f"{signature} was too old when it was sent: it is signed anew") from error
            raise
        if status is None:
            entry.lamports = 0
            self._expired[job.key] = self._expired.get(job.key, 0) + 1
            await self.in_book(self._ledger.never_landed, str(signature), EXPIRED)
            raise RpcError(f"{signature} expired before it landed: it is sent anew for a higher fee")
        self._expired.pop(job.key, None)
        self._note(journal.CONFIRMED, job, signature=signature, slot=status.slot, failed=status.err is not None)
        return Delivered(plan, signature, entry)

    async def record(self, job: Job, delivered: Delivered) -> Done:
        """Write a delivered transaction into the book; ProgramError when it landed and failed."""
        landed = await self._shown(delivered.signature)
        delivered.entry.lamports = -landed.payer_change
        usdc = await self._write(landed)
        costs = {"lamports": -landed.payer_change, "usdc": usdc}
        self._note(journal.RECORDED, job, signature=delivered.signature, **costs)
        if landed.err is not None:
            raise program_error(landed.err, landed.logs, self._at)
        return Done(landed, usdc)

    async def begin(self) -> None:
        """Take up where the last process of this wallet ended, however it ended."""
        await self.recover(0)
        since = await self.in_book(self._ledger.counted_since, now_ms() - HOUR_MS)
        self.budget.carry(await self.in_book(self._ledger.spent_since, since), now_ms())
        self.halted = await self.in_book(self._ledger.halted)

    async def look(self) -> None:
        """See whether a person has lifted a halt, and complete the book."""
        if self.halted and await self.in_book(self._ledger.halted) is None:
            self.halted = None
            self.budget.clear()
            self._log.note("resumed")
        await self.recover(FORGET_MS)

    async def recover(self, age_ms: int) -> None:
        """Look up transactions of unknown end that were sent so long ago: those of a process that was killed.

        Until a blockhash has surely expired its transaction may land yet. Whoever does the same again meanwhile is
        refused by the programs: nothing is paid twice.
        """
        for text, sent_ms in await self.in_book(self._ledger.unknown, now_ms() - age_ms):
            signature = Signature.from_string(text)
            (status,) = await self._chain.statuses([signature], history=True)
            if status is not None and status.confirmed:
                landed = await self._chain.landed(signature)
                if landed is None:
                    # This node knows how it ended and keeps no such transactions; another one may show it later.
                    self._log.note("error", signature=text, message="the node does not show what it has confirmed")
                    continue
                await self._write(landed)
                self._log.note(journal.RECORDED, signature=text, recovered=True)
            elif status is None and sent_ms + FORGET_MS < now_ms():
                await self.in_book(self._ledger.never_landed, text, EXPIRED)

    async def in_book(self, call: Callable[..., T], *arguments: Any) -> T:
        """Something with the ledger, in its own thread."""
        return await asyncio.get_running_loop().run_in_executor(self._book, call, *arguments)

    def close(self) -> None:
        """Wait for what is being written."""
        self._book.shutdown(wait=True)

    async def _approve(self, job: Job, plan: Plan, cycle: int) -> Entry:
        if self._settings.dry_run:
            raise Held("dry", plan)
        if self.halted:
            raise Held("halted", plan)
        loss = plan.usdc < cost(plan.lamports, self._settings.sol_price)
        if loss and self._settings.skip_unprofitable and not job.always:
            raise Held("unprofitable", plan)
        if job.lane == Lane.ROUTINE and self._wallet.lamports - plan.lamports < self._settings.reserve_lamports:
            raise Held("reserve", plan)
        entry = self.budget.take(plan.lamports, cycle, now_ms())
        if isinstance(entry, str):
            self.halted = entry
            await self.in_book(self._ledger.halt, entry)
            self._log.note("halted", reason=entry)
            raise Held("halted", plan)
        return entry

    async def _write(self, landed: Landed) -> int:
        usdc = earned(landed, self._wallet.key, self._wallet.mint)
        code = "" if landed.err is None else program_error(landed.err, landed.logs, self._at).code
        await self.in_book(self._ledger.landed, landed, usdc, code)
        return usdc

    async def _shown(self, signature: Signature) -> Landed:
        """A confirmed transaction, which a busy node shows a moment later."""
        deadline = asyncio.get_running_loop().time() + SHOW_SECONDS
        while True:
            landed = await self._chain.landed(signature)
            if landed is not None:
                return landed
            if asyncio.get_running_loop().time() > deadline:
                raise RpcError(f"the node has confirmed {signature} but does not show it: the next start records it")
            await asyncio.sleep(SHOW_POLL)

    def _note(self, step: str, job: Job, **fields: Any) -> None:
        self._log.note(step, duty=job.duty, subject=str(job.subject), key=job.key, **fields)
