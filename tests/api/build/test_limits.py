"""What makes the node work has a limit of its own."""

from pathlib import Path

from offchain.api.build.limits import BURST
from offchain.localnet.server import serving
from tests.support.building import builder_at, read_problem
from tests.support.world import World


def test_an_address_that_asks_too_often_has_to_wait(world: World, tmp_path: Path) -> None:
    with serving(world.local) as endpoints, builder_at(world, endpoints.http, tmp_path, rate=1_000) as api:
        codes = [api.client.get("/v1/quotes/deposit").status_code for _ in range(BURST + 5)]
        assert codes[0] == 400 and 429 in codes[BURST:]
        answer = api.client.get("/v1/market-terms")
        assert read_problem(answer, 429)[0] == "too_many_requests" and answer.headers["retry-after"] == "1"


def test_no_limit_where_the_api_has_none(world: World, tmp_path: Path) -> None:
    with serving(world.local) as endpoints, builder_at(world, endpoints.http, tmp_path) as api:
        assert {api.client.get("/v1/quotes/deposit").status_code for _ in range(BURST + 5)} == {400}
