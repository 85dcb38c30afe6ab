"""The page of metrics: well-formed, complete, and true."""

import re
from dataclasses import replace

import pytest

from offchain.indexer.errors import WithheldError
from offchain.indexer.ingest.listed import Listed
from offchain.indexer.ingest.withheld import withheld_by
from offchain.monitoring.alerts.evaluate import Alerts
from offchain.monitoring.alerts.store import active_alerts
from offchain.monitoring.facts.jobs import write_jobs
from offchain.monitoring.metrics.all import METRICS, page
from offchain.monitoring.metrics.metric import Metric, Sample, help_of, written
from offchain.monitoring.metrics.process import Requests
from offchain.monitoring.metrics.service import WITHHELD
from offchain.monitoring.rules.all import BY_NAME, RULES
from tests.monitoring.deployment import Deployment
from tests.monitoring.rules.test_operations import well
from tests.verify.story import Story

LINE = re.compile(r'([a-z_]+)(?:\{((?:[a-z]+="(?:[^"\\\n]|\\["\\n])*",?)+)\})? (-?[0-9]+(?:\.[0-9]+)?)')
PAIR = re.compile(r'([a-z]+)="((?:[^"\\]|\\.)*)"')


def parsed(text: str) -> dict[tuple[str, frozenset[tuple[str, str]]], str]:
    """The samples of a page, each line of which has to be right."""
    found = {}
    assert text.endswith("\n")
    seen: list[str] = []
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name = line.split(" ")[2]
            assert name not in seen and len(line.split(" ", 3)[3]) > 10
            seen.append(name)
        elif line.startswith("# TYPE "):
            assert line.split(" ")[2:] in ([seen[-1], "gauge"], [seen[-1], "counter"])
        else:
            match = LINE.fullmatch(line)
            assert match and match[1] == seen[-1], line
            key = (match[1], frozenset(PAIR.findall(match[2] or "")))
            assert key not in found, f"{line} stands there twice"
            found[key] = match[3]
    return found


@pytest.fixture
def samples(watched: Deployment, story: Story) -> dict[tuple[str, frozenset[tuple[str, str]]], str]:
    """Of a market with claims, a failure and an alert."""
    story.trades()
    trader, nonce = story.bankrupt("0.5", "300", "7000")
    story.market.claim(trader, nonce)
    with story.world.expect_error("E_MIN_DEPOSIT"):
        story.market.deposit(story.world.user(usdc="10"), "1")
    story.world.advance(seconds=200)
    comparison = replace(well(), name="comparison", status={"mismatches": 0})
    pulse = replace(well(), name="pulse", status={"loop_delay_ms": 7})
    held = withheld_by(WithheldError(Listed("signature", 5, True), [("http://one", "does not show it")]), None)
    indexer = replace(well(), status={**well().status, "withheld": held.document()})
    write_jobs(watched.database, 'odd "host"', [indexer, comparison, pulse])
    facts = replace(watched.facts(), epoch=story.world.epoch)
    alerts = Alerts(watched.context)
    for seconds in (0, 20):
        alerts.judge(replace(facts, now_ms=facts.now_ms + seconds * 1_000))
    requests = Requests()
    for status, took in ((200, 1.0), (200, 30.0), (503, 9_000.0)):
        requests.note(status, took)
    with watched.database.reading() as session:
        return parsed(page(facts, list(active_alerts(session).values()), requests, 60))


def test_every_metric_is_on_the_page(samples: dict[tuple[str, frozenset[tuple[str, str]]], str]) -> None:
    missing = {metric.name for metric in METRICS} - {name for name, _ in samples}
    assert missing == {"percosec_keeper_lamports"}, "no keeper has kept its book here"


def test_values_are_those_of_the_chain(
    samples: dict[tuple[str, frozenset[tuple[str, str]]], str], story: Story
) -> None:
    market = ("market", str(story.market.id))

    def value(name: str, *labels: tuple[str, str]) -> str:
        return samples[name, frozenset(labels)]

    assert value("percosec_pool_capital_atoms", market) == str(story.market.pool().available_balance)
    assert value("percosec_chain_time_seconds") == str(story.world.now)
    assert value("percosec_epoch") == str(story.world.epoch)
    assert value("percosec_score", market) == str(story.market.score().composite_score)
    assert value("percosec_price_age_seconds", ("feed", str(story.world.feed))) == "200"
    held = story.world.balance(story.market.perp().vault)
    spare = int(value("percosec_vault_spare_atoms", market, ("vault", "market")))
    assert 0 <= spare < held
    failing = [("program", "insurance_pool"), ("instruction", "deposit"), ("code", "E_MIN_DEPOSIT")]
    assert value("percosec_instruction_failures", *failing) == "1"
    assert int(value("percosec_claim_share_bps", market)) > 0
    assert value("percosec_job_well", ("instance", 'odd \\"host\\"'), ("job", "indexer")) == "1"
    assert int(value(WITHHELD.name, ("signature", "signature"), ("node", "http://one"))) >= 0
    alert = [("rule", "price_stale"), ("subject", str(story.world.feed)), ("severity", "critical")]
    assert value("percosec_alert_active", *alert) == "1"
    assert value("percosec_http_requests_total", ("status", "200")) == "2"
    assert [value("percosec_http_requests_within_total", ("le", le)) for le in ("5", "50", "5000", "+Inf")] == [
        *("1", "2", "2", "3")
    ]


def test_each_rule_has_a_metric_that_names_it() -> None:
    named = {metric.rule for metric in METRICS if metric.rule}
    assert named == set(BY_NAME) == {rule.name for rule in RULES}
    names = {metric.name for metric in METRICS}
    for rule in RULES:
        (used,) = set(re.findall(r"percosec_[a-z_]+", rule.expression))
        assert used in names
        assert f"Alert rule: {rule.name}." in help_of(next(metric for metric in METRICS if metric.name == used))


def test_wrong_labels_are_refused_and_odd_ones_escaped() -> None:
    metric = Metric("percosec_test", "gauge", 'Back\\slash\nand "quotes".', ("a",))
    with pytest.raises(ValueError, match="has the labels"):
        written([Sample(metric, 1, {"b": "x"})])
    text = written([Sample(metric, 1, {"a": 'new\nline "x" \\'})])
    assert text.splitlines()[0] == '# HELP percosec_test Back\\\\slash\\nand "quotes".'
    assert text.splitlines()[2] == 'percosec_test{a="new\\nline \\"x\\" \\\\"} 1'
