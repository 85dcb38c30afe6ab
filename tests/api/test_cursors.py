"""Cursors: of one list only, and steady while rows are added."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from offchain.api.cursors import read_cursor, write_cursor
from offchain.api.problems import Problem
from offchain.chain.addresses import LOCALNET
from offchain.database.database import Database, open_database
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.localnet.server import serving
from tests.api.conftest import Lived, api
from tests.indexer.conftest import settings
from tests.support.world import World


def test_a_cursor_comes_back_as_it_was_written() -> None:
    cursor = write_cursor((5, "x"), "list a")
    assert read_cursor(cursor, tuple[int, str], "list a") == (5, "x")


@pytest.mark.parametrize("cursor", ["", "x", "AAAA", "!!!", "é", "A" * 300, write_cursor((5,), "other")])
def test_others_are_refused(cursor: str) -> None:
    with pytest.raises(Problem) as caught:
        read_cursor(cursor, tuple[int], "list a")
    assert (caught.value.status, caught.value.code) == (400, "invalid_cursor")


def test_a_changed_cursor_is_refused() -> None:
    cursor = write_cursor((5, 7, 9), "list a")
    for at in range(len(cursor)):
        changed = cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :]
        with pytest.raises(Problem):
            read_cursor(changed, tuple[int, int, int], "list a")


def test_a_cursor_of_other_filters_is_refused(lived: Lived, client: Any) -> None:
    cursor = client.get("/v1/events", params={"limit": 5}).json()["next"]
    for query in ({"name": "Deposited"}, {"order": "asc"}, {"market": lived.id}):
        answer = client.get("/v1/events", params={**query, "cursor": cursor})
        assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")
    assert client.get("/v1/transactions", params={"cursor": cursor}).status_code == 400
    assert client.get("/v1/events", params={"limit": 50, "cursor": cursor}).status_code == 200


def index(world: World, database: Database) -> None:
    """Bring an index up to date."""

    async def follow(http: str, ws: str) -> None:
        indexer = Indexer(settings(http, ws), database, LOCALNET, TableProjections(LOCALNET, world.parameters))
        try:
            await indexer.catch_up()
        finally:
            await indexer.close()

    with serving(world.local) as endpoints:
        asyncio.run(follow(endpoints.http, endpoints.ws))


def test_new_rows_shift_no_page(lived: Lived, tmp_path: Path) -> None:
    world = World.bare()
    world.configure()
    world.push_price()
    market = world.open_market(index=0)
    market.fund_house("200000")
    world.crank_epoch()
    with open_database(f"sqlite:///{tmp_path / 'steady.db'}") as database:
        index(world, database)
        lived_context = lived.context(database)
        with TestClient(api(lived_context)) as client:
            whole = client.get("/v1/events", params={"limit": 500}).json()["items"]
            first = client.get("/v1/events", params={"limit": 10}).json()
            providers = client.get("/v1/events", params={"limit": 10, "order": "asc"}).json()
            market.deposit(world.user(usdc="5000"), "1000")
            world.crank_epochs(2)
            index(world, database)
            later = client.get("/v1/events", params={"limit": 500}).json()["items"]
            assert len(later) > len(whole) + 10
            rest = client.get("/v1/events", params={"limit": 500, "cursor": first["next"]}).json()["items"]
            assert first["items"] + rest == whole
            onward = client.get(
                "/v1/events", params={"limit": 500, "order": "asc", "cursor": providers["next"]}
            ).json()["items"]
            assert providers["items"] + onward == later[::-1]
