"""The rules for Prometheus are generated, committed, and about metrics that exist."""

import re

import pytest

from offchain.monitoring.document import PATH as DOCUMENT
from offchain.monitoring.document import renewed
from offchain.monitoring.metrics.all import METRICS
from offchain.monitoring.prometheus import PATH, document
from offchain.monitoring.rules.all import RULES, filled
from offchain.settings.monitoring import MonitoringSettings


def test_the_committed_file_is_what_the_rules_say() -> None:
    assert PATH.read_text() == document(), "run python -m offchain.monitoring.prometheus"


def test_another_threshold_gives_another_file() -> None:
    assert document(MonitoringSettings(price_seconds=181)) != document()


def test_every_rule_stands_in_it_with_a_metric_that_exists() -> None:
    names = {metric.name for metric in METRICS}
    expressions = re.findall(r"expr: (.*)", document())
    assert len(expressions) == len(RULES) + 1
    for expression in expressions:
        assert set(re.findall(r"(?:percosec|process)_[a-z_]+", expression)) <= names
        assert "{" not in expression.replace('{code!=\\"\\"}', "")
    assert len(set(re.findall(r"alert: (.*)", document()))) == len(expressions)


def test_thresholds_are_filled_from_the_settings() -> None:
    for rule in RULES:
        text = filled(rule.threshold, MonitoringSettings())
        assert "{" not in text and text


def test_the_page_lists_every_rule_and_metric_as_it_is() -> None:
    text = DOCUMENT.read_text()
    assert renewed(text) == text, "run python -m offchain.monitoring.document"
    for rule in RULES:
        assert f"| `{rule.name}` |" in text
    with pytest.raises(ValueError, match="needs one place"):
        renewed("nothing")
