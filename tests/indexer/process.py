"""An indexer in a process of its own, for tests that kill it: `python -m tests.indexer.process DATABASE HTTP WS`."""

import asyncio
import sys

import offchain.indexer.ingest.round as rounds
from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.indexer.indexer import Indexer
from tests.indexer.conftest import settings

rounds.CHUNK = 10  # a short life takes several database transactions


async def main(url: str, http: str, ws: str) -> None:
    with open_database(url) as database:
        await Indexer(settings(http, ws, url), database, LOCALNET).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
