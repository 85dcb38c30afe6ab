"""The alert rules for a Prometheus of your own, generated from ours.

python -m offchain.monitoring.prometheus      # write offchain/monitoring/generated/alerts.yml anew
"""

import json
from pathlib import Path

from offchain.monitoring.rules.all import RULES, filled
from offchain.monitoring.rules.rule import Rule
from offchain.settings.monitoring import MonitoringSettings

PATH = Path(__file__).parent / "generated" / "alerts.yml"
HEAD = """# Written by `python -m offchain.monitoring.prometheus` from offchain/monitoring/rules: do not edit.
# The thresholds are the defaults of [monitoring] in seahorse.toml.
groups:
  - name: percosec
    rules:
"""
DOWN = Rule(
    name="percosec_down",  # type: ignore[arg-type]  # no alert of ours bears it
    severity=RULES[0].severity,
    title="PercoSec does not answer",
    meaning="Prometheus gets no metrics: nothing else of this file can be raised.",
    threshold="no metrics",
    action="Start `percosec serve`, and look at its log.",
    find=lambda _facts, _limits: (),
    expression="absent(percosec_index_slot)",
)
"""What only somebody outside can notice."""


def document(settings: MonitoringSettings | None = None) -> str:
    """The file, in YAML; its texts are JSON, which YAML reads."""
    chosen = settings or MonitoringSettings()
    return HEAD + "".join(_rule(rule, chosen) for rule in (*RULES, DOWN))


def _rule(rule: Rule, settings: MonitoringSettings) -> str:
    name = "Percosec" + "".join(part.title() for part in rule.name.removeprefix("percosec_").split("_"))
    return (
        f"      - alert: {name}\n"
        f"        expr: {json.dumps(filled(rule.expression, settings))}\n"
        f"        for: {settings.raise_seconds}s\n"
        f"        keep_firing_for: {settings.clear_seconds}s\n"
        "        labels:\n"
        f"          severity: {rule.severity}\n"
        f"          rule: {rule.name}\n"
        "        annotations:\n"
        f"          summary: {json.dumps(rule.title)}\n"
        f"          description: {json.dumps(rule.meaning)}\n"
        f"          action: {json.dumps(rule.action)}\n"
    )


def main() -> None:
    """Write the file."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_text(document())


if __name__ == "__main__":
    main()
