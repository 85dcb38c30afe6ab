"""Status page, metrics and alerts as the app serves them."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from litestar import Litestar, get
from litestar.testing import AsyncTestClient

from offchain.api.plugin import ApiPlugin
from offchain.api.routes import ROUTES as API
from offchain.database.tables.alert import Alert
from offchain.monitoring.alerts.evaluate import Alerts
from offchain.monitoring.facts.facts import gather
from offchain.monitoring.facts.jobs import write_jobs
from offchain.monitoring.plugin import MonitoringPlugin
from offchain.monitoring.routes import ROUTES
from offchain.monitoring.watcher.report import JobState
from tests.monitoring.deployment import Deployment
from tests.monitoring.metrics.test_metrics import parsed
from tests.monitoring.rules.test_operations import well
from tests.support.promised import assert_promised
from tests.verify.story import Story

VOID = {"meta", "link", "br"}


class Page(HTMLParser):
    """The page's elements, closed in order, without anything inline."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text: list[str] = []
        self.tags: list[str] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert tag not in ("script", "style", "iframe", "form")
        for name, value in attrs:
            assert name != "style" and not name.startswith("on")
            if name in ("src", "href"):
                assert value and value.startswith("/"), "nothing from elsewhere"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)

    @property
    def words(self) -> str:
        return " ".join(self.text)


@get("/broken", sync_to_thread=False)
def broken() -> None:
    """Fails."""
    raise RuntimeError("inside")


@pytest.fixture
async def client(watched: Deployment) -> AsyncIterator[AsyncTestClient[Litestar]]:
    app = Litestar(
        [*API, *ROUTES, broken], plugins=[ApiPlugin(watched.context), MonitoringPlugin()], logging_config=None
    )
    async with AsyncTestClient(app) as opened:
        yield opened


def raise_alerts(watched: Deployment, story: Story) -> None:
    """A price is stale and a job hangs; a process with an odd name tells."""
    watched.index()
    watched.look_at_chain()
    story.world.advance(seconds=200)
    hung = replace(well(), name="keeper", stale=True, progress_age_ms=99_000, last_error="RpcError: secret words")
    write_jobs(watched.database, "<b>host</b>", [well(), hung])
    facts = gather(watched.context)
    alerts = Alerts(watched.context)
    for seconds in (0, 20):
        alerts.judge(replace(facts, now_ms=facts.now_ms + seconds * 1_000))


@pytest.fixture
def troubled(watched: Deployment, story: Story) -> None:
    raise_alerts(watched, story)


@pytest.fixture
def calm(watched: Deployment) -> None:
    watched.index()


async def test_the_page_says_what_is_wrong_and_what_to_do(
    troubled: None, client: AsyncTestClient[Litestar], story: Story
) -> None:
    answer = await client.get("/status")
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy and "style-src 'self'" in policy and "unsafe" not in policy
    page = Page(answer.text)
    assert "Something is badly wrong" in page.words and "Stale price" in page.words
    assert "percosec prices sources" in page.words, "what to do"
    assert str(story.world.feed) in page.words and str(story.market.id) in page.words
    assert "running, not well" in page.words and "<b>host</b>" in page.words and "&lt;b&gt;" in answer.text
    assert "secret words" not in answer.text
    assert "this package's build" in page.words
    assert page.tags.count("table") == 4, "alerts, markets, jobs, programs"


async def test_the_page_is_calm_when_all_is_well(calm: None, client: AsyncTestClient[Litestar]) -> None:
    page = Page((await client.get("/status")).text)
    assert "Everything is in order" in page.words and "No alert stands." in page.words


async def test_the_style_is_for_light_dark_and_narrow_screens(client: AsyncTestClient[Litestar]) -> None:
    answer = await client.get("/status.css")
    assert answer.headers["content-type"].startswith("text/css")
    assert "prefers-color-scheme: dark" in answer.text and "@media (max-width: 48rem)" in answer.text
    assert "url(" not in answer.text and "@import" not in answer.text


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_colours_can_be_read(client: AsyncTestClient[Litestar], scheme: str) -> None:
    """WCAG AA: 4.5 to 1 for each text colour on its ground."""
    text = (await client.get("/status.css")).text
    blocks = re.findall(r":root \{([^}]*)\}", text)
    colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6})", blocks[0 if scheme == "light" else 1]))
    for name in ("text", "faint", "ok", "warning", "critical"):
        assert contrast(colours[name], colours["ground"]) >= 4.5, name


async def test_status_and_alerts_as_documents(troubled: None, client: AsyncTestClient[Litestar], story: Story) -> None:
    status = (await client.get("/v1/status")).json()
    assert [(alert["rule"], alert["severity"]) for alert in status["alerts"]] == [
        ("job_failing", "critical"),
        ("price_stale", "critical"),
    ]
    assert [(job["name"], job["well"]) for job in status["jobs"]] == [("indexer", True), ("keeper", False)]
    assert status["jobs"][1]["last_error"] == "RpcError" and status["jobs"][0]["state"] == JobState.RUNNING
    first = (await client.get("/v1/alerts", params={"limit": 1})).json()
    second = (await client.get("/v1/alerts", params={"limit": 1, "cursor": first["next"]})).json()
    assert second["next"] is None
    rows = [*first["items"], *second["items"]]
    assert {row["rule"] for row in rows} == {"job_failing", "price_stale"} and rows[0]["id"] > rows[1]["id"]
    stale = next(row for row in rows if row["rule"] == "price_stale")
    assert stale["cleared_ms"] is None and stale["subject"] == str(story.world.feed) and stale["action"]
    assert (await client.get("/v1/alerts", params={"cursor": "nonsense"})).status_code == 400


async def test_alerts_say_what_the_document_promises_though_an_earlier_version_had_other_rules(
    troubled: None, watched: Deployment, client: AsyncTestClient[Litestar]
) -> None:
    times = {"slot": 1, "chain_time": 1, "raised_ms": 1, "seen_ms": 1, "cleared_ms": 2}
    with watched.database.session() as session:
        session.add(Alert(rule="moon_full", subject="", severity="info", message="howl", **times))
        session.commit()
    for path in ("/v1/alerts", "/v1/status"):
        body = (await client.get(path)).json()
        assert_promised("get", path, 200, body)
    (row,) = [one for one in (await client.get("/v1/alerts")).json()["items"] if one["rule"] == "retired"]
    assert row["title"] == "moon_full" and row["action"] == ""


async def test_metrics_are_served_with_the_requests_of_this_process(
    troubled: None, client: AsyncTestClient[Litestar]
) -> None:
    await client.get("/v1/health")
    answer = await client.get("/metrics")
    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    samples = parsed(answer.text)
    assert int(samples["percosec_http_requests_total", frozenset({("status", "200")})]) >= 1
    assert any(name == "percosec_alert_active" for name, _ in samples)


async def test_every_answer_has_a_number(client: AsyncTestClient[Litestar], caplog: pytest.LogCaptureFixture) -> None:
    numbers = {(await client.get("/v1/health")).headers["x-request-id"] for _ in range(3)}
    assert len(numbers) == 3 and all(re.fullmatch("[0-9a-f]{16}", number) for number in numbers)
    given = await client.get("/v1/health", headers={"x-request-id": "proxy-0815-abc"})
    assert given.headers["x-request-id"] == "proxy-0815-abc"
    odd = await client.get("/v1/health", headers={"x-request-id": 'evil" {"level": 1}'})
    assert re.fullmatch("[0-9a-f]{16}", odd.headers["x-request-id"])
    failed = await client.get("/broken?token=s3cr3t")
    assert failed.status_code == 500 and re.fullmatch("[0-9a-f]{16}", failed.headers["x-request-id"])
    said = [record for record in caplog.records if record.name == "offchain.monitoring.logs.requests"]
    ours = [record.getMessage() for record in caplog.records if record.name.startswith("offchain")]
    assert "GET /broken answered 500" in said[-1].getMessage() and not any("s3cr3t" in line for line in ours)


def contrast(one: str, other: str) -> float:
    """By WCAG 2.1."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
