"""One look: facts, rules, damping, table, log."""

import logging

from offchain.api.context import ApiContext
from offchain.monitoring.alerts.damping import Changes, Damping, Key
from offchain.monitoring.alerts.store import active_alerts, write_changes
from offchain.monitoring.facts.facts import Facts, gather
from offchain.monitoring.rules.all import BY_NAME, findings
from offchain.monitoring.rules.rule import Finding, Limits, Severity

_LOGGER = logging.getLogger(__name__)
_LEVELS = {Severity.CRITICAL: logging.CRITICAL, Severity.WARNING: logging.WARNING, Severity.INFO: logging.INFO}


class Alerts:
    """Raises and clears alerts; what stands is in the table alone, so that a restart goes on with it."""

    def __init__(self, context: ApiContext) -> None:
        settings = context.settings.monitoring
        self._context = context
        self._limits = Limits(settings, context.parameters)
        self._damping = Damping(settings.raise_seconds * 1_000, settings.clear_seconds * 1_000)

    def look(self) -> dict[str, object]:
        """Gather the facts and judge them; how many alerts stand."""
        return self.judge(gather(self._context))

    def judge(self, facts: Facts) -> dict[str, object]:
        """The same for facts that are known already."""
        found = findings(facts, self._limits)
        with self._context.database.session() as session:
            active = active_alerts(session)
            marks = {key: finding.mark for key, finding in found.items()}
            changes = self._damping.look(marks, active, facts.now_ms)
            write_changes(session, changes, found, facts)
            session.commit()
        _say(changes, found, {key: alert.message for key, alert in active.items()})
        return {
            "standing": len(active) + len(changes.raised) - len(changes.cleared),
            "conditions": len(found),
            "judged_slot": facts.slot,
        }


def _say(changes: Changes, found: dict[Key, Finding], before: dict[Key, str]) -> None:
    for rule, subject in changes.raised:
        message = found[rule, subject].message
        extra = {"rule": rule, "subject": subject}
        _LOGGER.log(_LEVELS[BY_NAME[rule].severity], "alert raised: %s", message, extra=extra)
    for rule, subject in changes.cleared:
        _LOGGER.info("alert cleared: %s", before[rule, subject], extra={"rule": rule, "subject": subject})
