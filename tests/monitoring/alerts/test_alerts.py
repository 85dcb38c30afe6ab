"""Alerts in the table: raised once, cleared once, over restarts; told to a real webhook."""

import asyncio
import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import pytest
from sqlalchemy import text

from offchain.database.database import Database, open_database
from offchain.database.tables.alert import Alert
from offchain.monitoring.alerts.evaluate import Alerts
from offchain.monitoring.alerts.store import active_alerts
from offchain.monitoring.alerts.webhook import Webhook, WebhookError
from offchain.monitoring.facts.facts import Facts, gather
from tests.monitoring.deployment import Deployment
from tests.verify.story import Story

SECRET = "T0PS3CRET/hook-4711"


def rows(database: Database) -> list[Alert]:
    with database.reading() as session:
        return [Alert(**found._mapping) for found in session.execute(text("SELECT * FROM alerts ORDER BY id"))]


def stale(watched: Deployment, story: Story) -> Facts:
    """Facts in which one price is too old."""
    watched.index()
    story.world.advance(seconds=200)
    return gather(watched.context)


def test_raised_once_and_cleared_once_over_restarts(
    watched: Deployment, story: Story, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    facts = stale(watched, story)
    start = facts.now_ms
    for second in range(0, 60, 5):
        alerts = Alerts(watched.context) if second in (20, 40) or not second else alerts  # noqa: F821  (restarts)
        alerts.judge(replace(facts, now_ms=start + second * 1_000))
    (row,) = rows(watched.database)
    assert (row.rule, row.subject, row.severity) == ("price_stale", str(story.world.feed), "critical")
    assert row.cleared_ms == 0 and row.raised_ms == start + 10_000 and row.seen_ms == start + 55_000
    assert (row.slot, row.chain_time) == (facts.slot, facts.now)

    story.world.push_price()
    watched.index()
    well = gather(watched.context)
    for second in range(60, 200, 5):
        alerts.judge(replace(well, now_ms=start + second * 1_000))
    (row,) = rows(watched.database)
    assert row.cleared_ms == start + 120_000
    said = [record for record in caplog.records if "alert " in record.getMessage()]
    assert [(record.levelname, record.getMessage().split(":")[0]) for record in said] == [
        ("CRITICAL", "alert raised"),
        ("INFO", "alert cleared"),
    ]
    assert vars(said[0])["rule"] == "price_stale"


def test_the_words_follow_while_it_stands(watched: Deployment, story: Story) -> None:
    facts = stale(watched, story)
    alerts = Alerts(watched.context)
    alerts.judge(facts)
    alerts.judge(replace(facts, now_ms=facts.now_ms + 10_000))
    assert "is 200 s" in rows(watched.database)[0].message
    alerts.judge(replace(facts, now=facts.now + 1_000, now_ms=facts.now_ms + 15_000))
    assert "is 1200 s" in rows(watched.database)[0].message
    with watched.database.reading() as session:
        assert len(active_alerts(session)) == 1


class Receiver(BaseHTTPRequestHandler):
    """Takes what is posted, or refuses it as told."""

    taken: ClassVar[list[dict[str, Any]]] = []
    answers: ClassVar[list[int]] = []

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"]))
        status = self.answers.pop(0) if self.answers else 204
        if status < 300:
            self.taken.append(json.loads(body))
        self.send_response(status)
        self.send_header("location", "http://127.0.0.1:1/elsewhere")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def receiving(*answers: int) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    Receiver.taken.clear()
    Receiver.answers[:] = answers
    server = HTTPServer(("127.0.0.1", 0), Receiver)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/{SECRET}", Receiver.taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def told(watched: Deployment, url: str) -> dict[str, object]:
    """One step of a new process's webhook."""
    monitoring = replace(watched.context.settings.monitoring, webhook=url)
    context = replace(watched.context, settings=replace(watched.context.settings, monitoring=monitoring))

    async def step() -> dict[str, object]:
        webhook = Webhook(context)
        try:
            return await webhook.step()
        finally:
            await webhook.close()

    return asyncio.run(step())


def test_a_webhook_is_told_until_it_takes_it(watched: Deployment, story: Story) -> None:
    facts = stale(watched, story)
    alerts = Alerts(watched.context)
    for second in (0, 10):
        alerts.judge(replace(facts, now_ms=facts.now_ms + second * 1_000))
    with receiving(500, 302) as (url, taken):
        for status in (500, 302):
            with pytest.raises(WebhookError, match=f"answered {status}") as refused:
                told(watched, url)
            assert SECRET not in str(refused.value)
        assert taken == []
        assert told(watched, url)["told"] == 1
        assert told(watched, url)["told"] == 0, "once it is taken it is not told again"
        story.world.push_price()
        watched.index()
        well = gather(watched.context)
        for second in (20, 80):
            alerts.judge(replace(well, now_ms=facts.now_ms + second * 1_000))
        assert told(watched, url)["told"] == 1
        assert told(watched, url)["told"] == 0
    assert [(one["event"], one["rule"], one["severity"]) for one in taken] == [
        ("raised", "price_stale", "critical"),
        ("cleared", "price_stale", "critical"),
    ]
    assert taken[0]["text"].startswith("[localnet] critical: Stale price: the newest price of feed")
    assert taken[1]["cleared_ms"] > taken[0]["raised_ms"] and taken[0]["action"]


def test_a_webhook_that_is_not_there_keeps_its_secret(watched: Deployment, story: Story) -> None:
    facts = stale(watched, story)
    alerts = Alerts(watched.context)
    for second in (0, 10):
        alerts.judge(replace(facts, now_ms=facts.now_ms + second * 1_000))
    with pytest.raises(WebhookError, match="can't be reached: ConnectError") as refused:
        told(watched, f"http://127.0.0.1:1/{SECRET}")
    assert SECRET not in str(refused.value)
    assert told(watched, "") == {"told": 0, "webhook": False}


def test_a_webhook_of_later_is_told_what_stands_and_not_what_is_over(watched: Deployment, story: Story) -> None:
    facts = stale(watched, story)
    alerts = Alerts(watched.context)
    for second in (0, 10):
        alerts.judge(replace(facts, now_ms=facts.now_ms + second * 1_000))
    told(watched, "")
    with receiving() as (url, taken):
        assert told(watched, url)["told"] == 1
        assert [one["event"] for one in taken] == ["raised"]
        story.world.push_price()
        watched.index()
        well = gather(watched.context)
        for second in (20, 80):
            alerts.judge(replace(well, now_ms=facts.now_ms + second * 1_000))
        told(watched, "")
        assert told(watched, url)["told"] == 0
    assert rows(watched.database)[0].told_cleared_ms == -1


def test_on_postgres_too(watched: Deployment, story: Story, postgres_url: str) -> None:
    facts = stale(watched, story)
    with open_database(postgres_url) as database:
        alerts = Alerts(replace(watched.context, database=database))
        for second in range(0, 30, 5):
            alerts.judge(replace(facts, now_ms=facts.now_ms + second * 1_000))
        assert [(row.id, row.rule) for row in rows(database)] == [(1, "price_stale")]
