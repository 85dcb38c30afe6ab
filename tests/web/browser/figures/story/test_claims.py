"""Claims and reports below the threshold: from the records, and from the transactions that reported."""

from offchain.chain.events.generated.insolvency_handler import NoClaim
from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.shown import cost, missing, money, when
from tests.support.figures.story import Told
from tests.support.raw.claims import PAID, records

CLAIMS, REPORTS = "table:Claims, newest first", "table:Reports below the threshold, newest first"


def claims(told: Frozen) -> Expected:
    """A row for each record."""
    shown = {}
    for address, record in records(told.rpc).items():
        row, is_paid = f"{CLAIMS}/{address}", record.state == PAID
        shown |= {
            f"{row}/claim": f"{told.title(record.market_id)} no. {record.sequence}",
            f"{row}/when": when(record.timestamp) if is_paid else missing("not paid yet"),
            f"{row}/deficit": cost(record.deficit_amount),
            f"{row}/payout": cost(record.payout_amount),
            f"{row}/cover": "full" if record.payout_amount == record.deficit_amount else "partial",
        }
    return shown


def reports(told: Frozen) -> Expected:
    """A row for each event; the deficit is what the market's counter rose by."""
    shown = {}
    for landed in told.history.transactions:
        for number, event in enumerate(landed.events if landed.succeeded else ()):
            if isinstance(event, NoClaim):
                row = f"{REPORTS}/{landed.signature}-{number}"
                shown |= {
                    f"{row}/market": told.title(event.market_id),
                    f"{row}/when": when(landed.time),
                    f"{row}/deficit": cost(event.counter_after - event.counter_before),
                    f"{row}/unsettled": cost(event.unsettled),
                    f"{row}/threshold": money(event.threshold),
                }
    return shown


def test_claims_and_small_reports(told: Told, screen: Screen) -> None:
    right, small = claims(told), reports(told)
    assert {right[path] for path in right if path.endswith("/cover")} == {"full", "partial"}
    assert small
    screen.go("/claims")
    compare(screen, {**right, **small})
    newest = sorted(records(told.rpc).items(), key=lambda each: -each[1].opened_at)
    rows = screen.page.get_by_role("table", name="Claims, newest first").locator("tbody tr")
    order = rows.evaluate_all("all => all.map(tr => tr.dataset.figures)")
    assert order == [address for address, _ in newest]
