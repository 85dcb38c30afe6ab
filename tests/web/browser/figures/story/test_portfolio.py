"""A provider's positions: worth by the twin, payments from the tokens that moved; what each way of leaving brings."""

import pytest
from playwright.sync_api import expect

from tests.model.parameters import FORCE_AFTER
from tests.model.pool import requests, withdrawals
from tests.support.browser import Screen
from tests.support.figures import told as words
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.shown import cost, missing, money, percent, short, until, when
from tests.support.figures.story import Told
from tests.support.figures.tried import Tried
from tests.support.figures.watching import open_as
from tests.support.raw.payments import Payments, payments
from tests.support.raw.pools import Holding, holdings

SLIPPAGE_BPS = 50
"""What a payment may fall short of the simulated one, docs/transactions.md."""
BPS = 10_000


def portfolio(told: Told, who: str) -> Expected:
    """Sums and rows of somebody."""
    found = holdings(told.rpc, str(told.people[who].key))
    paid = payments(told.history.transactions)
    of = {each.address: paid.get(each.address, Payments()) for each in found}
    earned = {each.address: each.worth + of[each.address].paid_out - of[each.address].paid_in for each in found}
    shown: dict[str, str | tuple[str, ...]] = {
        "stat:Worth now": money(sum(each.worth for each in found)),
        "stat:Paid in": cost(sum(each.paid_in for each in of.values())),
        "stat:Paid out": money(sum(each.paid_out for each in of.values())),
        "stat:Earnings, net of losses and fees": money(sum(earned.values())),
    }
    for each in found:
        row = f"table:Your positions/{each.address}"
        shown |= {
            f"{row}/market": short(each.market_id),
            f"{row}/since": when(told.ledger.time_of(each.position.entry_epoch)),
            f"{row}/value": money(each.worth),
            f"{row}/earnings": money(earned[each.address]),
            f"{row}/lock": _lock(told, each),
            f"{row}/state": _state(told, each),
        }
    return shown


def _lock(told: Told, each: Holding) -> str | tuple[str, ...]:
    if each.is_closed:
        return missing("closed")
    return until(told.ledger.now, told.ledger.time_of(each.position.unlock_epoch), "over")


def _state(told: Told, each: Holding) -> str | tuple[str, ...]:
    if each.is_wiped:
        return "lost in a wipe-out"
    if each.is_closed:
        return "closed"
    if not each.position.requested_shares:
        return missing("none requested")
    if each.epoch >= each.payable_epoch and each.pays_now:
        return "payable"
    left = until(told.ledger.now, told.ledger.time_of(each.payable_epoch), "now")
    return tuple(f"payable {text}" for text in left)


def _shares(amount: int) -> str:
    return words.usdc(amount).removesuffix(" USDC")


def asking(told: Told, each: Holding, tried: Tried) -> Expected:
    """Now or when the lock is over, and the request that would be signed."""
    now, free = told.ledger.time_of(each.epoch), told.ledger.time_of(each.position.unlock_epoch)
    notice = each.position.notice_epochs * told.ledger.risk.epoch_seconds
    rate, fee, left = each.leaving(each.epoch)
    _, none, whole = each.leaving(each.position.unlock_epoch)
    assert rate
    assert not none
    forced = now + notice + FORCE_AFTER * told.ledger.risk.epoch_seconds
    return {
        "title": f"Withdraw from {short(told.market)}",
        "line:Request now": f"{_terms(left, rate, fee)}, payable {when(now + notice)}",
        "line:Request when the lock is over": f"{_terms(whole, 0, 0)}, payable {when(free + notice)}",
        "line:Saved by waiting": money(fee),
        "request/line:shares": f"{_shares(each.position.shares)} of {_shares(each.position.shares)}",
        "request/line:worth at most": words.usdc(each.worth),
        "request/line:early fee": f"{words.bps(rate)}, as the lock lasts until {words.date(free)}",
        "request/line:payable from": words.date(now + notice),
        "request/line:payable in any case from": words.date(forced),
        "request/tried": tried.sentence("request-withdrawal"),
    }


def _terms(left: int, rate: int, fee: int) -> str:
    return f"{money(left)} after a fee of {percent(rate)} ({cost(fee)})"


def taking_back(each: Holding, tried: Tried) -> Expected:
    """What a cancellation costs."""
    pool, after = requests.cancel(each.pool, each.position, each.epoch)
    return {
        "cancel/line:request of": words.usdc(each.position.request_value),
        "cancel/line:left to the pool": words.usdc(each.pool.available - pool.available),
        "cancel/line:shares kept": _shares(after.shares),
        "cancel/tried": tried.sentence("cancel-withdrawal"),
    }


def waiting(told: Told, each: Holding, tried: Tried) -> Expected:
    """A request whose notice goes on."""
    due = told.ledger.time_of(each.payable_epoch)
    return {
        "title": f"Withdraw from {short(told.market)}",
        "request": f"payable from {words.date(due)}; at risk until then",
        "line:Payable": tuple(f"{left} ({when(due)})" for left in until(told.ledger.now, due, "since")),
        **taking_back(each, tried),
    }


def getting_paid(told: Told, each: Holding, tried: Tried) -> Expected:
    """A request whose notice is over."""
    _, _, paid = withdrawals.execute(each.pool, each.position, each.epoch)
    least = paid.net * (BPS - SLIPPAGE_BPS) // BPS
    return {
        "title": f"Withdraw from {short(told.market)}",
        "line:Pays now": f"{money(paid.net)} after a fee of {cost(paid.fee)}",
        "line:Payable": f"since ({when(told.ledger.time_of(each.payable_epoch))})",
        "execute/line:paid to": str(told.people["half out"].key),
        "execute/line:worth": words.usdc(paid.gross),
        "execute/line:early fee": words.usdc(paid.fee),
        "execute/line:paid": f"{words.usdc(paid.net)}, at least {words.usdc(least)}",
        "execute/tried": tried.sentence("execute-withdrawal"),
        **taking_back(each, tried),
    }


def _leave(told: Told, screen: Screen, who: str) -> tuple[Holding, Tried]:
    """Open the only position of somebody, wait for what would be signed."""
    tried = Tried(screen, told.rpc)
    key = told.people[who].key
    open_as(screen, "/portfolio", key)
    screen.page.get_by_role("button", name="Withdraw", exact=True).click()
    screen.page.get_by_text("Tried on the chain just now").last.wait_for()
    expect(screen.page.locator("main .loading")).to_have_count(0)
    (held,) = holdings(told.rpc, str(key))
    return held, tried


@pytest.mark.parametrize("who", ["half out", "payable", "wiped", "gone", "new", "waiting"])
def test_positions_and_what_they_earned(told: Told, screen: Screen, who: str) -> None:
    open_as(screen, "/portfolio", told.people[who].key)
    compare(screen, portfolio(told, who))


def test_leaving_within_the_lock(told: Told, screen: Screen) -> None:
    held, tried = _leave(told, screen, "new")
    compare(screen, {**portfolio(told, "new"), **asking(told, held, tried)})


def test_a_request_under_notice(told: Told, screen: Screen) -> None:
    held, tried = _leave(told, screen, "waiting")
    compare(screen, {**portfolio(told, "waiting"), **waiting(told, held, tried)})


def test_a_request_that_is_due(told: Told, screen: Screen) -> None:
    held, tried = _leave(told, screen, "half out")
    compare(screen, {**portfolio(told, "half out"), **getting_paid(told, held, tried)})
