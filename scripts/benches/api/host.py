"""The API in a process of its own: `python -m scripts.benches.api.host CONTENDER FILE PORT NOW`."""

import sys

import uvicorn
from litestar import Litestar

from offchain.api.context import ApiContext
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from offchain.api.routes import ROUTES
from offchain.chain.addresses import LOCALNET
from offchain.database.database import open_database
from offchain.serve.garbage import settle
from offchain.settings.project import load_project
from offchain.settings.tree import read_settings
from scripts.benches.indexer.workload import PARAMETERS


def context(file: str, now: int) -> ApiContext:
    """Of a process that only reads; the chain's clock stands where the index ends."""
    settings = read_settings({"database": f"sqlite:///{file}"}, {})
    return ApiContext(
        settings, load_project(), LOCALNET, PARAMETERS, open_database(settings.database), lambda: now, None
    )


def app(contender: str, file: str, now: int) -> Litestar:
    """The application that is measured; nothing is kept between two requests."""
    found = context(file, now)
    if contender == "plain":
        # Only here: it changes the modules it measures.
        from scripts.benches.api.plain import plain_app

        return plain_app(found)
    plugins = [ApiPlugin(found, ApiOptions(rate=0))]
    return Litestar(ROUTES, plugins=plugins, on_startup=[settle], logging_config=None)


def main(contender: str, file: str, port: str, now: str) -> None:
    """Serve until the process is ended."""
    uvicorn.run(app(contender, file, int(now)), host="127.0.0.1", port=int(port), log_level="warning", access_log=False)


if __name__ == "__main__":
    main(*sys.argv[1:])
