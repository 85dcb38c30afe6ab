"""A deposit before it is signed: shares, lock, notice and fee, and what the chain says when it is tried."""

from base64 import b64decode
from fractions import Fraction

from offchain.chain.addresses import TOKEN_PROGRAM
from offchain.chain.generated.demo_market.accounts import PerpMarket
from offchain.chain.generated.insurance_pool.accounts import InsurancePool
from tests.model.numbers import down
from tests.model.pool.shares import shares_for
from tests.support.browser import Screen, ask
from tests.support.figures import told
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.ledger import Ledger
from tests.support.figures.shown import number
from tests.support.figures.twin import pool_now

TYPED, ATOMS = "1250.5", 1_250_500_000
TOLERANCE = Fraction(50, 10_000)
"""By how much the share price may move until the deposit lands: docs/transactions.md."""
MARKET = "BTC-20X"
DAY = 86_400
AMOUNT = slice(64, 72)
"""Of a token account."""


def _days(seconds: int) -> str:
    """Locks and notices of the local chain are whole days."""
    assert seconds % DAY == 0
    count = seconds // DAY
    return f"{count} day{'' if count == 1 else 's'}"


def _review(ledger: Ledger, market: PerpMarket) -> Expected:
    pool = ledger.one(InsurancePool, market_id=market.market_id)
    shares = shares_for(pool_now(ledger, market.market_id), ATOMS)
    least = down(shares * (1 - TOLERANCE))
    length = ledger.risk.epoch_seconds
    unlocked = ledger.time_of(ledger.epoch + pool.lock_epochs)
    return {
        "line:deposit": told.usdc(ATOMS),
        "line:shares": f"{_shares(shares)}, at least {_shares(least)}",
        "line:locked until": f"{told.date(unlocked)} ({_days(pool.lock_epochs * length)})",
        "line:notice": f"a withdrawal is paid {_days(pool.notice_epochs * length)} after its request; "
        "the capital is at risk until then",
        "line:paid to the protocol": f"{told.bps(pool.performance_fee_bps)} of the yield above the high-water mark",
    }


def _shares(count: int) -> str:
    return told.usdc(count).removesuffix(" USDC")


def _held(rpc: str, owner: str) -> int:
    """USDC of a wallet, atoms: on this chain it is the only token."""
    wanted = {"encoding": "base64", "commitment": "confirmed"}
    found = ask(rpc, "getTokenAccountsByOwner", owner, {"programId": str(TOKEN_PROGRAM)}, wanted)["value"]
    data = [b64decode(each["account"]["data"][0]) for each in found]
    return sum(int.from_bytes(each[AMOUNT], "little") for each in data)


def _units(rpc: str, transaction: str) -> int:
    """What the node says when it is asked to try these bytes."""
    options = {"encoding": "base64", "commitment": "confirmed", "sigVerify": False, "replaceRecentBlockhash": True}
    value = ask(rpc, "simulateTransaction", transaction, options)["value"]
    assert value["err"] is None, value
    return int(value["unitsConsumed"])


def test_deposit(frozen: Frozen, screen: Screen) -> None:
    market = frozen.ledger.markets[MARKET]
    screen.go(f"/markets/{market.market_id}/deposit")
    wallet = screen.connect()
    screen.page.get_by_role("button", name="Get test money").click()
    screen.page.get_by_text("Your wallet holds").wait_for()
    with screen.page.expect_response(lambda answer: answer.url.endswith("/v1/transactions/deposit")) as built:
        screen.page.get_by_label("Amount in USDC").fill(TYPED)
    units = _units(frozen.rpc, built.value.json()["transaction"])
    compare(
        screen,
        {
            "title": f"Deposit into {MARKET}",
            "typed": TYPED,
            "test money": f"Your wallet holds {number(_held(frozen.rpc, wallet), 6, 2)} test USDC",
            **_review(frozen.ledger, market),
            "tried": f"Tried on the chain just now: it succeeds, with {number(units, 0)} compute units.",
        },
    )
