"""What surrounds every answer, on the app itself."""

from collections.abc import Iterator
from typing import Any

import pytest
from litestar import Litestar, Response, post
from litestar.params import JSONBody
from litestar.testing import TestClient

from offchain.api.edge import edge as edge_module
from offchain.api.handlers.read import read
from offchain.api.options import ApiOptions
from offchain.api.plugin import ApiPlugin
from offchain.api.routes import ROUTES
from tests.api.conftest import UNLIMITED, Lived, api
from tests.support.stopped import StoppedBuckets

ORIGIN = "https://app.example.org"


@post("/v1/echo", sync_to_thread=False, status_code=200)
def echo(data: JSONBody[dict[str, Any]]) -> dict[str, Any]:
    """What was sent."""
    return data


@read("/v1/broken", "broken", "Broken", "service")
def broken() -> Response[str]:
    """Always fails."""
    raise RuntimeError("the password is 1234")


def served(lived: Lived, options: ApiOptions) -> Litestar:
    return Litestar([echo, broken, *ROUTES], plugins=[ApiPlugin(lived.context(), options)], logging_config=None)


@pytest.fixture
def edge(lived: Lived) -> Iterator[TestClient[Litestar]]:
    with TestClient(served(lived, ApiOptions(rate=0, origins=(ORIGIN,))), raise_server_exceptions=False) as client:
        yield client


def test_every_answer_has_security_headers(edge: TestClient[Litestar]) -> None:
    for path in ("/v1/health", "/nowhere", "/v1/markets/none", "/v1/openapi.json", "/v1/broken"):
        headers = edge.get(path).headers
        policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
        assert policy["default-src"] == policy["script-src"] == policy["style-src"] == "'self'"
        assert policy["frame-ancestors"] == policy["object-src"] == policy["base-uri"] == "'none'"
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers
        assert "strict-transport-security" not in headers


def test_hsts_and_further_connections_where_they_are_asked_for(lived: Lived) -> None:
    options = ApiOptions(rate=0, hsts=True, connect=("https://node.example.org",))
    with TestClient(api(lived.context(), options)) as client:
        headers = client.get("/v1/health").headers
    assert headers["strict-transport-security"].startswith("max-age=")
    assert "connect-src 'self' https://node.example.org;" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/v1/markets/none", 404, "not_found"),
        ("POST", "/v1/markets", 405, "method_not_allowed"),
        ("DELETE", "/v1/health", 405, "method_not_allowed"),
        ("GET", "/v1/markets?limit=0", 400, "invalid_parameter"),
        ("GET", "/v1/markets?limit=many", 400, "invalid_parameter"),
        ("GET", "/v1/markets?sort=beauty", 400, "invalid_parameter"),
        ("GET", "/v1/positions?provider=me", 400, "invalid_parameter"),
        ("GET", "/v1/events?cursor=AAAA", 400, "invalid_cursor"),
        ("GET", "/v1/broken", 500, "internal"),
        ("GET", "/v1/health?" + "x" * 3_000, 414, "too_long"),
    ],
)
def test_refusals_are_problem_documents(
    edge: TestClient[Litestar], method: str, path: str, status: int, code: str
) -> None:
    answer = edge.request(method, path)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert (answer.status_code, body["status"], body["code"]) == (status, status, code)
    assert body["type"] == f"urn:percosec:problem:{code}"
    assert set(body) == {"type", "title", "status", "detail", "code"}
    assert body["detail"]


def test_our_own_failures_tell_no_internals(edge: TestClient[Litestar]) -> None:
    text = edge.get("/v1/broken").text
    assert "1234" not in text
    assert "Runtime" not in text
    assert "report it" in text


def test_what_a_405_and_options_allow(edge: TestClient[Litestar]) -> None:
    assert "GET" in edge.post("/v1/markets").headers["allow"]
    options = edge.options("/v1/markets")
    assert options.status_code == 204
    assert "GET" in options.headers["allow"]


def test_head_is_get_without_a_body(edge: TestClient[Litestar]) -> None:
    for path in ("/v1/markets", "/v1/claims", "/nowhere"):
        get, head = edge.get(path), edge.head(path)
        assert head.status_code == get.status_code
        assert head.content == b""
        assert head.headers["content-length"] == str(len(get.content))
        assert head.headers.get("etag") == get.headers.get("etag")


def test_bodies_are_limited_with_and_without_a_stated_length(edge: TestClient[Litestar]) -> None:
    big = b'{"a": "' + b"x" * 70_000 + b'"}'
    stated = edge.post("/v1/echo", content=big)
    assert (stated.status_code, stated.json()["code"]) == (413, "too_large")

    def pieces() -> Iterator[bytes]:
        yield from (big[start : start + 1_000] for start in range(0, len(big), 1_000))

    streamed = edge.post("/v1/echo", content=pieces())
    assert (streamed.status_code, streamed.json()["code"]) == (413, "too_large")
    assert edge.post("/v1/echo", json={"a": 1}).json() == {"a": 1}
    garbage = edge.post("/v1/echo", content=b"{")
    assert (garbage.status_code, garbage.headers["content-type"]) == (400, "application/problem+json")


def test_only_listed_origins_may_read(edge: TestClient[Litestar]) -> None:
    allowed = edge.get("/v1/health", headers={"origin": ORIGIN})
    assert allowed.headers["access-control-allow-origin"] == ORIGIN
    assert "etag" in allowed.headers["access-control-expose-headers"]
    other = edge.get("/v1/health", headers={"origin": "https://evil.example.org"})
    assert "access-control-allow-origin" not in other.headers
    assert other.headers["vary"] == "origin"
    asking = {"access-control-request-method": "GET"}
    preflight = edge.options("/v1/markets", headers={"origin": ORIGIN, **asking})
    assert preflight.status_code == 204
    assert "GET" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-credentials" not in preflight.headers
    refused = edge.options("/v1/markets", headers={"origin": "https://evil.example.org", **asking})
    assert "access-control-allow-methods" not in refused.headers
    refusal = edge.get("/nowhere", headers={"origin": ORIGIN})
    assert refusal.headers["access-control-allow-origin"] == ORIGIN


def test_too_many_requests_are_told_when_to_come_back(lived: Lived, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edge_module, "Buckets", StoppedBuckets)
    with TestClient(api(lived.context(), ApiOptions(rate=1, burst=3))) as client:
        codes = [client.get(path).status_code for path in ("/v1/health", "/nowhere", "/v1/health", "/v1/health")]
        assert codes == [200, 404, 200, 429]
        answer = client.get("/v1/health")
        assert answer.json()["code"] == "too_many_requests"
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) >= 1
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_unchanged_answers_are_not_sent_again(lived: Lived) -> None:
    with TestClient(api(lived.context(), UNLIMITED)) as client:
        first = client.get("/v1/markets")
        tag = first.headers["etag"]
        for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
            again = client.get("/v1/markets", headers={"if-none-match": given})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == tag
        assert client.get("/v1/markets", headers={"if-none-match": '"other"'}).status_code == 200
        assert client.get("/v1/markets?sort=price").headers["etag"] == tag
        assert client.get("/v1/pools").headers["etag"] != tag
        assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("wrong", [{"rate": -1}, {"rate": 1, "burst": 0}, {"origins": ("*",)}, {"max_body": -1}])
def test_options_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"must not be negative|at least 1|one by one"):
        ApiOptions(**wrong)
