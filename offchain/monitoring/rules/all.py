"""Every rule, once."""

from dataclasses import asdict

from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.rules import markets, money, operations
from offchain.monitoring.rules.rule import Finding, Limits, Rule
from offchain.settings.monitoring import MonitoringSettings

RULES: tuple[Rule, ...] = (*money.RULES, *markets.RULES, *operations.RULES)
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


def findings(facts: Facts, limits: Limits) -> dict[tuple[str, str], Finding]:
    """Everything that stands now, by rule and subject."""
    return {(rule.name, found.subject): found for rule in RULES for found in rule.find(facts, limits)}


def filled(text: str, settings: MonitoringSettings) -> str:
    """A threshold or expression with the values of the settings."""
    return text.format(**asdict(settings))
