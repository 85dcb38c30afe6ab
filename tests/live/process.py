"""An API process of its own: `python -m tests.live.process DATABASE [HTTP WS]` prints its address.

With a node it indexes too.
"""

import sys
import time

from offchain.database.database import open_database
from offchain.localnet.endpoints import Endpoints
from tests.live.app import served


def main(url: str, *node: str) -> None:
    with open_database(url) as database, served(database, Endpoints(*node) if node else None) as server:
        print(server.url, flush=True)
        while sys.stdin.readline():
            time.sleep(0.01)


if __name__ == "__main__":
    main(*sys.argv[1:])
