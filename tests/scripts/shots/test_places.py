"""Every address of the app becomes a page with a name of its own."""

import pytest

from offchain.web.site import ADDRESSES
from scripts.shots.errors import ShotError
from scripts.shots.places import PARTS, Place, places

CLAIMS = [
    {"state": "open", "payout": "900", "market_id": "OTHER", "claim": "X"},
    {"state": "paid", "payout": "9", "market_id": "M", "claim": "SMALL"},
    {"state": "paid", "payout": "10", "market_id": "M", "claim": "LARGE"},
]


def test_no_address_is_left_out_and_none_has_a_hole() -> None:
    found = places(CLAIMS)
    assert len(found) == len(ADDRESSES) - 1 + len(PARTS)
    assert len({place.name for place in found}) == len(found)
    assert all("{" not in place.path and "/" not in place.name for place in found)


def test_market_and_receipt_are_those_of_the_largest_paid_claim() -> None:
    found = {place.name: place for place in places(CLAIMS)}
    assert found["home"] == Place("home", "/")
    assert found["market"].path == "/markets/M"
    assert found["pool"].path == "/markets/M/pool"
    assert found["deposit"].path == "/markets/M/deposit"
    assert found["receipt"].path == "/claims/LARGE"


def test_without_a_paid_claim_there_is_nothing_to_show() -> None:
    with pytest.raises(ShotError, match="no claim was paid"):
        places(CLAIMS[:1])
