"""Where a running server can be found: for its screen, and as one JSON document."""

from dataclasses import asdict, dataclass
from typing import Any

from offchain.database.urls import read_url, shown
from offchain.serve.roles import shows_analytics
from offchain.settings.serve import API
from offchain.settings.tree import Settings
from offchain.settings.urls import shown as shown_url
from offchain.web.bundle import BUNDLE
from offchain.web.site import PAGE


@dataclass(frozen=True)
class Places:
    """Addresses of one process; empty for what it does not have."""

    url: str
    web: str
    """The web UI, where it was built."""
    api: str
    openapi: str
    live: str
    status: str
    metrics: str
    analytics: str
    rpc: str
    """The chain's node; passwords and paths are not shown."""
    database: str
    data: str
    """Folder of chain, database and log; empty where there is none."""

    def document(self, roles: tuple[str, ...]) -> dict[str, Any]:
        """For programs that start a server."""
        return {"roles": list(roles), **asdict(self)}


def places_of(settings: Settings, roles: tuple[str, ...], url: str, data: str) -> Places:
    """Of a process that listens at `url`."""
    serves = API in roles
    return Places(
        url=url,
        web=f"{url}/" if serves and (BUNDLE / PAGE).is_file() else "",
        api=f"{url}/v1" if serves else "",
        openapi=f"{url}/v1/openapi.json" if serves else "",
        live=f"{url.replace('http', 'ws', 1)}/v1/ws" if serves else "",
        status=f"{url}/status",
        metrics=f"{url}/metrics",
        analytics=f"{url}/analytics" if serves and shows_analytics(settings) else "",
        rpc=shown_url(settings.rpc_urls[0]),
        database=shown(read_url(settings.database)),
        data=data,
    )
