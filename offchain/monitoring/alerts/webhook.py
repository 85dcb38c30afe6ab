"""Tells a webhook of every alert, at least once: what it did not take is tried again, over restarts too."""

import asyncio
import logging
import time

import httpx

from offchain.api.context import ApiContext
from offchain.database.tables.alert import Alert
from offchain.errors import PercosecError
from offchain.monitoring.alerts.store import forget_untold, note_told, untold
from offchain.monitoring.rules.all import BY_NAME
from offchain.settings.urls import shown

BATCH = 50
_LOGGER = logging.getLogger(__name__)


class WebhookError(PercosecError):
    """The webhook did not take an alert; it is told again."""


class Webhook:
    """One URL. Where the settings name none, nobody is told, not even later of what was over by then."""

    def __init__(self, context: ApiContext) -> None:
        settings = context.settings.monitoring
        self._context = context
        self._url = settings.webhook
        # A redirect would hand the alert, and the address's secret as referrer, to somebody else.
        self._client = httpx.AsyncClient(timeout=settings.webhook_timeout, follow_redirects=False)
        self._told = 0

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def step(self) -> dict[str, object]:
        """Tell what has not been told, oldest first; WebhookError on the first that is not taken."""
        if self._url:
            for alert in await asyncio.to_thread(self._waiting):
                for cleared in (False, True):
                    if _is_due(alert, cleared):
                        await self._tell(alert, cleared)
        else:
            await asyncio.to_thread(self._forget)
        return {"told": self._told, "webhook": bool(self._url)}

    async def _tell(self, alert: Alert, cleared: bool) -> None:
        try:
            answer = await self._client.post(self._url, json=document(alert, cleared, self._context.settings.cluster))
        except httpx.HTTPError as error:
            # The error's own words may hold the URL.
            raise WebhookError(f"the webhook {shown(self._url)} can't be reached: {type(error).__name__}") from None
        if not answer.is_success:
            raise WebhookError(f"the webhook {shown(self._url)} answered {answer.status_code}: check the URL")
        await asyncio.to_thread(self._note, alert, cleared)
        self._told += 1

    def _waiting(self) -> list[Alert]:
        with self._context.database.reading() as session:
            return untold(session, BATCH)

    def _forget(self) -> None:
        if not any(alert.cleared_ms for alert in self._waiting()):
            return
        with self._context.database.session() as session:
            forget_untold(session)
            session.commit()

    def _note(self, alert: Alert, cleared: bool) -> None:
        with self._context.database.session() as session:
            note_told(session, alert, cleared, time.time_ns() // 1_000_000)
            session.commit()


def document(alert: Alert, cleared: bool, cluster: str) -> dict[str, object]:
    """What is posted; `text` alone is what chat services show."""
    rule = BY_NAME.get(alert.rule)
    title = rule.title if rule else alert.rule
    word = "cleared" if cleared else alert.severity
    return {
        "text": f"[{cluster}] {word}: {title}: {alert.message}",
        "event": "cleared" if cleared else "raised",
        "cluster": cluster,
        "id": alert.id,
        "rule": alert.rule,
        "title": title,
        "subject": alert.subject,
        "severity": alert.severity,
        "message": alert.message,
        "action": rule.action if rule else "",
        "slot": alert.slot,
        "chain_time": alert.chain_time,
        "raised_ms": alert.raised_ms,
        "cleared_ms": alert.cleared_ms,
    }


def _is_due(alert: Alert, cleared: bool) -> bool:
    if cleared:
        return alert.cleared_ms > 0 and alert.told_cleared_ms == 0
    return alert.told_raised_ms == 0
