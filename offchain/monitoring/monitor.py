"""The monitoring's own jobs: looking at the chain, judging, telling."""

import asyncio
import time

from offchain.api.context import ApiContext
from offchain.chain.backends.failover import FailoverChain
from offchain.monitoring.alerts.evaluate import Alerts
from offchain.monitoring.alerts.webhook import Webhook
from offchain.monitoring.facts.chain import ChainLook
from offchain.monitoring.facts.kept import write_chain_facts
from offchain.monitoring.watcher.duty import Duty
from offchain.monitoring.watcher.every import every

WEBHOOK_SECONDS = 2.0


class Monitor:
    """Looks at the chain and the index, judges, tells. One process for each database."""

    def __init__(self, context: ApiContext, chain: FailoverChain) -> None:
        """The chain stays open; close the monitor at the end."""
        self._context = context
        self._alerts = Alerts(context)
        self._webhook = Webhook(context)
        self._look = ChainLook(context, chain)

    def duties(self) -> list[Duty]:
        """For the watcher."""
        settings = self._context.settings.monitoring
        return [
            every("chain look", settings.chain_seconds, self.look_at_chain),
            every("alerts", settings.look_seconds, self.judge),
            every("webhook", WEBHOOK_SECONDS, self._webhook.step),
        ]

    async def close(self) -> None:
        """Close connections of its own."""
        await self._webhook.close()

    async def look_at_chain(self) -> dict[str, object]:
        """Read vaults, wallets and programs, and keep them; RpcError when no node answers."""
        facts = await self._look.look()
        now_ms = time.time_ns() // 1_000_000

        def keep() -> None:
            with self._context.database.session() as session:
                write_chain_facts(session, facts, self._context.now(), now_ms)
                session.commit()

        await asyncio.to_thread(keep)
        return {"slot": facts.slot, "vaults": len(facts.vaults), "wallets": len(facts.wallets)}

    async def judge(self) -> dict[str, object]:
        """One look at all rules."""
        return await asyncio.to_thread(self._alerts.look)
