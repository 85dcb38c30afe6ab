"""What makes the node work has a limit of its own."""

from pathlib import Path

import pytest

from offchain.api.build import limits
from offchain.localnet.server import serving
from tests.support.building import builder_at, read_problem
from tests.support.stopped import StoppedBuckets
from tests.support.world import World


@pytest.fixture(autouse=True)
def _narrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """So narrow that no machine is too slow to reach it, as no second passes."""
    monkeypatch.setattr(limits, "Buckets", StoppedBuckets)
    monkeypatch.setattr(limits, "RATE", 1)
    monkeypatch.setattr(limits, "BURST", 3)


def test_an_address_that_asks_too_often_has_to_wait(world: World, tmp_path: Path) -> None:
    with serving(world.local) as endpoints, builder_at(world, endpoints.http, tmp_path, rate=1_000) as api:
        codes = [api.client.get("/v1/quotes/deposit").status_code for _ in range(12)]
        assert codes == [400] * 3 + [429] * 9
        refused = api.client.get("/v1/quotes/deposit")
        assert read_problem(refused, 429)[0] == "too_many_requests" and refused.headers["retry-after"] == "1"


def test_no_limit_where_the_api_has_none(world: World, tmp_path: Path) -> None:
    with serving(world.local) as endpoints, builder_at(world, endpoints.http, tmp_path) as api:
        assert {api.client.get("/v1/quotes/deposit").status_code for _ in range(12)} == {400}
