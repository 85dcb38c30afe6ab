"""The same chain in PostgreSQL gives the same answers."""

import asyncio
from typing import Any

from litestar.testing import TestClient
from sqlalchemy import text

from offchain.api.reading import reading
from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.indexer.indexer import Indexer
from offchain.indexer.projections.tables import TableProjections
from offchain.processor.processor import Processor
from tests.api.conftest import Lived, api
from tests.support.postgres import postgres, postgres_url

__all__ = ["postgres", "postgres_url"]

LISTS = (
    *("health", "status", "totals", "markets", "pools", "positions", "claims", "no-claims", "epochs", "premiums"),
    *("keepers", "earnings", "params", "fees", "risks", "feed-prices", "transactions", "events", "epochs/current"),
    *("perp-positions?state=any", "transactions?failed=true", "claims?partial=true", "claims?partial=false"),
    *("events?name=Deposited&order=asc", "markets?sort=claim&order=desc", "positions?holding=false"),
)
OF_MARKET = (
    *("markets/{}", "markets/{}/risk", "markets/{}/risk/history", "markets/{}/positions", "pools/{}"),
    *("pools/{}/history?step=1d", "pools/{}/changes", "pools/{}/scenarios", "premiums/{}", "premiums/{}/flows"),
    *("events?market={}", "claims?market={}", "earnings?market={}", "positions?market={}"),
)


def test_every_answer_is_that_of_sqlite(lived: Lived, client: Any, postgres_url: str) -> None:
    parameters = lived.story.world.parameters
    claims = client.get("/v1/claims").json()["items"]
    sent = client.get("/v1/transactions").json()["items"]
    people = [lived.story.alice, lived.leaving]
    asked = [
        *LISTS,
        *(path.format(lived.id) for path in OF_MARKET),
        *(f"claims/{one['claim']}" for one in claims),
        *(f"transactions/{one['signature']}" for one in sent[:5]),
        *(f"providers/{who.key}{rest}" for who in people for rest in ("", "/history", "/history.csv")),
    ]
    with open_database(postgres_url) as database:
        indexer = Indexer(lived.settings, database, LOCALNET, TableProjections(LOCALNET, parameters))

        async def follow() -> None:
            try:
                await indexer.catch_up()
            finally:
                await indexer.close()

        asyncio.run(follow())
        assert Processor(database, parameters, sol_price=150_000_000).refresh()
        with TestClient(api(lived.context(database))) as other:
            for path in asked:
                ours, theirs = client.get(f"/v1/{path}"), other.get(f"/v1/{path}")
                assert (path, theirs.status_code) == (path, 200)
                assert without_capture(theirs) == without_capture(ours), path
            first = other.get("/v1/events?limit=5").json()
            assert first == client.get("/v1/events?limit=5").json()
            following = other.get("/v1/events", params={"cursor": first["next"]}).json()
            assert following == client.get("/v1/events", params={"cursor": first["next"]}).json()


def without_capture(answer: Any) -> Any:
    """Prices were captured into one of the databases only."""
    if not answer.headers["content-type"].startswith("application/json"):
        return answer.text
    body = answer.json()
    body.pop("capture", None)
    return body


def test_a_view_is_of_one_moment(lived: Lived, postgres_url: str) -> None:
    """What another process commits while an answer is put together is not in it."""
    with open_database(postgres_url) as database, reading(lived.context(database)) as view:
        assert view.slot == 0
        with database.session() as session:
            session.execute(text("INSERT INTO watermarks (program, signature, slot) VALUES ('x', '', 5)"))
            session.commit()
        assert view.session.execute(text("SELECT count(*) FROM watermarks")).scalar_one() == 0
