"""The committed OpenAPI document: clients and the web UI's types are made from it.

python -m offchain.api.document      # write offchain/api/generated/openapi.json anew
"""

from pathlib import Path

import msgspec
from litestar import Litestar
from litestar.di import Provide
from litestar.types import ControllerRouterHandler

from offchain.api.build.routes import ROUTES as BUILDS
from offchain.api.context import ApiContext
from offchain.api.openapi import openapi_config
from offchain.api.routes import ROUTES as READS
from offchain.api.verify.routes import ROUTES as VERIFY
from offchain.monitoring.routes import ALERTS
from offchain.settings.project import load_project

PATH = Path(__file__).parent / "generated" / "openapi.json"
ROUTES: list[ControllerRouterHandler] = [*READS, *BUILDS, *VERIFY, *ALERTS]
"""Every route under /v1 that OpenAPI can tell; /v1/ws is in docs/live.md."""


def document() -> bytes:
    """The document of all routes, with sorted keys."""
    app = Litestar(
        ROUTES,
        openapi_config=openapi_config(load_project().version),
        dependencies={"context": Provide(_nothing, sync_to_thread=False)},
        logging_config=None,
    )
    written = msgspec.json.encode(app.openapi_schema.to_schema(), order="deterministic")
    return msgspec.json.format(written, indent=1) + b"\n"


def _nothing() -> ApiContext:
    raise AssertionError("this app answers nothing: it only has routes")


def main() -> None:
    """Write it."""
    PATH.parent.mkdir(exist_ok=True)
    PATH.write_bytes(document())


if __name__ == "__main__":
    main()
