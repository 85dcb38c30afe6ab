"""The routes of the built page."""

import gzip
from pathlib import Path

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from offchain.web.site import FOR_EVER, Site, web_routes


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A small bundle."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "index.html").write_text("<title>PercoSec</title>" * 50, encoding="utf-8")
    (tmp_path / "icon.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "assets" / "main-abc.js").write_text("let x = 1;" * 100, encoding="utf-8")
    (tmp_path / "sources.sha256").write_text("secret", encoding="utf-8")
    return Site(tmp_path)


def test_every_page_has_the_same_document_and_asks_again(site: Site) -> None:
    with TestClient(Litestar(web_routes(site))) as client:
        for address in ("/", "/markets", "/markets/abc", "/markets/abc/deposit", "/claims/x-1", "/docs"):
            answer = client.get(address)
            assert answer.status_code == 200, address
            assert answer.headers["content-type"].startswith("text/html")
            assert answer.headers["cache-control"] == "no-cache"
        tag = client.get("/").headers["etag"]
        assert client.get("/", headers={"if-none-match": tag}).status_code == 304


def test_files_with_a_hash_in_their_name_are_kept_for_ever(site: Site) -> None:
    with TestClient(Litestar(web_routes(site))) as client:
        answer = client.get("/assets/main-abc.js")
        assert answer.headers["cache-control"] == FOR_EVER
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.text == "let x = 1;" * 100
        plain = client.get("/assets/main-abc.js", headers={"accept-encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.text == answer.text
        assert gzip.decompress(site.files["assets/main-abc.js"].compressed or b"").decode() == answer.text


@pytest.mark.parametrize("address", ["/nothing", "/assets/other.js", "/assets/..%2findex.html", "/sources.sha256"])
def test_what_is_not_there_is_not_found(site: Site, address: str) -> None:
    with TestClient(Litestar(web_routes(site))) as client:
        assert client.get(address).status_code == 404


def test_without_a_bundle_there_are_no_routes(tmp_path: Path) -> None:
    assert web_routes(Site(tmp_path)) == []
