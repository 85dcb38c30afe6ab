"""A receipt: its record, the liquidations that it settled and the transactions that made it; what verifying says."""

from typing import Any

from offchain.chain.generated.insolvency_handler.accounts import ClaimRecord
from tests.support.browser import Screen, ask
from tests.support.figures import told as words
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.shown import cost, money, short, when
from tests.support.figures.story import Told
from tests.support.raw.claims import Loss, losses, records
from tests.support.visitor import SLOW_MS

TIERS, STEPS = "table:Tiers of the waterfall, in order", "table:Transactions of the claim"
LOSSES, AGAIN = "table:Liquidated positions whose deficit the claim covers", "table:Recomputed and recorded amounts"
ORDER = ("ClaimOpened", "DeficitReported", "PayoutRequested", "FundsReleased", "ClaimEvent", "ClaimFeeCollected")
"""Events of a claim, one leading to the next."""
PARTIAL = 3
"""The claim that the pool could not pay whole; the first one was paid out of every tier, and settles two reports."""
RECOMPUTED = (
    *("margin_tier", "fund_tier", "first_loss_tier", "premium_tier", "capital_tier", "profit_tier"),
    *("deficit_amount", "threshold", "payout_amount", "fee", "executor_fee", "arrears_offset", "net_paid", "uncovered"),
)


def expected(told: Told, sequence: int) -> Expected:
    """Everything but the verification."""
    record = _record(told, sequence)[1]
    behind = losses(told.history.transactions)[told.market, sequence]
    shown = {
        "title": f"Claim {sequence} of {short(told.market)}",
        "cause": _cause(record, behind),
        "stat:Deficit": money(record.deficit_amount, 6),
        "stat:Payout": money(record.payout_amount, 6),
        "stat:Fee, deducted from it": money(record.fee, 6),
        "stat:To the market": money(record.payout_amount - record.fee - record.arrears_offset, 6),
        "stat:Threshold": money(record.threshold),
        "stat:Executor": f"{short(record.executor)} ↗",
    }
    lost = record.deficit_amount - record.payout_amount
    if lost:
        shown["uncovered"] = f"{cost(lost)} were more than all tiers together held, and stay with the market."
    return {**shown, **_tiers(record), **_steps(told, sequence), **_liquidated(behind)}


def _record(told: Told, sequence: int) -> tuple[str, ClaimRecord]:
    return next(each for each in records(told.rpc).items() if each[1].sequence == sequence)


def _cause(record: ClaimRecord, behind: list[Loss]) -> str:
    prices = sorted({loss.told.price for loss in behind})
    between = " to ".join(_price(each) for each in (prices[0], prices[-1])[: len(prices)])
    count = f"{len(behind)} liquidation{'s' if len(behind) > 1 else ''}"
    sums = f"{words.usdc(record.deficit_amount)} unpaid, above the threshold of {words.usdc(record.threshold)}"
    return f"{count} at {between} USD left {sums}"


def _price(value: int) -> str:
    """The story's prices are whole cents."""
    assert value % 10_000 == 0
    return f"{value // 10**6:,}.{value // 10_000 % 100:02d}"


def _tiers(record: ClaimRecord) -> Expected:
    amounts = {
        "margin": record.margin_tier,
        "insurance_fund": record.fund_tier,
        "first_loss": record.first_loss_tier,
        "premium": record.premium_tier,
        "capital": record.capital_tier,
        "profit": record.profit_tier,
    }
    paid = sum(amounts[name] for name in ("first_loss", "premium", "capital", "profit"))
    amounts["uncovered"] = record.deficit_amount - paid
    return {f"{TIERS}/{name}/amount": money(amount, 6) for name, amount in amounts.items()}


def _steps(told: Told, sequence: int) -> Expected:
    shown = {}
    for landed, name in _made_by(told, sequence):
        row = f"{STEPS}/{landed.signature}-{name}"
        shown |= {f"{row}/when": when(landed.time), f"{row}/signature": f"{short(landed.signature)} ↗"}
    return shown


def _made_by(told: Told, sequence: int) -> list[tuple[Any, str]]:
    """Transactions and events of a claim; in a transaction one leading to the next."""
    found = [
        (landed, type(event).__name__)
        for landed in told.history.transactions
        for event in (landed.events if landed.succeeded else ())
        if type(event).__name__ in ORDER and getattr(event, "sequence", None) == sequence
    ]
    return sorted(found, key=lambda each: (each[0].slot, ORDER.index(each[1])))


def _liquidated(behind: list[Loss]) -> Expected:
    shown = {}
    for loss in behind:
        row = f"{LOSSES}/{loss.signature}-{loss.told.nonce}"
        shown |= {
            f"{row}/owner": f"{short(loss.told.owner)} ↗",
            f"{row}/price": money(loss.told.price, unit="USD"),
            f"{row}/margin": money(loss.told.margin),
            f"{row}/deficit": cost(loss.told.deficit),
            f"{row}/signature": f"{short(loss.signature)} ↗",
        }
    return shown


def _opened(told: Told, screen: Screen, sequence: int) -> Expected:
    screen.go(f"/claims/{_record(told, sequence)[0]}")
    right = expected(told, sequence)
    compare(screen, right)
    rows = screen.page.get_by_role("table", name="Transactions of the claim").locator("tbody tr")
    order = rows.evaluate_all("all => all.map(tr => tr.dataset.figures)")
    assert order == [f"{landed.signature}-{name}" for landed, name in _made_by(told, sequence)]
    return right


def test_a_claim_paid_in_part(told: Told, screen: Screen) -> None:
    assert "uncovered" in _opened(told, screen, PARTIAL)


def test_a_claim_paid_whole_and_verified(told: Told, screen: Screen) -> None:
    right = _opened(told, screen, 1)
    assert "uncovered" not in right
    screen.page.get_by_role("button", name="Verify this claim").click()
    screen.page.get_by_text("Every amount agrees to the atom").wait_for(timeout=SLOW_MS)
    record = _record(told, 1)[1]
    amounts = {name: money(getattr(record, name), 6) for name in RECOMPUTED}
    again = {f"{AGAIN}/{name}/{by}": amounts[name] for name in RECOMPUTED for by in ("recomputed", "recorded")}
    slot = ask(told.rpc, "getSlot", {"commitment": "confirmed"})
    read = f"{len(told.history.transactions)} transactions read up to slot {slot}."
    compare(screen, {**right, **again, "read": read})
