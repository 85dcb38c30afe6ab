"""A metric, its samples, and how Prometheus wants them written."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
Labels = Mapping[str, str]
Value = int | str
"""An integer, or decimal text where the unit asks for fractions."""


@dataclass(frozen=True)
class Metric:
    """One metric; the registry of all is in `all.py`."""

    name: str
    kind: str
    """`gauge` or `counter`."""
    help: str
    """One sentence with the unit."""
    labels: tuple[str, ...] = ()
    rule: str = ""
    """The alert rule that looks at it; its name stands in the help text."""


@dataclass(frozen=True)
class Sample:
    """One value."""

    metric: Metric
    value: Value
    labels: Labels


def written(samples: Iterable[Sample]) -> str:
    """The whole page: each metric with help and type, then its samples. ValueError for labels that don't fit."""
    groups: dict[Metric, list[Sample]] = {}
    for sample in samples:
        if tuple(sorted(sample.labels)) != tuple(sorted(sample.metric.labels)):
            raise ValueError(f"{sample.metric.name} has the labels {sample.metric.labels}, not {tuple(sample.labels)}")
        groups.setdefault(sample.metric, []).append(sample)
    lines = []
    for metric, found in groups.items():
        lines.append(f"# HELP {metric.name} {_help(metric)}")
        lines.append(f"# TYPE {metric.name} {metric.kind}")
        lines += [f"{metric.name}{_labels(sample.labels)} {sample.value}" for sample in found]
    return "\n".join(lines) + "\n"


def help_of(metric: Metric) -> str:
    """The help text with the alert rule."""
    return f"{metric.help} Alert rule: {metric.rule}." if metric.rule else metric.help


def _help(metric: Metric) -> str:
    return help_of(metric).replace("\\", "\\\\").replace("\n", "\\n")


def _labels(labels: Labels) -> str:
    parts = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items())
    return f"{{{parts}}}" if parts else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
