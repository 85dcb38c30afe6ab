"""An API process of its own: `python -m tests.live.process DATABASE [HTTP WS]` prints its address.

With a node it indexes too. It hears of changes by nudges alone.
"""

import sys
import time

from offchain.database.database import open_database
from offchain.localnet.endpoints import Endpoints
from tests.live.app import nudges_alone, served


def main(url: str, *node: str) -> None:
    chain = Endpoints(*node) if node else None
    with nudges_alone(), open_database(url) as database, served(database, chain) as server:
        print(server.url, flush=True)
        while sys.stdin.readline():
            time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
