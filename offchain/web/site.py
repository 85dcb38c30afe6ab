"""The built web UI as routes: one page for every address, its files kept in memory and compressed once."""

import gzip
import mimetypes
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from litestar import Request, Response, get
from litestar.exceptions import NotFoundException
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from offchain.web.bundle import BUNDLE, STAMP

PAGE = "index.html"
FOR_EVER = "public, max-age=31536000, immutable"
"""For files whose names change with their content."""
ASK_AGAIN = "no-cache"
_COMPRESSED = ("text/", "application/json", "image/svg+xml")
ADDRESSES = (
    "/",
    *("/markets", "/markets/{market:str}", "/markets/{market:str}/{part:str}"),
    *("/portfolio", "/positions", "/claims", "/claims/{claim:str}", "/keepers"),
    *("/create", "/fees", "/risks", "/parameters", "/system", "/docs", "/direct"),
)
"""Every address of a page: others are not found, so that a mistyped one is no success."""


@dataclass(frozen=True)
class File:
    """One file of the bundle."""

    content: bytes
    compressed: bytes | None
    """gzip; None where that saves nothing."""
    kind: str
    cache: str
    tag: str


class Site:
    """All files of a bundle."""

    def __init__(self, bundle: Path = BUNDLE) -> None:
        """Empty when the bundle was not built."""
        self.files = {
            path.relative_to(bundle).as_posix(): _load(path, path.parent.name == "assets")
            for path in sorted(bundle.rglob("*"))
            if path.is_file() and path.name != STAMP
        }

    @property
    def is_built(self) -> bool:
        """Whether there is a page at all."""
        return PAGE in self.files

    def answer(self, name: str, request: Request[Any, Any, Any]) -> Response[bytes]:
        """A file, compressed where the browser takes that; NotFoundException names what is missing."""
        found = self.files.get(name)
        if found is None:
            raise NotFoundException(f"there is no file {name}")
        headers = {"cache-control": found.cache, "etag": found.tag, "vary": "accept-encoding"}
        if request.headers.get("if-none-match") == found.tag:
            return Response(b"", status_code=304, headers=headers)
        content = found.content
        if found.compressed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            content, headers["content-encoding"] = found.compressed, "gzip"
        return Response(content, media_type=found.kind, headers=headers)


def web_routes(site: Site) -> list[ControllerRouterHandler]:
    """The page at all its addresses, its scripts and styles, its icon. Nothing where nothing was built."""
    if not site.is_built:
        return []

    @get(list(ADDRESSES), include_in_schema=False, operation_id="page", sync_to_thread=False)
    def page(request: Request[Any, Any, Any]) -> Response[bytes]:
        return site.answer(PAGE, request)

    @get("/assets/{name:str}", include_in_schema=False, operation_id="asset", sync_to_thread=False)
    def asset(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
        return site.answer(f"assets/{name}", request)

    @get("/icon.svg", include_in_schema=False, operation_id="icon", sync_to_thread=False)
    def icon(request: Request[Any, Any, Any]) -> Response[bytes]:
        return site.answer("icon.svg", request)

    return [page, asset, icon]


def _load(path: Path, is_hashed: bool) -> File:
    content = path.read_bytes()
    kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    compressed = (
        gzip.compress(content, 9, mtime=0) if kind.startswith(_COMPRESSED) or kind.endswith("javascript") else None
    )
    return File(
        content, compressed, kind, FOR_EVER if is_hashed else ASK_AGAIN, f'"{sha256(content).hexdigest()[:32]}"'
    )
