"""Open positions: what they are, how near to liquidation, and the deficit after a jump, from accounts by the twin."""

from tests.support.browser import Screen
from tests.support.figures.comparison import Expected, compare
from tests.support.figures.shown import cost, missing, money, moved, percent, short, times
from tests.support.figures.story import Told
from tests.support.raw.perps import Perp, open_positions

MOVES = (-1_000, -2_000, -3_000, -4_000, -5_000)
"""Basis points, as the page promises them."""
TABLE = "table:Open positions"


def expected(positions: list[Perp]) -> Expected:
    """The table; its columns of deficits are named by their moves."""
    shown: dict[str, str] = {f"{TABLE}/head/move{move}": f"Deficit at {moved(move)}" for move in MOVES}
    for perp in positions:
        row = f"{TABLE}/{perp.address}"
        shown |= {
            f"{row}/position": f"{short(perp.address)} ↗",
            f"{row}/side": "long" if perp.position.is_long else "short",
            f"{row}/notional": money(perp.position.notional, places=0),
            f"{row}/leverage": times(perp.position.leverage),
            f"{row}/margin": money(perp.position.margin, places=0),
            f"{row}/profit": money(perp.profit, places=0),
            f"{row}/health": "safe" if perp.health_bps is None else percent(perp.health_bps, places=0),
            f"{row}/distance": _distance(perp),
        }
        deficits = {move: perp.deficit_after(move) for move in MOVES}
        shown |= {
            f"{row}/move{move}": cost(deficit, places=0) if deficit else missing("none")
            for move, deficit in deficits.items()
        }
    return shown


def _distance(perp: Perp) -> str:
    return missing("no price liquidates it") if perp.distance_bps is None else moved(perp.distance_bps)


def page(told: Told) -> Expected:
    """The whole page: the market chosen first, and its positions."""
    return {**expected(open_positions(told.rpc, told.market)), "market": short(told.market)}


def test_open_positions(told: Told, screen: Screen) -> None:
    found = open_positions(told.rpc, told.market)
    assert {perp.position.is_long for perp in found} == {True, False}
    assert any(perp.deficit_after(MOVES[-1]) for perp in found)
    screen.go("/positions")
    compare(screen, page(told))
    order = screen.page.locator("tbody tr").evaluate_all("rows => rows.map(row => row.dataset.figures)")
    nearest = sorted(found, key=lambda perp: (abs(perp.distance_bps or 0), perp.address))
    assert order == [perp.address for perp in nearest]
