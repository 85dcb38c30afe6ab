"""The comparison notices a spoilt figure, a missing one, one too many, and a number without a name."""

from tests.support.browser import Screen
from tests.support.figures.comparison import differences, settle
from tests.support.figures.frozen import Frozen
from tests.support.figures.reading import Reading, read
from tests.support.figures.shown import money
from tests.web.browser.figures.test_home import expected

CENT = 10_000
"""Atoms: the smallest change that Home shows."""


def test_one_spoilt_cent_is_found_and_nothing_else(frozen: Frozen, screen: Screen) -> None:
    right = expected(frozen.ledger)
    honest = frozen.served.get("/v1/totals")
    spoilt = str(int(honest["tvl"]) + CENT)
    screen.page.route("**/v1/totals", lambda route: route.fulfill(json=honest | {"tvl": spoilt}))
    screen.go("/")
    only = [f"stat:In all pools: shows {money(int(spoilt))!r}, the chain says {right['stat:In all pools']!r}"]
    assert settle(screen, right, wanted=lambda found: found == only) == only


PAGE = """
    <p>Four facts, 4 of them</p> <p hidden>5 hidden</p> <data data-value="">six</data> <input value="7">
    <dl data-figures="stat:Pool">
      <dt data-figure="name">Pool</dt> <dd data-figure=""><data data-value="">8</data></dd>
    </dl>
    <table data-figures="table:T"><tbody>
      <tr data-figures="R"> <td data-figure="a">words</td> <td data-figure="b">9&#x202f;000</td> </tr>
    </tbody></table>
    <p data-figure="twice">1</p> <p data-figure="twice">1</p>
"""


def test_numbers_outside_of_figures_are_found(screen: Screen) -> None:
    screen.page.set_content(f"<main>{PAGE}</main>")
    reading = read(screen.page)
    assert reading.figures == {
        "stat:Pool/name": "Pool",
        "stat:Pool": "8",
        "table:T/R/a": "words",
        "table:T/R/b": "9 000",
        "twice": "1",
    }
    assert reading.needed == {"stat:Pool", "table:T/R/b", "twice"}
    assert reading.strays == ("Four facts, 4 of them", "unnamed figure: six", "7")
    assert reading.repeated == ("twice",)


def test_every_kind_of_difference_is_told() -> None:
    reading = Reading({"a": "1", "b": "2", "word": "yes"}, frozenset("ab"), ("3 of them",), ("a",), True)
    assert differences(reading, {"a": ("0", "9"), "c": "4", "word": "yes"}, ["5 of them"]) == [
        "page: still loading",
        "a: two figures have this name",
        "a: shows '1', the chain says '0'",
        "c: not on the page, expected '4'",
        "b: shows '2', nothing expected",
        "outside of every figure: '3 of them'",
        "excused, but not on the page: '5 of them'",
    ]
    assert differences(Reading({}, frozenset(), (), (), False), {}) == ["page: no figure at all"]
    fine = Reading({"a": "1", "word": "yes"}, frozenset("a"), ("3 of them",), (), False)
    assert not differences(fine, {"a": ("0", "1")}, ["3 of them"])
