"""The keeper as a service: `run` keeps every market alive until it is told to stop; `status` says how it goes."""

import asyncio
from collections.abc import Coroutine, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

from solders.account import Account
from solders.keypair import Keypair
from solders.pubkey import Pubkey

from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.rpc import RpcError
from offchain.chain.directory import Directory, reload
from offchain.database.database import Database
from offchain.errors import PercosecError
from offchain.keeper import journal
from offchain.keeper.executor import Executor, Held
from offchain.keeper.guards import GuardError, check_cluster, check_mint, check_programs, check_wallet
from offchain.keeper.job import Job, Lane
from offchain.keeper.journal import Journal
from offchain.keeper.ledger import Ledger
from offchain.keeper.moment import Moment
from offchain.keeper.plan import Plan
from offchain.keeper.planner import Planner
from offchain.keeper.queue import Queue
from offchain.keeper.tally import Tally
from offchain.keeper.wallet import Wallet
from offchain.keeper.watch import Watch
from offchain.settings.parameters import Parameters
from offchain.settings.project import Project
from offchain.settings.tree import Settings
from offchain.settings.urls import websocket_of

LOOK_SECONDS = 5.0
"""Pause between two looks at the wallet and at what a killed process left."""
DRY_SECONDS = 60.0
UNPROFITABLE_SECONDS = 30.0
DRAIN_SECONDS = 90.0
"""By then every transaction under way has landed or expired."""


class Keeper:
    """One wallet, all markets. Make it inside the event loop that runs it."""

    def __init__(
        self,
        settings: Settings,
        project: Project,
        at: Addresses,
        keypair: Keypair,
        database: Database,
        log: Journal | None = None,
    ) -> None:
        self.settings = settings
        self.log = log or Journal()
        self.chain = FailoverChain(settings.rpc_urls)
        self.directory = Directory(at)
        self.tally = Tally()
        self.queue = Queue(monotonic)
        self.planner = Planner(self.directory, settings.keeper.duties)
        self._project = project
        self._at = at
        self._parameters: Parameters = _parameters(project, settings.cluster)
        self._keypair = keypair
        self.ledger = Ledger(database, keypair.pubkey())
        self.wallet = Wallet(keypair, Pubkey.default())
        self.executor = Executor(self.chain, at, self.wallet, self.ledger, settings.keeper, self.log)
        self.watch = Watch(_ws_urls(settings), at, self._changed, self._reload_soon)
        self.moment: Moment | None = None
        self.cycle = 0
        self._dirty: set[Pubkey] = set()
        self._wake = asyncio.Event()
        self._reload = asyncio.Event()
        self._under_way: dict[str, Job] = {}

    async def prepare(self) -> None:
        """Check cluster, programs and wallet, read all markets, complete the book; PercosecError where one fails."""
        await check_cluster(self.chain, self._project, self.settings.cluster)
        await check_programs(self.chain, self._at)
        await self._read_all()
        if self.directory.risk is None:
            raise GuardError("the programs are not configured on this chain: deploy first, or check --cluster")
        mint = self.directory.risk.mint
        check_mint(mint, self._project, self.settings.cluster)
        self.wallet.mint = mint
        self.wallet.__post_init__()
        if await check_wallet(self.chain, self.wallet, self.settings.keeper.dry_run):
            self.log.note("account", created=str(self.wallet.token))
        await self.executor.begin()

    async def run(self, stop: asyncio.Event) -> None:
        """Prepare, then keep markets until `stop` is set, and finish what is under way. PercosecError at the start."""
        try:
            await self.prepare()
            self.log.note(
                "started",
                wallet=str(self.wallet.key),
                lamports=self.wallet.lamports,
                markets=len(self.directory.ids),
                node=self.chain.nodes.current,
                dry_run=self.settings.keeper.dry_run,
            )
            background = [
                self.executor.run(),
                self.watch.run(),
                self._keep_plan(),
                self._keep_reloading(),
                self._look(),
            ]
            await self._until(stop, [asyncio.create_task(part) for part in background])
        finally:
            self.executor.close()
            await self.chain.close()
        self.log.note("stopped", **self._sums())

    def status(self) -> dict[str, Any]:
        """How it goes, for a document or a screen; integers and texts only."""
        return {
            "wallet": str(self.wallet.key),
            "lamports": self.wallet.lamports,
            "usdc": self.wallet.usdc,
            "node": self.chain.nodes.current,
            "node_failures": self.chain.nodes.failures,
            "subscribed": self.watch.live,
            "subscription_drops": self.watch.drops,
            "markets": len(self.directory.ids),
            "chain_time": self.moment.now if self.moment else 0,
            "epoch": self.moment.epoch if self.moment else 0,
            "cycle": self.cycle,
            "waiting": self.queue.lengths(),
            "under_way": len(self._under_way),
            "spent_in_hour": self.executor.budget.spent(),
            "halted": self.executor.halted or "",
            "dry_run": self.settings.keeper.dry_run,
            "duties": self.tally.as_dict(),
            "refusals": dict(self.tally.refusals),
            "last_error": self.tally.last_error,
        }

    # What is due

    async def _keep_plan(self) -> None:
        """Look at changed markets at once, and at all of them every cycle."""
        pause, looked = self.settings.keeper.cycle_ms / 1000, float("-inf")
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), pause)
            self._wake.clear()
            try:
                now = await self.chain.now()
            except RpcError as error:
                self._fail("", error)
                await asyncio.sleep(pause)
                continue
            self.moment = self._moment(now)
            everything = monotonic() - looked >= pause
            ids, self._dirty = (self.directory.ids if everything else list(self._dirty)), set()
            looked = monotonic() if everything else looked
            self.cycle += 1
            await self.planner.plan(ids, self.moment, self._offer)

    def _moment(self, now: int) -> Moment:
        keeper = self.settings.keeper
        schedule = self.directory.schedule
        return Moment(now, schedule, self._parameters, self._at, self.wallet.key, self.wallet.token, keeper.sync_bps)

    def _offer(self, jobs: list[Job]) -> None:
        for job in self.queue.offer(jobs):
            self.tally.of(job.duty).seen += 1
            self.log.note(journal.SEEN, duty=job.duty, subject=str(job.subject), key=job.key, lane=job.lane.value)

    # What is done

    async def _work(self, lane: Lane) -> None:
        while True:
            job = await self.queue.next(lane)
            self._under_way[job.key] = job
            try:
                await self._do(job)
            finally:
                del self._under_way[job.key]
                self.queue.release(job)
                self._touch([job.subject])

    async def _do(self, job: Job) -> None:
        tally = self.tally.of(job.duty)
        fresh = self.planner.again(job, self.moment) if self.moment else None
        if fresh is None:
            tally.benign += 1
            return
        try:
            done = await self.executor.do(fresh, self.cycle, self._refresh)
        except Held as held:
            self._hold(fresh, held)
        except RpcError as error:
            self.queue.refused(job.key)
            self._fail(job.duty, error, job)
        except PercosecError as error:
            await self._refused(fresh, error)
        else:
            tally.done += 1
            tally.lamports -= done.landed.payer_change
            tally.usdc += done.usdc
            self.queue.succeeded(job.key)

    def _hold(self, job: Job, held: Held) -> None:
        self.queue.rest(job.key, DRY_SECONDS if held.reason == "dry" else UNPROFITABLE_SECONDS)
        if held.reason == "unprofitable":
            self.tally.of(job.duty).skipped += 1
        if held.reason == "halted":
            self.queue.rest(job.key, LOOK_SECONDS)
        self.log.note("held", duty=job.duty, subject=str(job.subject), key=job.key, reason=held.reason)

    async def _refused(self, job: Job, error: PercosecError) -> None:
        """Look again: what is no longer due was done by somebody else, and that is no error."""
        code = getattr(error, "code", type(error).__name__)
        self.tally.refusals[code] += 1
        await self._refresh_steps(job)
        due = self.moment is not None and self.planner.again(job, self.moment) is not None
        self.queue.refused(job.key)
        if due and code not in BENIGN:
            self._fail(job.duty, error, job)
            return
        self.tally.of(job.duty).benign += 1
        self.log.note("refused", duty=job.duty, subject=str(job.subject), key=job.key, code=code, benign=True)

    def _fail(self, duty: str, error: PercosecError, job: Job | None = None) -> None:
        if duty:
            self.tally.of(duty).errors += 1
        self.tally.last_error = str(error)
        about = {"subject": str(job.subject), "key": job.key} if job else {}
        self.log.note("error", duty=duty, **about, message=str(error))

    # What is known

    async def _refresh(self, plan: Plan) -> None:
        """Read again what a transaction has written, so that the next decision knows it."""
        written = {meta.pubkey for step in plan.steps for meta in step.accounts if meta.is_writable}
        await self._read(list(written))

    async def _refresh_steps(self, job: Job) -> None:
        named = {meta.pubkey for steps in job.variants[:1] for step in steps for meta in step.accounts}
        await self._read(list(named))

    async def _read(self, addresses: list[Pubkey]) -> None:
        try:
            slot, accounts = await self.chain.accounts_in_slot(addresses)
        except RpcError as error:
            self._fail("", error)
            self._reload.set()
            return
        for address, account in zip(addresses, accounts, strict=True):
            if account is not None:
                self._touch(self.directory.put(address, account, slot))

    async def _read_all(self) -> None:
        slot = await self.chain.slot()
        self._touch(await reload(self.directory, self.chain, slot))

    def _changed(self, address: Pubkey, account: Account, slot: int) -> None:
        self._touch(self.directory.put(address, account, slot))

    def _touch(self, markets: Any) -> None:
        before = len(self._dirty)
        self._dirty.update(markets)
        if len(self._dirty) > before:
            self._wake.set()

    def _reload_soon(self) -> None:
        self._reload.set()

    async def _keep_reloading(self) -> None:
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._reload.wait(), self.settings.keeper.reload_seconds)
            self._reload.clear()
            try:
                await self._read_all()
            except RpcError as error:
                self._fail("", error)
                await asyncio.sleep(1)
                self._reload.set()

    async def _look(self) -> None:
        """The wallet, the halt that a person may have lifted, and what is not in the book yet."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                await self.wallet.look(self.chain)
                await self.executor.look()
            except RpcError as error:
                self._fail("", error)

    # Its end

    async def _until(self, stop: asyncio.Event, background: Sequence["asyncio.Task[None]"]) -> None:
        lanes = {Lane.URGENT: self.settings.keeper.urgent_workers, Lane.ROUTINE: self.settings.keeper.routine_workers}
        workers = [asyncio.create_task(self._work(lane)) for lane, count in lanes.items() for _ in range(count)]
        waiting = asyncio.create_task(_wait(stop.wait()))
        try:
            ended, _ = await asyncio.wait([waiting, *background, *workers], return_when=asyncio.FIRST_COMPLETED)
            for task in ended - {waiting}:
                task.result()
            self.log.note("draining", under_way=len(self._under_way))
            background[2].cancel()
            self.queue.clear()
            deadline = monotonic() + DRAIN_SECONDS
            while self._under_way and monotonic() < deadline:
                await asyncio.sleep(0.05)
        finally:
            tasks = [waiting, *background, *workers]
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def _sums(self) -> dict[str, int]:
        duties = self.tally.duties.values()
        return {
            "done": sum(found.done for found in duties),
            "benign": sum(found.benign for found in duties),
            "errors": sum(found.errors for found in duties),
            "lamports": sum(found.lamports for found in duties),
            "usdc": sum(found.usdc for found in duties),
        }


BENIGN = frozenset(
    {"ACCOUNT_EXISTS", "E_EARLY", "E_HEALTHY", "E_NOT_EXTREME", "E_PRICE_OLD", "E_REQUEST", "E_SEQUENCE", "REPEATED"}
)
"""Refusals that say by themselves that there is nothing to do (yet)."""


async def _wait(event: Coroutine[Any, Any, Any]) -> None:
    await event


def _parameters(project: Project, cluster: str) -> Parameters:
    """The parameters that the programs on a cluster were compiled with."""
    profile = next((found for found in project.profiles.values() if found.cluster == cluster), None)
    return (profile or project.profile("release")).parameters


def _ws_urls(settings: Settings) -> list[str]:
    return list(dict.fromkeys([settings.ws_url, *(websocket_of(url) for url in settings.rpc_urls[1:])]))
