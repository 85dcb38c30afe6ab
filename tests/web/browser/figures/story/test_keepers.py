"""Keepers: what they called and which tokens reached them, from the raw transactions."""

from offchain.chain.generated.risk_engine.accounts import RiskScore
from tests.support.browser import Screen
from tests.support.figures import told as words
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.frozen import Frozen
from tests.support.figures.shown import ago, cost, missing, money, short
from tests.support.figures.story import Told
from tests.support.figures.tried import Tried
from tests.support.figures.watching import open_as
from tests.support.raw.keepers import keepers

SIGNATURE_LAMPORTS = 5_000
TABLE = "table:Keepers and their earnings"


def expected(told: Frozen) -> Expected:
    """A row for each of them."""
    shown: dict[str, str | tuple[str, ...]] = {}
    for keeper, kept in keepers(told.history.transactions).items():
        row = f"{TABLE}/{keeper}"
        shown |= {
            f"{row}/keeper": f"{short(keeper)} ↗",
            f"{row}/cranks": str(kept.cranks),
            f"{row}/bounties": money(kept.bounties),
            f"{row}/fees": money(kept.claim_fees),
            f"{row}/liquidations": money(kept.liquidations),
            f"{row}/earned": money(kept.earned),
            f"{row}/last": missing("no time given") if kept.last is None else ago(told.ledger.now, kept.last),
        }
    return shown


def test_keepers_and_what_they_earned(told: Told, screen: Screen) -> None:
    right = expected(told)
    screen.go("/keepers")
    compare(screen, right)
    assert len(right) == 7


def test_what_is_due_and_what_it_costs(told: Told, screen: Screen) -> None:
    """The story ends in an epoch without a score: it pays nothing by itself, and one signature."""
    tried = Tried(screen, told.rpc)
    open_as(screen, "/keepers", told.people["new"].key)
    screen.page.get_by_label("Market").select_option(told.market)
    screen.page.get_by_role("button", name="Do it").click()
    screen.page.get_by_text("Tried on the chain just now").wait_for()
    assert told.ledger.one(RiskScore).epoch == told.ledger.epoch - 1
    row = f"table:What is due/score:{told.market}:{told.ledger.epoch}"
    due = {
        "market": short(told.market),
        f"{row}/title": "compute the risk score of this epoch",
        f"{row}/pays": money(0),
        f"{row}/costs": cost(SIGNATURE_LAMPORTS, 6, "SOL", 9),
        "line:pays you": words.usdc(0),
        "line:costs you": cost(SIGNATURE_LAMPORTS, 6, "SOL", 9),
        "tried": tried.sentence("crank"),
    }
    compare(screen, {**expected(told), **due})
