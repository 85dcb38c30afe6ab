"""The status page: one HTML document, without script and inline style, for people who have nothing but a browser."""

from collections.abc import Sequence
from datetime import UTC, datetime

from offchain import words
from offchain.chain.units import format_bps, format_factor, format_usdc
from offchain.monitoring.facts.facts import Facts
from offchain.monitoring.status.html import Html, joined, table, tag
from offchain.monitoring.status.schemas import AlertRow, JobRow

REFRESH_SECONDS = "15"
WORDS = {"critical": "Something is badly wrong", "warning": "Something needs attention", "": "Everything is in order"}


def status_page(
    facts: Facts,
    alerts: Sequence[AlertRow],
    past: Sequence[AlertRow],
    jobs: Sequence[JobRow],
    cluster: str,
) -> str:
    """The whole document. `alerts` stand, the gravest first; `past` are cleared."""
    worst = alerts[0].severity if alerts else ""
    head = tag(
        "head",
        Html('<meta charset="utf-8">'),
        Html('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Html(f'<meta http-equiv="refresh" content="{REFRESH_SECONDS}">'),
        Html('<link rel="stylesheet" href="/status.css">'),
        tag("title", f"{WORDS.get(worst, WORDS['warning'])} - PercoSec status"),
    )
    body = tag(
        "body",
        tag("header", tag("h1", "PercoSec status"), tag("p", _moment(facts, cluster))),
        tag(
            "main",
            tag("p", WORDS.get(worst, WORDS["warning"]), class_=f"state {worst or 'well'}", role="status"),
            _alerts("Alerts", alerts, facts, "No alert stands."),
            _markets(facts),
            _jobs(jobs),
            _keepers(facts),
            _programs(facts),
            _alerts("Cleared alerts", past, facts, "No alert was cleared yet."),
        ),
        tag("footer", tag("p", f"This page renews itself every {REFRESH_SECONDS} seconds. Metrics: /metrics")),
    )
    return "<!doctype html>\n" + tag("html", head, body, lang="en")


def _moment(facts: Facts, cluster: str) -> Html:
    chain = f"{cluster}, slot {facts.slot}, epoch {facts.epoch}, chain time "
    return joined([chain, _time(facts.now * 1_000), ", seen ", _time(facts.now_ms)])


def _alerts(caption: str, rows: Sequence[AlertRow], facts: Facts, empty: str) -> Html:
    cells = [
        (
            _badge(row.severity, row.severity),
            joined([tag("strong", row.title), Html("<br>"), row.message]),
            _time(row.raised_ms),
            _time(row.cleared_ms) if row.cleared_ms else _lasting(facts.now_ms - row.raised_ms),
            row.action,
        )
        for row in rows
    ]
    return table(caption, ("severity", "what", "raised", "stands or cleared", "what to do"), cells, empty)


def _markets(facts: Facts) -> Html:
    rows = [
        (
            tag("code", market.id),
            f"{words.grade(market.grade)} {format_factor(market.score)}" if market.has_score else "no score yet",
            f"{facts.epoch - market.score_epoch} epochs" if market.has_score else "-",
            f"{facts.now - market.publish_time} s" if market.publish_time else "none",
            f"{format_usdc(market.capital)} USDC",
            format_bps(market.utilisation_bps),
            f"restricted: {words.reasons(market.reasons)}" if market.reasons else "open",
        )
        for market in facts.markets
    ]
    heads = ("market", "grade and score", "score's age", "price's age", "capital", "utilisation", "state")
    return table("Markets", heads, rows, "No market is registered.")


def _jobs(jobs: Sequence[JobRow]) -> Html:
    by_instance: dict[str, list[JobRow]] = {}
    for row in jobs:
        by_instance.setdefault(row.instance, []).append(row)
    if not jobs:
        return table("Background jobs", (), (), "No process has told of its jobs yet.")
    return joined(_jobs_of(instance, rows) for instance, rows in by_instance.items())


def _jobs_of(instance: str, jobs: Sequence[JobRow]) -> Html:
    rows = [
        (
            row.name,
            _badge("ok", row.state) if row.well else _badge("critical", f"{row.state}, not well"),
            f"{row.progress_age_ms / 1_000:.1f} s ago",
            f"{row.delay_ms} ms",
            f"{row.failures} ({row.last_error})" if row.failures else "0",
        )
        for row in jobs
    ]
    return table(
        f"Background jobs of {instance}", ("job", "state", "got something done", "delay", "failures"), rows, ""
    )


def _keepers(facts: Facts) -> Html:
    wallets = facts.chain.wallets if facts.chain else []
    rows = [(tag("code", wallet.address), f"{wallet.lamports / 10**9:.6f} SOL") for wallet in wallets]
    return table("Keepers' wallets", ("wallet", "holds"), rows, "No wallet is watched.")


def _programs(facts: Facts) -> Html:
    rows = [
        (
            program.name,
            tag("code", program.address),
            "not deployed" if program.slot < 0 else f"slot {program.slot}",
            "this package's build" if program.ours else "-" if program.slot < 0 else "another build",
        )
        for program in (facts.chain.programs if facts.chain else [])
    ]
    return table("Programs", ("program", "address", "last upgrade", "bytecode"), rows, "Not looked at yet.")


def _badge(kind: str, text: str) -> Html:
    return tag("span", text, class_=f"badge {kind}")


def _time(milliseconds: int) -> Html:
    moment = datetime.fromtimestamp(milliseconds // 1_000, UTC)
    return tag("time", moment.strftime("%Y-%m-%d %H:%M:%S UTC"), datetime=moment.isoformat())


def _lasting(milliseconds: int) -> str:
    seconds = max(0, milliseconds // 1_000)
    if seconds < 120:
        return f"for {seconds} s"
    if seconds < 7_200:
        return f"for {seconds // 60} min"
    return f"for {seconds // 3_600} h"
