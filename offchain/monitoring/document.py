"""The tables of docs/monitoring.md, made from the rules and metrics themselves.

python -m offchain.monitoring.document      # write them anew, in a checkout
"""

import re
from pathlib import Path

from offchain.monitoring.metrics.all import METRICS
from offchain.monitoring.rules.all import RULES, filled
from offchain.settings.monitoring import MonitoringSettings

PATH = Path(__file__).parents[2] / "docs" / "monitoring.md"


def renewed(text: str) -> str:
    """The page with both tables as they should be; ValueError where it has no place for one."""
    for name, table in (("alerts", alerts()), ("metrics", metrics())):
        parts = re.split(rf"(<!-- {name} -->\n|<!-- end -->)", text)
        if parts.count(f"<!-- {name} -->\n") != 1:
            raise ValueError(f"docs/monitoring.md needs one place <!-- {name} --> ... <!-- end -->")
        at = parts.index(f"<!-- {name} -->\n")
        parts[at + 1] = table
        text = "".join(parts)
    return text


def alerts() -> str:
    """What is raised when, and what to do."""
    settings = MonitoringSettings()
    rows = [
        f"| `{rule.name}` | {rule.severity} | {filled(rule.threshold, settings)} | {rule.meaning} | {rule.action} |"
        for rule in RULES
    ]
    return _table("| alert | severity | raised when | means | do |", rows)


def metrics() -> str:
    """Every metric."""
    rows = []
    for metric in METRICS:
        rule = f" Alert: `{metric.rule}`." if metric.rule else ""
        rows.append(f"| `{metric.name}` | {metric.kind} | {', '.join(metric.labels)} | {metric.help}{rule} |")
    return _table("| metric | kind | labels | what |", rows)


def _table(head: str, rows: list[str]) -> str:
    line = "|" + "---|" * (head.count("|") - 1)
    return "\n".join([head, line, *rows]) + "\n"


if __name__ == "__main__":
    PATH.write_text(renewed(PATH.read_text()))
