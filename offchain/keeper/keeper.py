"""The keeper as a service: `run` keeps every market alive until it is told to stop; `status` says how it goes.

keeper = Keeper(settings, project, at, keypair, database)
task = asyncio.create_task(keeper.run(stop))
"""

import asyncio
from time import monotonic
from typing import Any

from solders.keypair import Keypair

from offchain.chain.addresses import Addresses
from offchain.chain.backends.failover import FailoverChain
from offchain.chain.backends.rpc import RpcError
from offchain.database.database import Database
from offchain.keeper import guards, journal
from offchain.keeper.executor import Executor
from offchain.keeper.job import Job
from offchain.keeper.journal import Journal
from offchain.keeper.ledger import Ledger
from offchain.keeper.mirror import Mirror
from offchain.keeper.moment import Moment
from offchain.keeper.planner import Planner
from offchain.keeper.queue import Queue
from offchain.keeper.tally import Tally
from offchain.keeper.waiting import wait_at_most
from offchain.keeper.wallet import Wallet
from offchain.keeper.workers import Workers
from offchain.settings.parameters import Parameters
from offchain.settings.project import Project
from offchain.settings.tree import Settings
from offchain.settings.urls import websocket_of

LOOK_SECONDS = 5.0
"""Pause between two looks at the wallet, at a halt, and at what a killed process left."""
EVERYTHING_SECONDS = 10.0
"""Pause between two looks at markets that have not changed: within an epoch time alone makes nothing due."""
LEAST_PAUSE = 0.02
"""Seconds between two plans, however much changes."""
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
        """`database` keeps the ledger; the caller closes it. DutyError for an unknown duty in the settings."""
        keeper = settings.keeper
        self.settings = settings
        self.log = log or Journal()
        self.chain = FailoverChain(settings.rpc_urls)
        self.wallet = Wallet(keypair)
        self.mirror = Mirror(self.chain, _ws_urls(settings), at, settings.cluster, self.log, keeper.reload_seconds)
        self.planner = Planner(self.mirror, self.log, keeper.duties)
        self.tally = Tally()
        self.moment: Moment | None = None
        self._programs: guards.ProgramWatch | None = None
        self._project = project
        self._at = at
        self._parameters = compiled_parameters(project, settings.cluster)
        self._queue = Queue(monotonic)
        ledger = Ledger(database, self.wallet.key)
        self.executor = Executor(self.chain, at, self.wallet, ledger, keeper, self.log)
        self.workers = Workers(self._queue, self.executor, self.mirror, self.again, self.tally, self.log)

    async def prepare(self) -> None:
        """Check cluster, programs and wallet, read all markets, complete the book; PercosecError where one fails."""
        cluster = self.settings.cluster
        await guards.check_cluster(self.chain, self._project, cluster)
        self._programs = await guards.check_programs(self.chain, self._at, self._project, cluster)
        await self.mirror.read_all()
        self.wallet.pay_in(guards.check_mint(self.mirror.directory.risk, self._project, cluster))
        if await guards.check_wallet(self.chain, self.wallet, self.settings.keeper.dry_run):
            await self.executor.open_account()
            self.log.note("account", created=str(self.wallet.token))
        await self.executor.begin()
        await self.look_at_clock()

    async def run(self, stop: asyncio.Event) -> None:
        """Prepare, keep markets until `stop` is set, and finish what is under way.

        PercosecError at the start where a check fails, and later when a program was replaced.
        """
        try:
            await self.prepare()
            self.log.note(
                "started",
                wallet=str(self.wallet.key),
                lamports=self.wallet.lamports,
                markets=len(self.mirror.directory.ids),
                node=self.chain.nodes.current,
                dry_run=self.settings.keeper.dry_run,
            )
            await self._work_until(stop)
        finally:
            await self.close()
        self.log.note("stopped", **self.tally.sums())

    async def close(self) -> None:
        """Finish the book and close connections."""
        self.executor.close()
        await self.chain.close()

    def status(self) -> dict[str, Any]:
        """How it goes, for a document or a screen; integers and texts only."""
        return {
            "wallet": str(self.wallet.key),
            "lamports": self.wallet.lamports,
            "usdc": self.wallet.usdc,
            "node": self.chain.nodes.current,
            "node_failures": self.chain.nodes.failures,
            "subscribed": self.mirror.watch.live,
            "subscription_drops": self.mirror.watch.drops,
            "markets": len(self.mirror.directory.ids),
            "chain_time": self.moment.now if self.moment else 0,
            "epoch": self.moment.epoch if self.moment else 0,
            "cycle": self.workers.cycle,
            "waiting": self._queue.lengths(),
            "under_way": len(self.workers.under_way),
            "spent_in_hour": self.executor.budget.spent(),
            "lamports_spent": self.tally.sums()["lamports"],
            "usdc_earned": self.tally.sums()["usdc"],
            "halted": self.executor.halted or "",
            "dry_run": self.settings.keeper.dry_run,
            "duties": self.tally.as_dict(),
            "refusals": dict(self.tally.refusals),
            "last_error": self.tally.last_error,
        }

    async def look_at_clock(self) -> Moment:
        """The moment that duties are looked at in; RpcError."""
        now = await self.mirror.now()
        schedule, me = self.mirror.directory.schedule, self.wallet
        sync_bps = self.settings.keeper.sync_bps
        self.moment = Moment(now, schedule, self._parameters, self._at, me.key, me.token, sync_bps)
        return self.moment

    def again(self, job: Job) -> Job | None:
        """The same job made from what is known now; None when it is no longer due."""
        return self.planner.again(job, self.moment) if self.moment is not None else None

    async def _keep_planning(self) -> None:
        """Look at changed markets at once, at prices every cycle, and at all markets in each epoch and now and then."""
        pause, looked = self.settings.keeper.cycle_ms / 1000, float("-inf")
        while True:
            await wait_at_most(self.mirror.changed, pause)
            before = self.moment
            changed = self.mirror.take_changed()
            try:
                moment = await self.look_at_clock()
            except RpcError as error:
                self.tally.last_error = str(error)
                self.log.note("error", message=str(error))
                self.mirror.touch(changed)
                await asyncio.sleep(pause)
                continue
            changed |= self.mirror.take_changed()
            if before is None or before.epoch != moment.epoch or monotonic() - looked >= EVERYTHING_SECONDS:
                looked = monotonic()
                changed |= set(self.mirror.directory.ids)
            self.workers.cycle = int(monotonic() / pause)
            self.planner.plan_prices(moment, self._offer)
            await self.planner.plan(changed, moment, self._offer, self._queue.is_busy)
            await asyncio.sleep(LEAST_PAUSE)

    def _offer(self, jobs: list[Job]) -> None:
        for job in self._queue.offer(jobs):
            self.tally.of(job.duty).seen += 1
            self.log.note(journal.SEEN, duty=job.duty, subject=str(job.subject), key=job.key, lane=job.lane.value)

    async def _keep_looking(self) -> None:
        """At the programs, the wallet, a halt that a person may have lifted, and what is not in the book yet."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if self._programs is not None:
                    await self._programs.check()
                await self.wallet.look(self.chain)
                await self.executor.look()
            except RpcError as error:
                self.log.note("error", message=str(error))

    async def _work_until(self, stop: asyncio.Event) -> None:
        keeper = self.settings.keeper
        planning = asyncio.create_task(self._keep_planning())
        others = [
            self.executor.run(),
            self.workers.watch_over(),
            self.mirror.watch.run(),
            self.mirror.keep_reading(),
            self._keep_looking(),
        ]
        others += self.workers.staff(keeper.urgent_workers, keeper.routine_workers)
        stopping = asyncio.create_task(stop.wait())
        tasks = [stopping, planning, *(asyncio.create_task(part) for part in others)]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
            planning.cancel()
            self._queue.clear()
            await self._drain()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _drain(self) -> None:
        self.log.note("draining", under_way=len(self.workers.under_way))
        deadline = monotonic() + DRAIN_SECONDS
        while self.workers.under_way and monotonic() < deadline:
            await asyncio.sleep(LEAST_PAUSE)


def compiled_parameters(project: Project, cluster: str) -> Parameters:
    """The parameters that the programs on a cluster were compiled with."""
    own = [profile for profile in project.profiles.values() if profile.cluster == cluster]
    return (own[0] if own else project.profile("release")).parameters


def _ws_urls(settings: Settings) -> list[str]:
    """Where to subscribe: the configured place first, then beside each further node."""
    return list(dict.fromkeys([settings.ws_url, *(websocket_of(url) for url in settings.rpc_urls[1:])]))
